import type { PriceRow } from '#lib/catalog/price-documents';
import type { PriceRecord } from '#lib/catalog/prices';

/** USD for a million tokens of each kind; what is absent is not sold apart. */
export interface TokenPrices {
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

const UNITS = {
  input: '1M input tokens',
  output: '1M output tokens',
  cacheRead: '1M cache-read tokens',
  cacheWrite: '1M cache-write tokens',
} as const satisfies Record<keyof TokenPrices, string>;

/** Where a model of Bedrock that is called in its region is listed, if the catalog does not say. */
const USUAL_REGIONS = ['us-east-1', 'us-west-2'] as const;

/**
 * Rows of one model of Bedrock. Profiles (`global.`, `regional.`) hold everywhere; a model called in its region keeps
 * the regions in which the catalog lists it, because lists of token prices name none.
 */
export function tokenRows(
  sku: string,
  prices: TokenPrices,
  {
    asOf,
    source,
    regions,
  }: { readonly asOf: string; readonly source: string; readonly regions: readonly string[] },
): PriceRow[] {
  const listed = /^(?:global|regional)\./.test(sku) ? ['*'] : regions.length > 0 ? regions : USUAL_REGIONS;
  return listed.flatMap((region) =>
    (Object.keys(UNITS) as (keyof TokenPrices)[]).flatMap((kind): PriceRow[] => {
      const usd = prices[kind];
      if (usd === undefined) return [];
      const unit = UNITS[kind];
      return [{ seller: 'aws', service: 'bedrock', sku, region, unit, usd, term: 'on-demand', asOf, source }];
    }),
  );
}

/** Regions in which the catalog lists each model of Bedrock. */
export function knownRegions(prices: readonly PriceRecord[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { seller, service, sku, region } of prices) {
    if (seller !== 'aws' || service !== 'bedrock') continue;
    found.set(sku, (found.get(sku) ?? new Set<string>()).add(region));
  }
  return new Map([...found].map(([sku, regions]) => [sku, [...regions].toSorted()]));
}
