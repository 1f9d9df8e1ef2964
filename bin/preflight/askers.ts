import type { Answer, Kind, Requirement } from '#lib/preflight/requirement';

/** How each kind of question is asked. */
export type Askers = { readonly [K in Kind]: (requirement: Requirement<K>) => Promise<Answer<K>> };

/** Nobody could be asked. The message says why, for people: the check is skipped with it. */
export class Unanswered extends Error {}
