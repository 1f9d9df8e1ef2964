import type { PolicyFinding, PolicyReport } from '#lib/policy/check-policy';
import { unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { counted } from '#lib/report/format';

/** Resources that one rule names. */
const MOST_NAMED = 8;

export interface PolicyScreenProps {
  /** What was held to the policy: an environment and its option. */
  readonly title: string;
  /** Leaves out warnings and what is accepted. @default false */
  readonly onlyErrors?: boolean;
}

/** What breaks the policy pack, by rule: what holds where it is kept, who breaks it, how to mend it. */
export function policyScreen(
  { rules, resources, findings, unused }: PolicyReport,
  { title, onlyErrors = false }: PolicyScreenProps,
): Screen {
  const open = findings.filter(({ accepted }) => accepted === null);
  const errors = open.filter(({ rule }) => rule.severity === 'error');
  const warnings = open.filter(({ rule }) => rule.severity === 'warning');
  const accepted = findings.filter((finding) => finding.accepted !== null);
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${title}: ${counted(rules, 'rule')} over ${counted(resources, 'resource')}`,
      details: [
        `${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}, ${accepted.length} accepted`,
      ],
    },
    ...byRule('Broken', errors),
    ...(onlyErrors
      ? []
      : [
          ...byRule('Warnings', warnings),
          ...unlessEmpty({ kind: 'lines', heading: 'Accepted', lines: acceptances(accepted) }),
          ...unlessEmpty({
            kind: 'lines',
            heading: 'Accepted, and broken by nothing',
            lines: unused.map(({ rule }) => `  ${rule}`),
          }),
        ]),
  ];
}

function byRule(heading: string, findings: readonly PolicyFinding[]): readonly Section[] {
  const ids = [...new Set(findings.map(({ rule }) => rule.id))];
  const lines = ids.flatMap((id) => {
    const own = findings.filter(({ rule }) => rule.id === id);
    const [first] = own;
    if (first === undefined) return [];
    const { title, fix, owaspLlm, aisvs } = first.rule;
    const more = own.length - MOST_NAMED;
    return [
      `  ${id}: ${title}`,
      ...own.slice(0, MOST_NAMED).map(({ address, path, what }) => `    ${path ?? address} ${what}`),
      ...(more > 0 ? [`    and ${more} more`] : []),
      `    fix: ${fix} (OWASP ${owaspLlm.join(', ')}; AISVS ${aisvs.join(', ')})`,
    ];
  });
  return unlessEmpty({ kind: 'lines', heading, lines });
}

function acceptances(findings: readonly PolicyFinding[]): string[] {
  const ids = [...new Set(findings.map(({ rule }) => rule.id))];
  return ids.map((id) => {
    const own = findings.filter(({ rule }) => rule.id === id);
    return `  ${id}, ${counted(own.length, 'time')}: ${own[0]?.accepted ?? ''}`;
  });
}
