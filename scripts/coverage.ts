import type { ReadResource } from '#lib/artifacts/unresolved';
import { costOf, RESOURCE_PRICING } from '#lib/cost/resources/registry';
import { elsewhere } from '#lib/cost/resources/services/elsewhere';

/** Characters of a row, so that the page reads in a terminal. */
const WIDTH = 100;

interface Covered {
  readonly type: string;
  readonly service: string;
  readonly how: string;
}

/** The types that are priced or free by service and by how, as Markdown; made from the registry. */
export function coverageTable(): string {
  const covered = RESOURCE_PRICING.flatMap(({ types }) =>
    types.map((type) => ({ type, service: serviceOf(type, types), how: howOf(type) })),
  );
  const count = (start: string) => covered.filter(({ type }) => type.startsWith(start)).length;
  const services = grouped(covered, ({ service }) => service).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# What is priced',
    '',
    ...wrapped(
      `Made by \`npm run docs\` from \`lib/cost/resources\`. ${count('AWS::')} entries for CloudFormation, ${count('aws_')} for Terraform on AWS; \`*\` stands for every type of a service. By use: the unit price is known, the amount is a usage of the month. A type that is not here is listed by name in every bill, as unaccounted for, and never counts as 0.`,
      '',
    ),
    '',
    ...services.flatMap(([name, types]) => section(name, types)),
  ].join('\n');
}

function section(name: string, types: readonly Covered[]): string[] {
  const rows = grouped(types, ({ how }) => how).flatMap(([how, members]) =>
    wrapped(`- **${how}**: ${members.map(({ type }) => shortName(type)).join(', ')}`, '  '),
  );
  return [`## ${name}`, '', ...rows, ''];
}

const SERVICES = new Map(
  RESOURCE_PRICING.flatMap(({ types }) => types.flatMap(templateService)).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** `SageMaker` of `AWS::SageMaker::Endpoint`. */
function templateService(type: string): readonly string[] {
  const [vendor, name] = type.split('::');
  return vendor === 'AWS' && name !== undefined ? [name] : [];
}

/** Terraform names no service: its types stand where their twins do, else where their first word says. */
function serviceOf(type: string, twins: readonly string[]): string {
  const [own] = templateService(type);
  if (own !== undefined) return own;
  if (type.includes('::')) return 'Custom resources';
  const [provider = '', word = ''] = type.split('_');
  if (!provider.startsWith('aws')) return 'Kubernetes and helpers';
  const [only, ...others] = new Set(twins.flatMap(templateService));
  const named = SERVICES.get(word.replaceAll('*', ''));
  return named ?? (only !== undefined && others.length === 0 ? only : 'Terraform of several services');
}

function grouped(list: readonly Covered[], keyOf: (item: Covered) => string): [string, Covered[]][] {
  const groups = new Map<string, Covered[]>();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

function shortName(type: string): string {
  const [, , resource] = type.split('::');
  return `\`${type.startsWith('AWS::') && resource !== undefined ? resource : type}\``;
}

/** Types that no fact of their own prices. */
const ELSEWHERE = new Set(elsewhere.flatMap(({ types }) => types));

/** By what an empty resource of the type answers: one that needs a fact is priced by it. */
function howOf(type: string): string {
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
    asOf: '2026-11-23',
    find: () => undefined,
    ofTypes: () => [],
    usdOf: () => null,
    nodeSizes: () => new Map(),
    cluster: {
      nodes: 'here',
      cloud: 'aws',
      isAuto: false,
      hasAutoNodes: false,
      hasNodeObjects: true,
      runs: new Map(),
      unplaced: new Map(),
      storageClasses: new Map(),
    },
  });
  if (cost === null) return 'unknown';
  if (cost.state === 'free') return `free: ${cost.why}`;
  if (cost.state === 'unpriced')
    return ELSEWHERE.has(type) ? `no price: ${cost.why}` : 'priced by its properties';
  return cost.components.every(({ quantityPerMonth }) => quantityPerMonth === null) ? 'by use' : 'priced';
}

/** A text over lines of the page's width, all but the first of them indented. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH || line === '') line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line];
}
