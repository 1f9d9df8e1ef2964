import type { Explanation } from '#lib/cost/explain/explain';
import type { Plan, RetrievalPlan } from '#lib/plan/plan';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import type { Band } from '#lib/units/band';
import type { Step, StepInput } from '#lib/units/derivation';

type Node = readonly [path: string, node: () => Explanation];

/** What a search waits for, part by part, and the servers of the models that read for it: `.wait`, `.embedding`, `.reranker`. */
export function retrievalNodes(start: string, { retrieval }: Plan): Node[] {
  if (retrieval === null) return [];
  return [
    waitNode(start, retrieval),
    ...readerNode(`${start}.embedding`, 'Time of the embedding model at the peak', retrieval.embedding),
    ...readerNode(`${start}.reranker`, 'Time of the reranker at the peak', retrieval.reranker),
  ];
}

function waitNode(start: string, { latency }: RetrievalPlan): Node {
  const path = `${start}.wait`;
  const part = (name: string, band: Band | null | undefined): StepInput[] =>
    band === undefined ? [] : [{ name, value: band === null ? 'not published' : band.base, unit: 'ms' }];
  return [
    path,
    () => ({
      path,
      label: 'From the question to the first token, as far as known',
      value: latency.knownMs.base,
      unit: 'ms',
      formula: 'embedding + search + ranking + first token',
      inputs: [
        ...part('embedding', latency.embeddingMs),
        ...part('search', latency.searchMs),
        ...part('ranking', latency.rerankingMs),
        ...part('first token', latency.firstTokenMs),
      ],
      source: null,
      children: [],
    }),
  ];
}

function readerNode(path: string, label: string, reader: ReaderPlan | null): Node[] {
  if (reader === null || reader.latencyMs === null || reader.fleet === null) return [];
  const { latencyMs, busyAtPeak, fleet, derivation } = reader;
  return [
    [
      path,
      () => ({
        path,
        label,
        value: latencyMs.base,
        unit: 'ms',
        formula: 'overhead + time to read × (1 + busy ÷ 2(1 − busy))',
        inputs: [
          { name: 'servers', value: fleet.replicas, unit: 'replicas' },
          { name: 'busy', value: busyAtPeak?.base ?? 'unknown', unit: 'share 0–1' },
        ],
        source: null,
        children: derivation.map((step) => stepOf(path, step)),
      }),
    ],
    ...derivation.map((step): Node => [`${path}.${step.id}`, () => stepOf(path, step)]),
  ];
}

function stepOf(above: string, { id, label, value, unit, formula, inputs }: Step): Explanation {
  return { path: `${above}.${id}`, label, value, unit, formula, inputs, source: null, children: [] };
}
