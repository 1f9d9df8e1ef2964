import type { Catalog } from '#lib/catalog/catalog';
import type { StatedRate } from '#lib/catalog/exchange-rates';
import {
  priceId,
  type ListedQuery,
  type PriceRecord,
  type PriceReference,
  type ServicePart,
} from '#lib/catalog/prices';

/** The prices of one service, each part read when it is asked for. */
export interface Shelf {
  all(): readonly PriceRecord[];
  /** Of the region or of everywhere, maybe among others. */
  ofRegion(region: string): readonly PriceRecord[];
  ofSku(sku: string): readonly PriceRecord[];
  find(reference: PriceReference): PriceRecord | undefined;
  /** The upper steps of its ladders. */
  steps(): readonly PriceRecord[];
}

interface RegionPart {
  readonly records: readonly PriceRecord[];
  /** Made when one is looked for. */
  byId?: ReadonlyMap<string, PriceRecord>;
}

export function makeShelf(
  catalog: Catalog,
  seller: string,
  service: string,
  rates: Readonly<Record<string, StatedRate>>,
): Shelf {
  const skus = new Map<string, readonly PriceRecord[]>();
  const regions = new Map<string, RegionPart>();
  let whole: ReadonlyMap<string, readonly PriceRecord[]> | undefined;
  let [all, steps]: (readonly PriceRecord[] | undefined)[] = [];
  const read = (part?: ServicePart) =>
    all ??
    catalog
      .prices(seller, service, part)
      .filter((record) => record.seller === seller && record.service === service)
      .map((record) => atOwnRate(record, rates));
  const ofSku = (sku: string) => {
    const known = skus.get(sku);
    if (known !== undefined) return known;
    if (all !== undefined) return (whole ??= bySku(all)).get(sku) ?? [];
    const found = read({ sku }).filter((record) => record.sku === sku);
    skus.set(sku, found);
    return found;
  };
  return {
    all: () => (all ??= read()),
    ofRegion: (region) => {
      const known = all ?? regions.get(region)?.records;
      if (known !== undefined) return known;
      const records = read({ region });
      regions.set(region, { records });
      return records;
    },
    find: (reference) => {
      // What holds everywhere stands in every region's part.
      const [first] = reference.region === '*' ? regions.values() : [];
      const part = regions.get(reference.region) ?? first;
      const id = priceId(reference);
      if (part !== undefined) return (part.byId ??= firstById(part.records)).get(id);
      return ofSku(reference.sku).find((record) => record.id === id);
    },
    ofSku,
    steps: () => (steps ??= read('steps').filter(({ step }) => step !== undefined)),
  };
}

/** The smallest part that holds all that is asked for. */
export function nearestPart(
  shelf: Shelf,
  { sku, isStep, region }: Pick<ListedQuery, 'sku' | 'isStep' | 'region'>,
): readonly PriceRecord[] {
  if (sku !== undefined) return shelf.ofSku(sku);
  if (isStep) return shelf.steps();
  return region === undefined ? shelf.all() : shelf.ofRegion(region);
}

function bySku(records: readonly PriceRecord[]): ReadonlyMap<string, readonly PriceRecord[]> {
  const skus = new Map<string, PriceRecord[]>();
  for (const record of records) {
    const known = skus.get(record.sku);
    if (known === undefined) skus.set(record.sku, [record]);
    else known.push(record);
  }
  return skus;
}

/** The first step of a ladder comes before the others and has their id. */
function firstById(records: readonly PriceRecord[]): ReadonlyMap<string, PriceRecord> {
  return new Map(records.toReversed().map((record) => [record.id, record]));
}

/** The same listing in USD by the user's rate. */
function atOwnRate(record: PriceRecord, rates: Readonly<Record<string, StatedRate>>): PriceRecord {
  const { native, lowUsd, highUsd } = record;
  const own = native === undefined ? undefined : rates[native.currency];
  if (native === undefined || own === undefined) return record;
  const factor = native.perUsd / own.perUsd;
  return {
    ...record,
    usd: native.amount / own.perUsd,
    ...(lowUsd === undefined ? {} : { lowUsd: lowUsd * factor }),
    ...(highUsd === undefined ? {} : { highUsd: highUsd * factor }),
    native: { ...native, perUsd: own.perUsd },
  };
}
