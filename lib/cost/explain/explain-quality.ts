import type { Explanation } from '#lib/cost/explain/explain';
import type { Plan } from '#lib/plan/plan';

/** `.quality`: the score that a plan is compared by, out of what was published and what the weight format keeps of it. */
export function qualityNodes(
  start: string,
  { quality, model, serving }: Plan,
): [path: string, node: () => Explanation][] {
  if (quality === null) return [];
  const { metric, score, recovery, published, recoverySource } = quality;
  const path = `${start}.quality`;
  const mode = published.mode === null ? 'mode not stated' : published.mode;
  const kept = serving === null ? 'kept by the provider' : `kept in ${serving.precision}`;
  const cited = (id: string | null) => (id === null ? {} : { source: id });
  return [
    [
      path,
      () => ({
        path,
        label: `Score of ${model.name} on ${metric}`,
        value: score,
        unit: `on ${metric}`,
        formula: 'score of the published weights × share that the served format keeps',
        inputs: [
          {
            name: published.source === null ? 'own measurement' : `published (${mode})`,
            value: published.score,
            unit: `on ${metric}`,
            ...cited(published.source),
          },
          { name: kept, value: recovery, unit: 'share 0–1', ...cited(recoverySource) },
        ],
        source: null,
        children: [],
      }),
    ],
  ];
}
