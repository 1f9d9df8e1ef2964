import type { PriceRow } from '#lib/catalog/price-documents';
import { textReader, UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedAnswer, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import { csvRecords } from '#lib/price-feeds/neoclouds/csv-records';
import { snapshotOf, sourceIdOf } from '#lib/price-feeds/snapshot-of';

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
  /** What a line of it sells, in our words; `null` for what we do not list. */
  readonly offer: (row: Row) => Offer | null;
}

type Offer = Pick<PriceRow, 'sku' | 'region' | 'unit' | 'accelerator' | 'acceleratorCount'>;

/** By the name of their folder. */
const CLOUDS: Readonly<Record<string, Cloud>> = {
  lambda: {
    seller: 'lambda',
    service: 'on-demand cloud',
    // One price for all of the country's regions.
    offer: (row) => (row.Region.startsWith('us-') ? machine(row, row.InstanceType, 'us') : null),
  },
  nebius: {
    seller: 'nebius',
    service: 'compute',
    // Whole nodes come in one size; their names need not repeat it.
    offer: (row) => machine(row, row.InstanceType.replace(/(?<=_8gpu)-\d+vcpu-\d+gb$/, ''), row.Region),
  },
  runpod: {
    seller: 'runpod',
    service: 'secure cloud',
    // More GPUs cost as many times the price of one, and all regions the same.
    offer: ({ InstanceType, GpuInfo }) => {
      const [, name = ''] = /'Name': '([^']+)'/.exec(GpuInfo ?? '') ?? [];
      const accelerator = RUNPOD[name];
      if (!/^1x_.*_SECURE$/.test(InstanceType) || accelerator === undefined) return null;
      const sku = name === 'A100 PCIe' ? 'A100-80GB PCIe' : name;
      return { sku, region: '*', unit: 'accelerator-hour', accelerator, acceleratorCount: 1 };
    },
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

/** RunPod's names say the form factor, SkyPilot's shorter ones do not: its `A100-80GB` is the PCIe card. */
const RUNPOD: Readonly<Record<string, string>> = {
  'A100 PCIe': 'a100-80-pcie',
  'A100 SXM': 'a100-80-sxm',
  B200: 'b200-sxm',
  'H100 NVL': 'h100-nvl',
  'H100 PCIe': 'h100-pcie',
  'H100 SXM': 'h100-sxm',
  'H200 SXM': 'h200-sxm',
  L4: 'l4',
  L40S: 'l40s',
  MI300X: 'mi300x',
};

/** A whole machine and the accelerators in it. */
function machine({ AcceleratorName, AcceleratorCount }: Row, sku: string, region: string): Offer {
  const accelerator = ACCELERATORS[AcceleratorName];
  return {
    sku,
    region,
    unit: 'instance-hour',
    ...(accelerator === undefined ? {} : { accelerator }),
    acceleratorCount: Number(AcceleratorCount),
  };
}

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
  const rows = csvRecords(text, facts.url, NEEDED, ['GpuInfo']).flatMap((record) =>
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

type Row = Readonly<Record<Column, string>> & { readonly GpuInfo?: string };

/** Machines without accelerators are left out: nobody rents them here by themselves. */
function rowsOf(record: Row, { seller, service, offer }: Cloud, asOf: string, source: string): PriceRow[] {
  const offered = Number(record.AcceleratorCount) >= 1 ? offer(record) : null;
  if (offered === null) return [];
  const { sku, region, unit, ...accelerators } = offered;
  const prices = [
    ['on-demand', record.Price],
    ['spot', record.SpotPrice],
  ] as const;
  return prices.flatMap(([term, price]): PriceRow[] => {
    // A collection that has no spot price repeats the list price.
    if (price === '' || (term === 'spot' && price === record.Price)) return [];
    const usd = Number(price);
    if (!Number.isFinite(usd) || usd < 0) throw new UnknownForm(`a price of ${price}`);
    return [{ seller, service, sku, region, unit, usd, term, asOf, source, ...accelerators }];
  });
}
