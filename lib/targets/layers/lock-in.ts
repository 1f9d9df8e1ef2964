import type { AssumedPurchase } from '#lib/catalog/purchase';
import type { Layer, Operates } from '#lib/targets/target';

/** Layers whose provider's own interface one builds on; a network, upstream Kubernetes or a building has none. */
const BOUND_LAYERS = ['model', 'model-server', 'vector-store'] as const satisfies readonly Layer[];

/**
 * Leaving at the horizon: engineer-months to move what a provider operates × loaded cost ÷ 12. Owned things are sold at
 * the horizon too, so that all options end the same way.
 */
export function lockIn(operates: Operates, retrieves: boolean): AssumedPurchase[] {
  const bound = BOUND_LAYERS.filter(
    (layer) => operates[layer] === 'provider' && (layer !== 'vector-store' || retrieves),
  );
  if (bound.length === 0) return [];
  return [
    {
      key: 'exit.engineering',
      label: 'Moving away at the horizon',
      category: 'exit',
      kind: 'assumed',
      tangible: false,
      quantity: 1 / 12,
      unit: 'year',
      sumOf: bound.map((layer) => `exit.engineer-months.${layer}`),
      assumptions: ['people.loaded-usd-per-year'],
      when: 'at-end',
      basis: `engineer-months to move ${bound.join(', ')} × loaded cost a year ÷ 12`,
      resources: [],
    },
  ];
}
