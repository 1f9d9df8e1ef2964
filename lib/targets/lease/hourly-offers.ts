import { priceId, type PriceBook, type PriceRecord } from '#lib/catalog/prices';
import { LEASED_SELLERS, type LeasedSeller } from '#lib/targets/lease/leased-nodes';
import { roundTo } from '#lib/units/money';

/** One GPU for one hour, from somebody who sells whole servers by the hour. */
export interface HourlyOffer {
  readonly usd: number;
  readonly record: PriceRecord;
}

/** Cheapest first; empty where nobody rents such a GPU out by the hour. */
export function hourlyOffers(accelerator: string, prices: PriceBook): HourlyOffer[] {
  const leased: LeasedSeller[] = Object.values(LEASED_SELLERS).filter((one) => !('contract' in one));
  const sellers = [...leased, { seller: 'aws', service: 'ec2', term: 'on-demand' }];
  return sellers
    .flatMap(({ seller, service, term }) => prices.listed({ seller, service, term }))
    .filter((record) => record.accelerator === accelerator)
    .flatMap((record) => {
      const price = prices.price(record);
      if (price.state === 'unpriced') throw new Error(`a listed price is none: ${priceId(record)}`);
      const gpus = record.unit === 'accelerator-hour' ? 1 : (record.acceleratorCount ?? 0);
      return gpus === 0 ? [] : [{ usd: price.usd.base / gpus, record }];
    })
    .toSorted((a, b) => a.usd - b.usd);
}

/** `the hourly price of nebius in eu-north1 (2.95 USD a GPU)`. */
export function offerInWords({ usd, record: { seller, region } }: HourlyOffer): string {
  return `the hourly price of ${seller}${region === '*' ? '' : ` in ${region}`} (${roundTo(usd, 2)} USD a GPU)`;
}
