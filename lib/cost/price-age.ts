import { PRICE_LAYERS, type PriceLayerId } from '#lib/catalog/provenance';
import { priceId, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import { staleness, type Staleness } from '#lib/catalog/staleness';
import type { LineItem } from '#lib/cost/estimate';

/** Oldest and newest dates among the listed prices of these lines; `null` where none is listed. */
export function priceDates(lines: readonly LineItem[]): { oldest: string | null; newest: string | null } {
  let oldest: string | null = null;
  let newest: string | null = null;
  for (const { source } of lines) {
    // What is assumed and no price has no layer; the listed price of an assumed quantity has one.
    if (source?.layer === undefined) continue;
    // `2026` sorts before `2026-01`: a date without a month counts from its first day.
    if (oldest === null || source.asOf < oldest) oldest = source.asOf;
    if (newest === null || source.asOf > newest) newest = source.asOf;
  }
  return { oldest, newest };
}

/** Lines of one age that a note names; a bill may have thousands. */
const NAMED = 5;

interface Aged {
  readonly key: string;
  readonly age: Staleness;
}

/** How old a price is whose date is this. */
interface Judgement {
  readonly asOf: string;
  readonly age: Staleness;
}

/**
 * What is to be said of the age and the origin of a bill's prices, and the lines that are too old to trust.
 *
 * @param priceOf - The listed price that a line asks for; without one it is not judged by age
 */
export function priceAges(
  lines: readonly LineItem[],
  priceOf: (line: LineItem, index: number) => PriceReference | null,
  prices: PriceBook,
  asOf: string,
): { readonly notes: readonly string[]; readonly stale: readonly string[] } {
  const accelerators = new Map<string, { readonly accelerator?: string }>();
  const acceleratorOf = (price: PriceReference) => {
    const id = priceId(price);
    const known = accelerators.get(id) ?? acceleratorNamed(price, prices);
    accelerators.set(id, known);
    return known;
  };
  // A bill of thousands of resources asks for few prices: each is judged once.
  const judged = new Map<PriceReference, Judgement[]>();
  const ageOf = (price: PriceReference, priceAsOf: string): Staleness => {
    let ofPrice = judged.get(price);
    if (ofPrice === undefined) judged.set(price, (ofPrice = []));
    for (const { asOf: date, age } of ofPrice) if (date === priceAsOf) return age;
    const age = staleness({ ...price, ...acceleratorOf(price), asOf: priceAsOf }, asOf);
    ofPrice.push({ asOf: priceAsOf, age });
    return age;
  };
  const aged: Record<Exclude<Staleness['state'], 'fresh'>, Aged[]> = { warn: [], stale: [] };
  lines.forEach((line, index) => {
    if (line.source === null || line.source.method === 'override') return;
    const price = priceOf(line, index);
    if (price === null) return;
    const age = ageOf(price, line.source.asOf);
    if (age.state !== 'fresh') aged[age.state].push({ key: line.key, age });
  });
  return {
    notes: [
      ...note('prices too old to trust', aged.stale, 'staleDays'),
      ...note('prices worth another look', aged.warn, 'warnDays'),
      ...layerNote(lines),
    ],
    stale: aged.stale.map(({ key }) => key),
  };
}

/** Lines whose prices are of one age stand together. */
function note(title: string, aged: readonly Aged[], limit: 'warnDays' | 'staleDays'): string[] {
  const byAge = new Map<string, string[]>();
  const known = new Map<Staleness, string>();
  for (const { key, age } of aged) {
    const words = known.get(age) ?? `${age.ageDays} days, limit ${age.class[limit]}`;
    known.set(age, words);
    const keys = byAge.get(words);
    if (keys === undefined) byAge.set(words, [key]);
    else keys.push(key);
  }
  const each = [...byAge].map(([words, keys]) => {
    const rest = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
    return `${keys.slice(0, NAMED).join(', ')}${rest} (${words})`;
  });
  return each.length === 0 ? [] : [`${title}: ${each.join(', ')}`];
}

/** Only where prices were laid over the bundled ones: then a reader has to know which answered. */
function layerNote(lines: readonly LineItem[]): string[] {
  const found = new Map<PriceLayerId, number>();
  for (const { source } of lines) {
    const layer = source?.layer;
    if (layer !== undefined) found.set(layer, (found.get(layer) ?? 0) + 1);
  }
  if (!(['live', 'pin', 'cache'] as const).some((layer) => found.has(layer))) return [];
  const each = PRICE_LAYERS.flatMap((layer) => (found.has(layer) ? [`${found.get(layer)} ${layer}`] : []));
  return [`where the prices of the lines were found: ${each.join(', ')}`];
}

/** GPU instances age faster than other instances of the same service. */
function acceleratorNamed({ seller, service, sku, term }: PriceReference, prices: PriceBook) {
  const accelerator = prices.listed({ seller, service, term, sku })[0]?.accelerator;
  return accelerator === undefined ? {} : { accelerator };
}
