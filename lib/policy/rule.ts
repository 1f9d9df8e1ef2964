import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Infrastructure } from '#lib/policy/infrastructure';

/** What one resource does against a rule, as the end of a sentence that its name begins. */
export interface Breach {
  readonly resource: ReadResource;
  readonly what: string;
}

export interface PolicyRule {
  /** Stable: environments accept a rule by it. */
  readonly id: string;
  /** What holds where the rule is kept. */
  readonly title: string;
  /** An `error` ends a synthesis; a `warning` is said. */
  readonly severity: 'error' | 'warning';
  /** What goes wrong without it. */
  readonly rationale: string;
  readonly fix: string;
  /** Entries of the OWASP Top 10 for LLM applications of 2026: `LLM04`. */
  readonly owaspLlm: readonly string[];
  /** Requirements of OWASP AISVS 1.0: `4.1.2`. */
  readonly aisvs: readonly string[];
  readonly breaches: (infrastructure: Infrastructure) => readonly Breach[];
}

/** Breaches of each resource of some types, from what is wrong with one. */
export function ofEach(
  types: readonly string[],
  wrong: (resource: ReadResource, infrastructure: Infrastructure) => readonly string[],
): PolicyRule['breaches'] {
  return (infrastructure) =>
    types
      .flatMap((type) => infrastructure.ofType(type))
      .flatMap((resource) => wrong(resource, infrastructure).map((what) => ({ resource, what })));
}

/** The words, unless the condition holds. */
export function unless(holds: boolean, what: string): readonly string[] {
  return holds ? [] : [what];
}
