import type { PriceRow } from '#lib/catalog/price-documents';
import { bytesReader, textReader, UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { csvRecords } from '#lib/price-feeds/neoclouds/csv-records';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';
import { textInZip } from '#lib/price-feeds/zip-entry';

const FEED = 'gpuhunt';
const ROOT = 'https://dstack-gpu-pricing.s3.eu-west-1.amazonaws.com/v3';
/** `20260818-42`. */
const VERSION = /^[\w-]{1,80}$/;
const NEEDED = ['instance_name', 'location', 'price', 'gpu_count', 'gpu_name', 'gpu_memory', 'spot'] as const;
type Row = Readonly<Record<(typeof NEEDED)[number], string>>;

interface Provider {
  readonly seller: string;
  readonly service: string;
  /** SKU and region in our words; `null` for what we do not list. */
  readonly place: (row: Row) => { readonly sku: string; readonly region: string } | null;
}

/** By the name of their catalog. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  lambdalabs: {
    seller: 'lambda',
    service: 'on-demand cloud',
    // One price for all of the country's regions.
    place: ({ instance_name: sku, location }) => (location.startsWith('us-') ? { sku, region: 'us' } : null),
  },
  nebius: {
    seller: 'nebius',
    service: 'compute',
    // Platform and preset; whole nodes come in one size, and their names need not repeat it.
    place: ({ instance_name: name, location: region }) => ({
      sku: name.replace(' ', '_').replace(/(?<=_8gpu)-\d+vcpu-\d+gb$/, ''),
      region,
    }),
  },
};

/** By name, memory in GB and form; a name that does not say its form stays without. */
const ACCELERATORS: readonly (readonly [gpu: string, gb: string, form: RegExp, id: string])[] = [
  ['A100', '80', /sxm/, 'a100-80-sxm'],
  ['H100', '80', /sxm/, 'h100-sxm'],
  ['H200', '141', /sxm/, 'h200-sxm'],
  ['B200', '180', /sxm/, 'b200-sxm'],
  ['L40S', '48', /(?:)/, 'l40s'],
];

/** Prices of rented GPUs as dstack's gpuhunt collects them every hour (MPL-2.0): one archive for each provider. */
export const gpuhunt: PriceFeed = {
  id: FEED,
  title: 'prices of rented GPUs, by gpuhunt',
  defaultRoot: ROOT,
  parts: async (request) =>
    Object.entries(PROVIDERS).map(([name, provider]) => ({
      part: name,
      refresh: () => refreshProvider(name, provider, request),
    })),
};

async function refreshProvider(
  part: string,
  provider: Provider,
  { read, root = ROOT, fetchedAt }: FeedRequest,
): Promise<FeedAnswer> {
  const version = (await read(`${root}/${part}/version`, textReader)).value.trim();
  if (!VERSION.test(version)) throw new UnknownForm('no version of the catalog');
  const { value, facts } = await read(`${root}/${part}/${version}/catalog.zip`, bytesReader);
  const text = textInZip(value, '.csv');
  const asOf = fetchedAt.slice(0, 10);
  const source = sourceIdOf({ feed: FEED, part });
  const rows = csvRecords(text, facts.url, NEEDED).flatMap((row) => rowsOf(row, provider, asOf, source));
  const head = {
    feed: FEED,
    part,
    publisher: 'dstackai/gpuhunt',
    method: 'repository',
    confidence: 'secondary',
    licence: 'MPL-2.0',
    currency: 'USD',
    fetchedAt,
    publicationDate: null,
  } as const;
  return snapshotOf(head, rows, facts);
}

/** Machines without accelerators are left out: nobody rents them here by themselves. */
function rowsOf(row: Row, { seller, service, place }: Provider, asOf: string, source: string): PriceRow[] {
  const [usd, acceleratorCount] = [Number(row.price || Number.NaN), Number(row.gpu_count)];
  if (!Number.isFinite(usd) || usd < 0) throw new UnknownForm(`a price of ${row.price || 'nothing'}`);
  const placed = acceleratorCount >= 1 ? place(row) : null;
  if (placed === null) return [];
  const gb = String(Math.round(Number(row.gpu_memory)));
  const known = ACCELERATORS.find(
    ([gpu, memory, form]) => gpu === row.gpu_name && memory === gb && form.test(row.instance_name),
  );
  return [
    {
      seller,
      service,
      ...placed,
      unit: 'instance-hour',
      usd,
      term: row.spot === 'True' ? 'spot' : 'on-demand',
      asOf,
      source,
      ...(known === undefined ? {} : { accelerator: known[3] }),
      acceleratorCount,
    },
  ];
}
