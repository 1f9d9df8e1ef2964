import type { Plan } from '#lib/plan/plan';

/** What a plan leaves open or binds to, and of which options that holds. */
export interface Caution {
  readonly options: readonly string[];
  readonly text: string;
}

/** The notes of some plans, each text once, in the order of the options. */
export function cautionsOf(
  ids: readonly string[],
  planOf: (optionId: string) => Plan | undefined,
): readonly Caution[] {
  const optionsBy = new Map<string, string[]>();
  for (const id of ids) {
    for (const text of planOf(id)?.notes ?? []) optionsBy.set(text, [...(optionsBy.get(text) ?? []), id]);
  }
  return [...optionsBy].map(([text, options]) => ({ options, text }));
}
