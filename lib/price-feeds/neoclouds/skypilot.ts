import type { PriceRow } from '#lib/catalog/price-documents';
import { IncompleteDocument, textReader, UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';
import { CsvReader } from '#lib/trace/csv-reader';

const FEED = 'skypilot';
const ROOT = 'https://raw.githubusercontent.com/skypilot-org/skypilot-catalog/master/catalogs/v8';
const NEEDED = [
  'InstanceType',
  'AcceleratorName',
  'AcceleratorCount',
  'Price',
  'Region',
  'SpotPrice',
] as const;
type Column = (typeof NEEDED)[number];

interface Cloud {
  readonly seller: string;
  readonly service: string;
  /** Our SKU of an instance type. */
  readonly sku: (type: string) => string;
  /** Our region; `null` for one that we do not list. */
  readonly region: (region: string) => string | null;
}

/** By the name of their folder. */
const CLOUDS: Readonly<Record<string, Cloud>> = {
  lambda: {
    seller: 'lambda',
    service: 'on-demand cloud',
    sku: (type) => type,
    // One price for all of the country's regions.
    region: (region) => (region.startsWith('us-') ? 'us' : null),
  },
  nebius: {
    seller: 'nebius',
    service: 'compute',
    // Whole nodes come in one size; their names need not repeat it.
    sku: (type) => type.replace(/(?<=_8gpu)-\d+vcpu-\d+gb$/, ''),
    region: (region) => region,
  },
};

/** Accelerators by the catalog's ids; a name that says nothing of its form factor stays without. */
const ACCELERATORS: Readonly<Record<string, string>> = {
  H100: 'h100-sxm',
  H200: 'h200-sxm',
  B200: 'b200-sxm',
  L40S: 'l40s',
  'A100-80GB': 'a100-80-sxm',
};

/** Prices of rented GPUs as the SkyPilot project collects them (Apache-2.0): one part for each provider. */
export const skypilot: PriceFeed = {
  id: FEED,
  title: 'prices of rented GPUs, by SkyPilot',
  defaultRoot: ROOT,
  parts: async (request) =>
    Object.entries(CLOUDS).map(([name, cloud]) => ({
      part: name,
      refresh: () => refreshCloud(name, cloud, request),
    })),
};

async function refreshCloud(
  part: string,
  cloud: Cloud,
  { read, root = ROOT, fetchedAt }: FeedRequest,
): Promise<FeedAnswer> {
  const { value: text, facts } = await read(`${root}/${part}/vms.csv`, textReader);
  const asOf = fetchedAt.slice(0, 10);
  const rows = recordsOf(text, facts.url).flatMap((record) =>
    rowsOf(record, cloud, asOf, sourceIdOf({ feed: FEED, part })),
  );
  const head = {
    feed: FEED,
    part,
    publisher: 'skypilot-org/skypilot-catalog',
    method: 'repository',
    confidence: 'secondary',
    licence: 'Apache-2.0',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
  } as const;
  return snapshotOf(head, rows, facts);
}

type Row = Readonly<Record<Column, string>>;

function recordsOf(text: string, url: string): readonly Row[] {
  if (!text.endsWith('\n')) throw new IncompleteDocument('the last line does not end');
  const [header, ...records] = new CsvReader(url).push(text, true);
  const at = new Map(header?.fields.map((name, index) => [name, index]));
  const missing = NEEDED.find((name) => !at.has(name));
  if (header === undefined || missing !== undefined) throw new UnknownForm(`no column ${missing ?? ''}`);
  return records.map(({ fields, line }) => {
    if (fields.length !== header.fields.length)
      throw new UnknownForm(`line ${line} has ${fields.length} fields`);
    return Object.fromEntries(NEEDED.map((name) => [name, fields[at.get(name) ?? -1] ?? ''])) as Row;
  });
}

/** Machines without accelerators are left out: nobody rents them here by themselves. */
function rowsOf(
  record: Row,
  { seller, service, sku, region: regionOf }: Cloud,
  asOf: string,
  source: string,
): PriceRow[] {
  const region = regionOf(record.Region);
  const gpus = Number(record.AcceleratorCount);
  if (region === null || !(gpus >= 1)) return [];
  const accelerator = ACCELERATORS[record.AcceleratorName];
  const offers = [
    ['on-demand', record.Price],
    ['spot', record.SpotPrice],
  ] as const;
  return offers.flatMap(([term, price]): PriceRow[] => {
    if (price === '') return [];
    const usd = Number(price);
    if (!Number.isFinite(usd) || usd < 0) throw new UnknownForm(`a price of ${price}`);
    return [
      {
        seller,
        service,
        sku: sku(record.InstanceType),
        region,
        unit: 'instance-hour',
        usd,
        term,
        asOf,
        source,
        ...(accelerator === undefined ? {} : { accelerator }),
        acceleratorCount: gpus,
      },
    ];
  });
}
