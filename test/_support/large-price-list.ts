import type { ServerResponse } from 'node:http';
import { instance, priceList } from './price-lists';

/** Reservations of a type as the lists have them: two terms, two classes, three ways to pay, less one that is not sold. */
const RESERVATIONS = ([1, 3] as const).flatMap((years) =>
  (['standard', 'convertible'] as const).flatMap((offeringClass) =>
    (['No Upfront', 'Partial Upfront', 'All Upfront'] as const).map((option) => ({
      years,
      offeringClass,
      option,
      price: years === 1 ? 0.06 : 0.04,
    })),
  ),
);
const SYSTEMS = ['Linux', 'Windows', 'RHEL', 'SUSE', 'Ubuntu Pro', 'Red Hat Enterprise Linux with HA'];
const STATES = ['Used', 'AllocatedCapacityReservation', 'UnusedCapacityReservation'];
const TENANCIES = ['Shared', 'Dedicated', 'Host'];

/** What the list says of a type besides what tells it from others; most of its bytes are such. */
const DETAILS = {
  location: 'US East (N. Virginia)',
  locationType: 'AWS Region',
  currentGeneration: 'Yes',
  physicalProcessor: 'Intel Xeon Platinum 8259CL (Cascade Lake)',
  clockSpeed: '3.1 GHz',
  networkPerformance: 'Up to 25 Gigabit',
  processorArchitecture: '64-bit',
  processorFeatures: 'AVX; AVX2; Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo',
  licenseModel: 'No License required',
  enhancedNetworkingSupported: 'Yes',
  intelAvxAvailable: 'Yes',
  normalizationSizeFactor: '4',
  vpcnetworkingsupport: 'true',
};

/** Products of one type, and their terms, as they stand in the three parts of a list. */
function rowsOf(index: number): { products: string; onDemand: string; reserved: string } {
  const type = `x${index}.large`;
  const listed = SYSTEMS.flatMap((operatingSystem) =>
    STATES.flatMap((capacitystatus) =>
      TENANCIES.map((tenancy) => ({
        ...instance(type, 0.096, { ...DETAILS, operatingSystem, capacitystatus, tenancy }),
        ...(capacitystatus === 'Used' ? { reservations: RESERVATIONS } : {}),
      })),
    ),
  );
  // Every list counts its products from SKU0: here each has a name of its own.
  const text = JSON.stringify(priceList('AmazonEC2', listed), null, 2).replaceAll(
    /SKU(\d+)/g,
    `T${index}S$1`,
  );
  const { products, terms } = JSON.parse(text) as ReturnType<typeof priceList>;
  const inner = (part: object) => JSON.stringify(part, null, 2).slice(1, -1);
  return { products: inner(products), onDemand: inner(terms.OnDemand), reserved: inner(terms.Reserved) };
}

export interface ListSize {
  readonly types: number;
  readonly bytes: number;
}

/** Sends the list of EC2 with as many types as make it `megabytes` long, piece by piece, in the form of the bulk files. */
export async function sendLargeList(response: ServerResponse, megabytes: number): Promise<ListSize> {
  const sample = rowsOf(100_000);
  const perType = sample.products.length + sample.onDemand.length + sample.reserved.length;
  const types = Math.ceil((megabytes * 1e6) / perType);
  let bytes = 0;
  const write = async (text: string) => {
    bytes += Buffer.byteLength(text);
    if (!response.write(text)) await new Promise((done) => response.once('drain', done));
  };
  const part = async (name: 'products' | 'onDemand' | 'reserved') => {
    for (let index = 0; index < types; index += 1) {
      await write(`${index === 0 ? '' : ','}${sample[name].replaceAll('100000', String(100_001 + index))}`);
    }
  };
  response.writeHead(200);
  const { products: _products, terms: _terms, ...head } = priceList('AmazonEC2', []);
  await write(`${JSON.stringify(head, null, 2).slice(0, -2)},\n"products": {`);
  await part('products');
  await write('},\n"terms": {"OnDemand": {');
  await part('onDemand');
  await write('},\n"Reserved": {');
  await part('reserved');
  await write('}}}');
  response.end();
  return { types, bytes };
}
