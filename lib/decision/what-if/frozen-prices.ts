import {
  priceId,
  type AssumptionValue,
  type ListedQuery,
  type PriceBook,
  type PriceRecord,
} from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';

/** What bills asked of a price book, as plain JSON: the same answers without a catalog. */
export interface FrozenPrices {
  /** By the id of what was asked for: the id of the record that answered, its unit, USD. `null` of what has no price. */
  readonly prices: Readonly<Record<string, readonly [id: string, unit: string, usd: number] | null>>;
  /** By the query as JSON. */
  readonly listed: Readonly<Record<string, readonly Pick<PriceRecord, 'sku' | 'unit'>[]>>;
  /** Unit and value by id. */
  readonly assumptions: Readonly<Record<string, readonly [unit: string, value: number]>>;
}

/** Notes what is asked of a book. Assumptions are taken whole: cash over time may ask for others at other inputs. */
export function freezing(prices: PriceBook, assumptionIds: readonly string[]) {
  const [asked, listed] = [
    new Map<string, FrozenPrices['prices'][string]>(),
    new Map<string, PriceRecord[]>(),
  ];
  const book: PriceBook = {
    price: (reference) => {
      const price = prices.price(reference);
      asked.set(
        priceId(reference),
        price.state === 'unpriced' ? null : [price.id, price.unit, price.usd.base],
      );
      return price;
    },
    listed: (query) => {
      const found = prices.listed(query);
      listed.set(JSON.stringify(query), [...found]);
      return found;
    },
    assumption: (id) => prices.assumption(id),
  };
  const frozen = (): FrozenPrices => ({
    prices: Object.fromEntries(asked),
    listed: Object.fromEntries(
      [...listed].map(([query, records]) => [query, records.map(({ sku, unit }) => ({ sku, unit }))]),
    ),
    assumptions: Object.fromEntries(
      assumptionIds.map((id) => {
        const { unit, base } = prices.assumption(id);
        return [id, [unit, base]] as const;
      }),
    ),
  });
  return { book, frozen };
}

const NOWHERE: SourceReference = { id: '', publisher: '', asOf: '', method: 'estimate' };

/** A book that answers as the frozen one did. What was never asked is a bug and throws. */
export function thawed({ prices, listed, assumptions }: FrozenPrices): PriceBook {
  return {
    price: (reference) => {
      const asked = priceId(reference);
      const found = prices[asked];
      if (found === undefined) throw new Error(`no frozen price of ${asked}`);
      if (found === null) return { state: 'unpriced', id: asked, unit: reference.unit, why: '' };
      const [id, unit, usd] = found;
      return {
        state: 'priced',
        id,
        unit,
        usd: { low: usd, base: usd, high: usd },
        source: NOWHERE,
        derived: false,
        basis: '',
      };
    },
    // Only the support tariff lists prices, and reads of each what it is called and sold by.
    listed: (query: ListedQuery) => (listed[JSON.stringify(query)] ?? []) as readonly PriceRecord[],
    assumption: (id): AssumptionValue => {
      const found = assumptions[id];
      if (found === undefined) throw new Error(`no frozen assumption ${id}`);
      const [unit, value] = found;
      return { id, label: id, unit, source: NOWHERE, low: value, base: value, high: value };
    },
  };
}
