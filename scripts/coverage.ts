import type { ReadResource } from '#lib/artifacts/unresolved';
import { costOf, RESOURCE_PRICING } from '#lib/cost/resources/registry';

/** The table of resource types that are priced or free, as Markdown; made from the registry. */
export function coverageTable(): string {
  const types = RESOURCE_PRICING.flatMap((pricing) => pricing.types);
  const count = (start: string) => types.filter((type) => type.startsWith(start)).length;
  const rows = RESOURCE_PRICING.flatMap((pricing) => {
    const of = (start: string) => pricing.types.filter((type) => type.startsWith(start));
    const others = pricing.types.filter((type) => !type.startsWith('AWS::') && !type.startsWith('aws_'));
    return [[stateOf(pricing.types[0] ?? ''), [...of('AWS::'), ...others].join(', '), of('aws_').join(', ')]];
  });
  return [
    '# What is priced',
    '',
    `Made by \`npm run docs\` from \`lib/cost/resources\`. ${count('AWS::')} entries for CloudFormation, ${count('aws_')} for Terraform on AWS; \`*\` stands for every type of a service. By use: the unit price is known, the amount is a usage of the month. A type that is not here is listed by name in every bill, as unaccounted for, and never counts as 0.`,
    '',
    '| How | CloudFormation and Kubernetes | Terraform |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('*', '\\*')).join(' | ')} |`),
    '',
  ].join('\n');
}

/** By what an empty resource of the type answers: one that needs a fact is priced by it. */
function stateOf(type: string): string {
  const format = type.includes('/')
    ? 'kubernetes'
    : type.startsWith('AWS::')
      ? 'cloudformation'
      : 'terraform';
  const empty: ReadResource = {
    address: 'a',
    path: null,
    format,
    type: type.replace('*', 'x'),
    region: 'us-east-1',
    properties: {},
    references: [],
    presence: null,
  };
  const cost = costOf(empty, {
    region: 'us-east-1',
    hours: 730,
    find: () => undefined,
    cluster: { nodes: 'here', isAws: true, storageClasses: new Map() },
  });
  if (cost === null) return 'unknown';
  if (cost.state === 'free') return `free: ${cost.why}`;
  if (cost.state === 'unpriced') return 'priced by its properties';
  return cost.components.every(({ quantityPerMonth }) => quantityPerMonth === null) ? 'by use' : 'priced';
}
