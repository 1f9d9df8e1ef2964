/** A product of a price list and its one price, or its price in each tier. */
export interface ListedProduct {
  readonly family?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly price: number | readonly (readonly [begin: string, end: string, price: number])[];
  readonly reservations?: readonly Reservation[];
}

export interface Reservation {
  readonly years: 1 | 3;
  readonly option: 'No Upfront' | 'Partial Upfront' | 'All Upfront';
  readonly offeringClass?: 'standard' | 'convertible';
  readonly price: number;
}

/** A price list in the form of the bulk files, with products made up for the test. */
export function priceList(offer: string, products: readonly ListedProduct[], currency = 'USD') {
  const listed = products.map((product, index) => ({ sku: `SKU${index}`, ...product }));
  return {
    formatVersion: 'v1.0',
    disclaimer: 'made up',
    offerCode: offer,
    version: '20261120000000',
    publicationDate: '2026-11-20T00:00:00Z',
    products: Object.fromEntries(
      listed.map(({ sku, family = '', attributes }) => [
        sku,
        { sku, productFamily: family, attributes: { servicecode: offer, ...attributes } },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(listed.map((product) => [product.sku, termsOf(product, currency)])),
      Reserved: Object.fromEntries(
        listed
          .filter(({ reservations = [] }) => reservations.length > 0)
          .map((product) => [product.sku, reservedTermsOf(product, currency)]),
      ),
    },
  };
}

function reservedTermsOf(
  { sku, unit, reservations = [] }: ListedProduct & { readonly sku: string },
  currency: string,
) {
  const terms = reservations.map(({ years, option, offeringClass = 'standard', price }, index) => {
    const code = `${sku}.TERM${index}`;
    const rate = { unit, beginRange: '0', endRange: 'Inf', pricePerUnit: { [currency]: price.toFixed(10) } };
    const upfront = { unit: 'Quantity', description: 'Upfront Fee', pricePerUnit: { [currency]: '1000' } };
    const priceDimensions = {
      [`${code}.HOURLY`]: rate,
      ...(option === 'No Upfront' ? {} : { [`${code}.UPFRONT`]: upfront }),
    };
    const termAttributes = {
      LeaseContractLength: `${years}yr`,
      OfferingClass: offeringClass,
      PurchaseOption: option,
    };
    return [code, { offerTermCode: `TERM${index}`, sku, priceDimensions, termAttributes }];
  });
  return Object.fromEntries(terms) as object;
}

function termsOf({ sku, unit, price }: ListedProduct & { readonly sku: string }, currency: string) {
  const tiers = typeof price === 'number' ? ([['0', 'Inf', price]] as const) : price;
  const dimensions = tiers.map(([beginRange, endRange, amount], index) => [
    `${sku}.JRTCKXETXF.${index}`,
    { unit, beginRange, endRange, description: 'made up', pricePerUnit: { [currency]: amount.toFixed(10) } },
  ]);
  return {
    [`${sku}.JRTCKXETXF`]: {
      offerTermCode: 'JRTCKXETXF',
      sku,
      effectiveDate: '2026-11-01T00:00:00Z',
      priceDimensions: Object.fromEntries(dimensions) as object,
      termAttributes: {},
    },
  };
}

/** An instance type as the list of EC2 has it; `changes` make it another system or tenancy. */
export function instance(
  type: string,
  price: number,
  changes: Readonly<Record<string, string>> = {},
): ListedProduct {
  return {
    family: 'Compute Instance',
    attributes: {
      instanceType: type,
      regionCode: 'us-east-1',
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
      usagetype: `BoxUsage:${type}`,
      ...changes,
    },
    unit: 'Hrs',
    price,
  };
}

export function byUsage(
  usagetype: string,
  unit: string,
  price: ListedProduct['price'],
  more = {},
): ListedProduct {
  return { attributes: { usagetype, regionCode: 'us-east-1', ...more }, unit, price };
}

const versions = (offer: string) => `/offers/v1.0/aws/${offer}/20261120000000/us-east-1/index.json`;

/** Addresses of the lists of us-east-1 behind the two indexes that lead to them. */
export function listAddresses(offers: readonly string[]) {
  const root = {
    formatVersion: 'v1.0',
    publicationDate: '2026-11-20T00:00:00Z',
    offers: Object.fromEntries(
      offers.map((offer) => [
        offer,
        { offerCode: offer, currentRegionIndexUrl: `/offers/v1.0/aws/${offer}/current/region_index.json` },
      ]),
    ),
  };
  const regions = offers.map((offer) => [
    `/offers/v1.0/aws/${offer}/current/region_index.json`,
    { regions: { 'us-east-1': { regionCode: 'us-east-1', currentVersionUrl: versions(offer) } } },
  ]);
  return {
    indexes: { '/offers/v1.0/aws/index.json': root, ...(Object.fromEntries(regions) as object) },
    list: versions,
  };
}
