import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import { factAgeDays, STALENESS_CLASSES, stalenessClass } from '#lib/catalog/staleness';
import { DISCOUNT_RATE, GROWTH, type BillInput } from '#lib/cost/compiled/bill-input';
import type { Band } from '#lib/units/band';

const PRICE_DRIFT = 'price.drift-share-per-90-days';
/** Whoever states a growth does not know it: its band, as multiples. */
const GROWTH_MULTIPLE = 'traffic.growth-multiple';
const DRIFT_DAYS = 90;

/**
 * The band in which an input may lie on the day `asOf`: the record's own, and for a listed price wider by its age. What
 * the environment states itself has the band that it states.
 */
export function doubtOf(input: BillInput, prices: PriceBook, asOf: string): Band {
  if (input.id === DISCOUNT_RATE) {
    const { low, base, high } = prices.assumption(DISCOUNT_RATE);
    return input.band.base === base ? { low, base, high } : input.band;
  }
  if (input.id === GROWTH) return growthBand(input.band.base, prices);
  const [reference] = input.references;
  if (reference === undefined || input.source === null) return input.band;
  return agedBand({ reference, usd: input.band, source: input.source }, prices, asOf);
}

/** How a stated growth may turn out, share a month. */
function growthBand(statedPerMonth: number, prices: PriceBook): Band {
  const { low, high } = prices.assumption(GROWTH_MULTIPLE);
  const ends = [statedPerMonth * low, statedPerMonth, statedPerMonth * high];
  return { low: Math.min(...ends), base: statedPerMonth, high: Math.max(...ends) };
}

export interface FoundPrice {
  readonly reference: PriceReference;
  readonly usd: Band;
  readonly source: SourceReference;
}

/**
 * A price's band, wider by its age. The drift is known for rented GPUs; a kind of price that can be trusted n times as
 * long drifts n times as slowly.
 */
function agedBand({ reference, usd, source }: FoundPrice, prices: PriceBook, asOf: string): Band {
  if (source.method === 'override') return usd;
  const { seller, service, term, sku } = reference;
  const accelerator = prices.listed({ seller, service, term, sku })[0]?.accelerator;
  const limits = stalenessClass({
    asOf: source.asOf,
    seller,
    service,
    term,
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const rental = STALENESS_CLASSES.find(({ id }) => id === 'rental') ?? limits;
  const perPeriod = (prices.assumption(PRICE_DRIFT).base * rental.staleDays) / limits.staleDays;
  const drift = (perPeriod * Math.max(0, factAgeDays(source.asOf, asOf))) / DRIFT_DAYS;
  const { low, base, high } = usd;
  return { low: low * Math.max(0, 1 - drift), base, high: high * (1 + drift) };
}
