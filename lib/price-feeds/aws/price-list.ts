import type { PriceRow } from '#lib/catalog/price-documents';
import type { PriceRecord } from '#lib/catalog/prices';
import type { Catalog } from '#lib/catalog/catalog';
import {
  isMatch,
  type Attributes,
  type ModelNames,
  type OfferRule,
  type Tier,
} from '#lib/price-feeds/aws/offer-rule';
import { UnknownForm, type DocumentReader } from '#lib/price-feeds/document-reader';
import { jsonStream } from '#lib/price-feeds/json-stream';

/** What a price list holds of what we want. */
export interface PriceList {
  /** Instant that the list gives itself. */
  readonly publicationDate: string;
  readonly rows: readonly PriceRow[];
  readonly notes: readonly string[];
}

export interface PriceListProps {
  readonly offer: string;
  readonly rules: readonly OfferRule[];
  readonly seller: string;
  /** Region of the file, where a product does not say its own. */
  readonly region: string;
  readonly currency: string;
  /** Units of the currency for one USD. */
  readonly perUsd: number;
  /** Day on which the list holds: that of the refresh, since the list is the current one. */
  readonly asOf: string;
  readonly source: string;
  /** For accelerators of instance types, which a price list describes in words. */
  readonly instances: Catalog['instances'];
  readonly models: ModelNames;
  /** Whose steps name the tiers of the list. */
  readonly known: readonly PriceRecord[];
}

export interface ChosenProduct {
  readonly rule: OfferRule;
  readonly attributes: Attributes;
}

interface PriceDimension {
  readonly unit: string;
  readonly beginRange?: string;
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** Digits that survive a conversion: lists give ten decimals, and 0.0000004 × 10,000 should be 0.004. */
const SIGNIFICANT_DIGITS = 12;

/**
 * Reads a bulk price list (`offers/v1.0/<partition>/<offer>/<version>/<region>/index.json`) as it arrives: products
 * first, of which only those that a rule takes are kept, then the terms, in a file of hundreds of megabytes.
 */
export function priceListReader(props: PriceListProps): DocumentReader<PriceList> {
  const head = new Map<string, string>();
  const chosen = new Map<string, ChosenProduct>();
  const rows: PriceRow[] = [];
  const units = new Map<string, string>();
  let hasTerms = false;
  return jsonStream<PriceList>({
    paths: ['$.offerCode', '$.publicationDate', '$.products.*', '$.terms.OnDemand.*', '$.terms.Reserved.*'],
    take: (value, keys) => {
      const [first = '', second, third] = keys;
      if (keys.length === 1) head.set(first, String(value));
      else if (first === 'products') {
        // Terms are joined to products that were seen: the other order would lose every price without a word.
        if (hasTerms) throw new UnknownForm('a product after the terms');
        choose(value, props.rules, chosen);
      } else {
        hasTerms = true;
        const product = chosen.get(third ?? '');
        if (product === undefined) return;
        if (second === 'OnDemand') rows.push(...rowsOfProduct(value, product, props, units));
        else if (product.rule.hasReservations) rows.push(...reservationsOf(value, product, props, units));
      }
    },
    end: () => {
      const { offer } = props;
      if (head.get('offerCode') !== offer) {
        throw new UnknownForm(`expected the offer ${offer}, got ${head.get('offerCode') ?? 'none'}`);
      }
      const publicationDate = head.get('publicationDate');
      if (publicationDate === undefined) throw new UnknownForm('no publicationDate');
      const notes = [...units].map(([unit, sku]) => `${sku} is listed by the unknown unit "${unit}"`);
      return { publicationDate, rows: withSurcharges(rows, props.rules), notes };
    },
  });
}

function choose(value: unknown, rules: readonly OfferRule[], chosen: Map<string, ChosenProduct>): void {
  if (!isObject(value) || !isObject(value['attributes']))
    throw new UnknownForm('a product without attributes');
  const { sku } = value;
  if (typeof sku !== 'string') throw new UnknownForm('a product without sku');
  const product = chosenBy(rules, value);
  if (product !== null) chosen.set(sku, product);
}

/** The rule that takes a product, with what the rule sees of it; `null` where none does. */
export function chosenBy(
  rules: readonly OfferRule[],
  { productFamily, attributes: written }: Readonly<Record<string, unknown>>,
): ChosenProduct | null {
  const attributes = {
    ...(written as Attributes),
    productFamily: typeof productFamily === 'string' ? productFamily : '',
  };
  const rule = rules.find((each) => isMatch(each, attributes));
  return rule === undefined ? null : { rule, attributes };
}

/**
 * Prices of a product by its terms.
 *
 * @param unknownUnits - Takes units that the rule does not know, with what they price
 */
export function rowsOfProduct(
  value: unknown,
  { rule, attributes }: ChosenProduct,
  props: PriceListProps,
  unknownUnits: Map<string, string>,
): PriceRow[] {
  const dimensions = termsOf(value).flatMap(dimensionsOf);
  return dimensions.flatMap((dimension): PriceRow[] => {
    const tier = tierOf(dimension);
    const step = stepOf(rule, attributes, tier, rule.perOurUnit[dimension.unit], props);
    const sku = rule.sku(attributes, tier, props.models) ?? step?.sku ?? null;
    if (sku === null) return [];
    const factor = rule.perOurUnit[dimension.unit];
    if (factor === undefined) {
      unknownUnits.set(dimension.unit, `${rule.service} ${sku}`);
      return [];
    }
    const listed = Number(dimension.pricePerUnit[props.currency] ?? Number.NaN);
    if (!Number.isFinite(listed) || listed < 0) {
      throw new UnknownForm(`no price in ${props.currency} for ${rule.service} ${sku}`);
    }
    const row = rowOf(rule, sku, listed * factor, attributes, props);
    return [step === null ? row : { ...row, step: { of: step.of, from: step.from } }];
  });
}

const RESERVATION = { PurchaseOption: 'No Upfront', OfferingClass: 'standard' } as const;

/** Prices of a product by its reservations: of those without upfront payment, since a price by the hour says all of them. */
function reservationsOf(
  value: unknown,
  product: ChosenProduct,
  props: PriceListProps,
  unknownUnits: Map<string, string>,
): PriceRow[] {
  return termsOf(value).flatMap((term): PriceRow[] => {
    const attributes = (isObject(term['termAttributes']) ? term['termAttributes'] : {}) as Attributes;
    const { LeaseContractLength: length = '', OfferingClass: offered = RESERVATION.OfferingClass } =
      attributes;
    const years = /^([13])yr$/.exec(length)?.[1];
    if (years === undefined || offered !== RESERVATION.OfferingClass) return [];
    if (attributes['PurchaseOption'] !== RESERVATION.PurchaseOption) return [];
    const rows = rowsOfProduct({ reservation: term }, product, props, unknownUnits);
    return rows.map((row) => ({ ...row, term: `reserved-${years}y` }));
  });
}

function termsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isObject(value) ? Object.values(value).filter(isObject) : [];
}

function dimensionsOf({ priceDimensions }: Readonly<Record<string, unknown>>): PriceDimension[] {
  return isObject(priceDimensions) ? (Object.values(priceDimensions) as PriceDimension[]) : [];
}

/** What a list has as a surcharge, added to what it is one of; without that it is no price. */
export function withSurcharges(rows: readonly PriceRow[], rules: readonly OfferRule[]): readonly PriceRow[] {
  const bases = new Map(
    rules.flatMap((rule): [string, string][] => {
      const sku = rule.onTopOf === undefined ? null : rule.sku({}, { begin: 0 }, new Map());
      return sku === null || rule.onTopOf === undefined ? [] : [[`${rule.service}/${sku}`, rule.onTopOf]];
    }),
  );
  if (bases.size === 0) return rows;
  return rows.flatMap((row): PriceRow[] => {
    const wanted = bases.get(`${row.service}/${row.sku}`);
    if (wanted === undefined) return [row];
    const base = rows.find(
      ({ service, sku, region, unit }) =>
        service === row.service && sku === wanted && region === row.region && unit === row.unit,
    );
    if (base === undefined) return [];
    const { native } = row;
    const amount = digits((native?.amount ?? 0) + (base.native?.amount ?? 0));
    return [
      {
        ...row,
        usd: digits(row.usd + base.usd),
        ...(native === undefined ? {} : { native: { ...native, amount } }),
      },
    ];
  });
}

function rowOf(
  rule: OfferRule,
  sku: string,
  amount: number,
  attributes: Attributes,
  { seller, region, currency, perUsd, asOf, source, instances }: PriceListProps,
): PriceRow {
  const inUsd = digits(amount / perUsd);
  return {
    seller,
    service: rule.service,
    sku,
    region: attributes['regionCode'] ?? attributes['fromRegionCode'] ?? region,
    unit: rule.unit,
    usd: inUsd,
    term: rule.term ?? 'on-demand',
    asOf,
    source,
    ...acceleratorOf(sku, attributes, instances),
    ...(currency === 'USD' ? {} : { native: { amount: digits(amount), currency, perUsd } }),
  };
}

/** Sellers count a petabyte as 1,048,576 GB or as a million; steps are further apart than that. */
const STEP_TOLERANCE = 0.06;

/** Which step of which ladder a tier is; `null` for the first, and where the first itself is not ours. */
function stepOf(
  rule: OfferRule,
  attributes: Attributes,
  { begin }: Tier,
  factor: number | undefined,
  { known, models }: PriceListProps,
): { readonly of: string; readonly from: number; readonly sku: string | null } | null {
  const of = rule.sku(attributes, { begin: 0 }, models);
  if (begin === 0 || of === null || factor === undefined) return null;
  const from = digits(begin / factor);
  const match = known.find(
    ({ service, unit, step }) =>
      service === rule.service &&
      unit === rule.unit &&
      step?.of === of &&
      Math.abs(step.from / from - 1) < STEP_TOLERANCE,
  );
  return { of, from, sku: match?.sku ?? null };
}

/** By the catalog where it knows the type; else by the list's own count, so that no factor ever derives its price. */
function acceleratorOf(sku: string, { gpu = '' }: Attributes, instances: Catalog['instances']) {
  const shape = instances.get(sku) ?? instances.get(sku.replace(/^ml\./, ''));
  if (shape?.accelerator != null) return { accelerator: shape.accelerator, acceleratorCount: shape.gpus };
  return /^[1-9]\d*$/.test(gpu) ? { acceleratorCount: Number(gpu) } : {};
}

function tierOf({ beginRange = '0' }: PriceDimension): Tier {
  const begin = Number(beginRange);
  if (!Number.isFinite(begin) || begin < 0) throw new UnknownForm(`a tier from ${beginRange}`);
  return { begin };
}

function digits(amount: number): number {
  return Number(amount.toPrecision(SIGNIFICANT_DIGITS));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
