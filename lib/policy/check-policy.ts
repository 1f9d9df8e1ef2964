import type { ReadResource } from '#lib/artifacts/unresolved';
import { infrastructureOf } from '#lib/policy/infrastructure';
import { POLICY_RULES } from '#lib/policy/pack';
import type { Breach, PolicyRule } from '#lib/policy/rule';

/** A rule that an environment does without, and why. */
export interface AcceptedRule {
  readonly rule: string;
  readonly reason: string;
}

export interface PolicyFinding {
  readonly rule: PolicyRule;
  /** Of the resource, as bills name it. */
  readonly address: string;
  /** Its construct path, where the artifact records one. */
  readonly path: string | null;
  readonly what: string;
  /** Why it may stay; `null` where nobody accepted it. */
  readonly accepted: string | null;
}

export interface PolicyReport {
  readonly rules: number;
  readonly resources: number;
  readonly findings: readonly PolicyFinding[];
  /** Accepted rules that nothing breaks: an excuse without a deed. */
  readonly unused: readonly AcceptedRule[];
}

/** Holds what was synthesized to every rule of the pack. */
export function checkPolicy(
  resources: readonly ReadResource[],
  accepted: readonly AcceptedRule[] = [],
): PolicyReport {
  const infrastructure = infrastructureOf(resources);
  const findings = POLICY_RULES.flatMap((rule) =>
    distinct(rule.breaches(infrastructure)).map(({ resource: { address, path }, what }) => ({
      rule,
      address,
      path,
      what,
      accepted: accepted.find((each) => each.rule === rule.id)?.reason ?? null,
    })),
  );
  return {
    rules: POLICY_RULES.length,
    resources: resources.length,
    findings,
    unused: accepted.filter(({ rule }) => !findings.some((finding) => finding.rule.id === rule)),
  };
}

/** Each word of a resource once: two statements of one policy may break a rule alike. */
function distinct(breaches: readonly Breach[]): readonly Breach[] {
  const said = breaches.map(({ resource, what }) => `${resource.address} ${what}`);
  return breaches.filter((_, index) => said.indexOf(said[index] ?? '') === index);
}

/** Whether a guardrail failed: an error that nobody accepted. */
export function isBroken({ findings }: PolicyReport): boolean {
  return findings.some(({ rule, accepted }) => rule.severity === 'error' && accepted === null);
}
