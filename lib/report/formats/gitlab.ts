import type { DiffDocument } from '#lib/diff/environment-diff';
import type { Finding } from '#lib/report/formats/finding';
import { fingerprintOf } from '#lib/report/formats/fingerprint';

const SEVERITIES = { error: 'critical', warning: 'major', note: 'info' } as const;

/** GitLab's report of code quality: findings in the merge request, told apart by their fingerprints. */
export function codeQuality(findings: readonly Finding[]): readonly object[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, level, message, about, place: { file, line } }) => {
    const seed = fingerprintOf(rule, about, file);
    const before = counts.get(seed) ?? 0;
    counts.set(seed, before + 1);
    return {
      description: message,
      check_name: rule,
      // A report with one twice is refused.
      fingerprint: before === 0 ? seed : fingerprintOf(seed, String(before)),
      severity: SEVERITIES[level],
      location: { path: file, lines: { begin: line } },
    };
  });
}

/** GitLab's report of Terraform, by which a merge request shows how many resources change. What is replaced counts as both. */
export function terraformReport({ resources }: Pick<DiffDocument, 'resources'>) {
  const count = (...states: readonly string[]) =>
    resources.filter(({ state }) => states.includes(state)).length;
  return {
    create: count('added', 'replaced'),
    update: count('changed'),
    delete: count('removed', 'replaced'),
  };
}
