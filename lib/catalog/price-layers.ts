import type { RegionalFactor } from '#lib/catalog/managed-models';
import type { PriceRecord } from '#lib/catalog/prices';
import type { PriceLayerId, Source } from '#lib/catalog/provenance';

/** Prices of one origin, laid over those beneath it. */
export interface PriceLayer {
  readonly id: PriceLayerId;
  readonly prices: readonly PriceRecord[];
  /** What its prices cite and the catalog does not know. */
  readonly sources: readonly Source[];
  /** Ids that its documents used to list and list no longer: no layer beneath answers for them. */
  readonly withdrawn: ReadonlySet<string>;
  /** Factors that take the place of the catalog's for the same seller, service and region. */
  readonly factors: readonly RegionalFactor[];
}

/** What a layer says of one service. */
export function ofService(layer: PriceLayer, seller: string, service: string): PriceLayer {
  const prices = layer.prices.filter((price) => price.seller === seller && price.service === service);
  return { ...layer, prices };
}

/** Each price by the first layer that knows its id; what a layer withdraws is gone from those after it. */
export function topmostPrices(layers: readonly PriceLayer[]): readonly PriceRecord[] {
  const [only] = layers;
  if (only !== undefined && layers.length === 1) return only.prices;
  const found = new Map<string, PriceRecord>();
  const withdrawn = new Set<string>();
  for (const layer of layers) {
    for (const record of layer.prices) {
      if (!found.has(record.id) && !withdrawn.has(record.id)) found.set(record.id, record);
    }
    for (const id of layer.withdrawn) withdrawn.add(id);
  }
  return [...found.values()];
}

/** The catalog's factors with those of the layers before them. */
export function topmostFactors(
  layers: readonly PriceLayer[],
  bundled: readonly RegionalFactor[],
): readonly RegionalFactor[] {
  const laid = layers.flatMap(({ factors }) => factors);
  if (laid.length === 0) return bundled;
  const key = ({ seller, service, region }: RegionalFactor) => `${seller}/${service}/${region}`;
  const taken = new Set(laid.map(key));
  return [...laid, ...bundled.filter((factor) => !taken.has(key(factor)))];
}
