import type { RetrievalPlan } from '#lib/plan/plan';
import type { RetrievalLatency } from '#lib/plan/retrieval/reader-plan';
import type { Objectives } from '#lib/spec/schema/traffic';
import { addBands, type Band } from '#lib/units/band';
import { roundTo } from '#lib/units/money';
import { grouped } from '#lib/units/grouped';

/**
 * What a user waits for before the first token: the vector of the query, the search, the ranking of what it found, and
 * the model's own time to first token. Searches of one request run at the same time.
 */
export function retrievalLatency(
  { embedding, reranker, search }: Pick<RetrievalPlan, 'embedding' | 'reranker' | 'search'>,
  firstTokenMs: Band | null,
): RetrievalLatency {
  const parts = {
    embeddingMs: embedding?.latencyMs ?? null,
    searchMs: search?.p99LatencyMs ?? null,
    ...(reranker === null ? {} : { rerankingMs: reranker.latencyMs }),
    firstTokenMs,
  };
  return { ...parts, knownMs: addBands(Object.values(parts).flatMap((part) => part ?? [])) };
}

const NAMES = {
  embeddingMs: 'embedding',
  searchMs: 'search',
  rerankingMs: 'ranking',
  firstTokenMs: 'first token',
} as const;

/** The sum against the objective on the first token, with what is not known of it. */
export function latencyNotes(latency: RetrievalLatency, { ttftMs }: Objectives): string[] {
  const parts = Object.entries(NAMES).flatMap(([part, name]) => {
    const band = latency[part as keyof typeof NAMES];
    return band === undefined ? [] : [{ name, band }];
  });
  const known = parts.filter(({ band }) => band !== null);
  if (known.length === 0) return [];
  const words = known.map(({ name, band }) => `${name} ${ms(band?.base ?? 0)}`).join(' + ');
  const unknown = parts.filter(({ band }) => band === null).map(({ name }) => name);
  const total = latency.knownMs;
  const open = unknown.length === 0 ? '' : `; nobody publishes the time of ${unknown.join(' and ')}`;
  const added = known.length === 1 ? words : `${words} = ${ms(total.base)}`;
  const sum = `from the question to the first token: ${added} ms (${ms(total.low)} – ${ms(total.high)})${open}`;
  const isLate = ttftMs !== undefined && total.base > ttftMs;
  return [isLate ? `${sum}: more than the ${ttftMs} ms asked, which the model server alone meets` : sum];
}

function ms(value: number): string {
  return value < 10 ? String(roundTo(value, 1)) : grouped(roundTo(value, 0));
}
