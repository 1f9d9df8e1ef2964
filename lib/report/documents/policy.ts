import * as z from 'zod';
import type { PolicyReport } from '#lib/policy/check-policy';
import { count, described, flag, text } from '#lib/report/documents/figure';

const finding = z.strictObject({
  rule: text('Id of the rule; stable'),
  title: text('What holds where the rule is kept'),
  severity: described(z.enum(['error', 'warning']), 'An error fails a synthesis'),
  address: text('The resource, as bills name it'),
  path: described(z.string().nullable(), 'Its construct path, where the artifact records one'),
  what: text('What it does against the rule'),
  fix: text('The usual remedy'),
  owaspLlm: described(z.array(z.string()), 'Entries of the OWASP Top 10 for LLM applications, 2026'),
  aisvs: described(z.array(z.string()), 'Requirements of OWASP AISVS 1.0'),
  accepted: described(z.string().nullable(), 'Why the environment does without the rule'),
});

/** `landfall/policy/v1`. */
export const policySchema = z.strictObject({
  schema: z.literal('landfall/policy/v1'),
  path: text('As it was named'),
  kept: flag('No error is left that nobody accepted'),
  rules: count('Rules of the pack'),
  options: z.array(
    z.strictObject({
      option: text('Options that were synthesized together'),
      resources: count('Resources that were looked at'),
      findings: z.array(finding),
    }),
  ),
});

/** The findings of one synthesis, as the document has them. */
export function policyFindings({ findings }: PolicyReport): z.output<typeof finding>[] {
  return findings.map(({ rule, address, path, what, accepted }) => ({
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    address,
    path,
    what,
    fix: rule.fix,
    owaspLlm: [...rule.owaspLlm],
    aisvs: [...rule.aisvs],
    accepted,
  }));
}
