import type { PriceRecord } from '#lib/catalog/prices';
import { staleness, STALENESS_CLASSES, type StalenessClass } from '#lib/catalog/staleness';

/** How old the prices of one class are. */
export interface ClassAges extends StalenessClass {
  readonly prices: number;
  readonly fresh: number;
  /** Past the first limit, within the second. */
  readonly warn: number;
  /** Past the second limit: too old to trust. */
  readonly stale: number;
  /** Dates as the facts carry them: `2026` or `2026-07-20`. */
  readonly oldest: string;
  readonly newest: string;
}

/** `landfall/price-ages/v1`. */
export interface PriceAges {
  readonly schema: 'landfall/price-ages/v1';
  readonly asOf: string;
  readonly classes: readonly ClassAges[];
}

/** The ages of listed prices on the day `asOf`, by how fast their kind changes; classes without a price are left out. */
export function priceAgesOf(prices: readonly PriceRecord[], asOf: string): PriceAges {
  const aged = prices.map((price) => ({ price, age: staleness(price, asOf) }));
  const classes = STALENESS_CLASSES.flatMap((limits): ClassAges[] => {
    const own = aged.filter(({ age }) => age.class.id === limits.id);
    const dates = own.map(({ price }) => price.asOf).toSorted();
    const [oldest] = dates;
    const newest = dates.at(-1);
    if (oldest === undefined || newest === undefined) return [];
    const count = (state: string) => own.filter(({ age }) => age.state === state).length;
    return [
      {
        ...limits,
        prices: own.length,
        fresh: count('fresh'),
        warn: count('warn'),
        stale: count('stale'),
        oldest,
        newest,
      },
    ];
  });
  return { schema: 'landfall/price-ages/v1', asOf, classes };
}
