import { awsSeller } from '#lib/catalog/aws-sellers';
import { type Price, type PriceBook, type PriceRecord, type PriceReference } from '#lib/catalog/prices';

export function referenceOf(record: PriceRecord): PriceReference {
  const { seller, service, sku, region, term, unit } = record;
  return { seller, service, sku, region, term, unit };
}

/** A service of AWS at list price in one region. */
export function awsOnDemand(service: string, sku: string, region: string, unit: string): PriceReference {
  return { seller: awsSeller(region), service, sku, region, term: 'on-demand', unit };
}

/** The listed price of an SKU wherever it is listed; the reference as it stands, which is unpriced, if nowhere. */
export function listedReference(prices: PriceBook, wanted: PriceReference): PriceReference {
  const records = prices
    .listed({ seller: wanted.seller, service: wanted.service, sku: wanted.sku, term: wanted.term })
    .filter(({ unit }) => unit === wanted.unit);
  const best = records.find(({ region }) => region === wanted.region) ?? records[0];
  return best === undefined ? wanted : referenceOf(best);
}

/** `price × factor` where the factor has a record of its own. Unpriced if either is. */
export function withFactor(price: Price, factor: Price | undefined): Price {
  if (factor === undefined || price.state === 'unpriced') return price;
  if (factor.state === 'unpriced') return { ...factor, id: price.id, unit: price.unit };
  return {
    ...price,
    usd: {
      low: price.usd.low * factor.usd.low,
      base: price.usd.base * factor.usd.base,
      high: price.usd.high * factor.usd.high,
    },
    derived: true,
    basis: `${price.basis} × ${factor.usd.base} (${factor.id})`,
  };
}

/** `price × quantity`, in another unit: accelerator-hours of a node. */
export function timesQuantity(price: Price, quantity: number, unit: string): Price {
  if (price.state === 'unpriced') return { ...price, unit };
  const { low, base, high } = price.usd;
  return { ...price, unit, usd: { low: low * quantity, base: base * quantity, high: high * quantity } };
}
