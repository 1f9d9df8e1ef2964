import type { Catalog } from '#lib/catalog/catalog';

/** One seller and one term, so that prices differ by the accelerator alone. No other one lists as many of them. */
const MARKET = { seller: 'aws', service: 'ec2', region: 'us-east-1', term: 'on-demand' } as const;

export interface AcceleratorPrice {
  readonly gpu: string;
  readonly usdPerGpuHour: number;
  /** The node that it is the price of, cheapest for each of its accelerators. */
  readonly node: string;
  /** Date of the price: `2026`, `2026-06` or `2026-07-20`. */
  readonly asOf: string;
  readonly source: string;
}

/** What an accelerator costs in the market that choices by cost are judged in. */
export interface AcceleratorPrices {
  readonly seller: string;
  readonly service: string;
  readonly region: string;
  readonly term: string;
  readonly prices: readonly AcceleratorPrice[];
  /** Accelerators that the market lists no price of. */
  readonly unpriced: readonly string[];
}

export function acceleratorPrices(catalog: Catalog, gpus: readonly string[]): AcceleratorPrices {
  const { seller, service, region, term } = MARKET;
  // Prices are read only where there is something to price.
  const listed = gpus.length === 0 ? [] : catalog.prices(seller, service, { region });
  const prices = gpus.flatMap((gpu) => {
    const offers = listed.flatMap((record): AcceleratorPrice[] => {
      const isOfMarket =
        record.service === service &&
        record.region === region &&
        record.term === term &&
        record.unit === 'instance-hour';
      const node = isOfMarket ? catalog.instances.get(record.sku) : undefined;
      if (node === undefined || node.accelerator !== gpu || record.derived === true) return [];
      const { asOf, source } = record;
      const usdPerGpuHour = Math.round((record.usd / node.gpus) * 1e4) / 1e4;
      return [{ gpu, usdPerGpuHour, node: node.id, asOf, source }];
    });
    const [cheapest] = offers.toSorted(
      (a, b) => a.usdPerGpuHour - b.usdPerGpuHour || (a.node < b.node ? -1 : 1),
    );
    return cheapest === undefined ? [] : [cheapest];
  });
  const priced = new Set(prices.map(({ gpu }) => gpu));
  return { ...MARKET, prices, unpriced: gpus.filter((gpu) => !priced.has(gpu)) };
}

export function usdPerGpuHour({ prices }: AcceleratorPrices): ReadonlyMap<string, number> {
  return new Map(prices.map(({ gpu, usdPerGpuHour: usd }) => [gpu, usd]));
}
