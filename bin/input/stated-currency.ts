import { textOf, type Flags } from '#bin/command';
import type { Catalog } from '#lib/catalog/catalog';
import { exchangeRateOf, type ExchangeRate, type StatedRate } from '#lib/catalog/exchange-rates';
import type { Estimate } from '#lib/cost/estimate';
import {
  amountsInCurrency,
  datedRate,
  totalsInCurrency,
  type CurrencyAmounts,
  type DatedRate,
  type UsdAmount,
} from '#lib/cost/in-currency';
import { US_DOLLAR, type Currency } from '#lib/units/currency';

export interface StatedCurrency {
  readonly currency?: string | undefined;
  readonly exchangeRates: Readonly<Record<string, StatedRate>>;
}

/** What `finance` of an environment says of currencies, where there is one. */
const NOTHING: StatedCurrency = { exchangeRates: {} };

/** The estimate with its totals in the currency of `--currency`, else of the environment; as it is in USD. */
export function withCurrency(
  estimate: Estimate,
  flags: Flags,
  catalog: Catalog,
  stated: StatedCurrency = NOTHING,
): Estimate {
  const asked = askedRate(flags, catalog, stated);
  if (asked === null) return estimate;
  return { ...estimate, inCurrency: totalsInCurrency(estimate.totals, asked.rate, asked.publisher) };
}

/** The document with its main figures in that currency, as `amountsOf` names them; as it is in USD. */
export function withAmounts<Document extends { readonly inCurrency?: CurrencyAmounts }>(
  document: Document,
  amountsOf: (document: Document) => readonly UsdAmount[],
  flags: Flags,
  catalog: Catalog,
  stated: StatedCurrency,
): Document {
  const rate = rateOf(flags, catalog, stated);
  if (rate === undefined) return document;
  return { ...document, inCurrency: amountsInCurrency(amountsOf(document), rate) };
}

/** The dated rate of `--currency`, else of the environment's currency, for a screen; none where that is USD. */
export function rateOf(
  flags: Flags,
  catalog: Catalog,
  stated: StatedCurrency = NOTHING,
): DatedRate | undefined {
  const asked = askedRate(flags, catalog, stated);
  return asked === null ? undefined : datedRate(asked.rate, asked.publisher);
}

/** What sentences name amounts in: documents for machines stay in USD as a whole. */
export function sentenceCurrency(flags: Flags, catalog: Catalog, stated: StatedCurrency): Currency {
  const isDocument = flags['json'] === true || flags['csv'] === true;
  return (isDocument ? undefined : rateOf(flags, catalog, stated)) ?? US_DOLLAR;
}

function askedRate(
  flags: Flags,
  catalog: Catalog,
  { currency, exchangeRates }: StatedCurrency,
): { readonly rate: ExchangeRate; readonly publisher: string } | null {
  const id = textOf(flags, 'currency') ?? currency ?? 'USD';
  if (id === 'USD') return null;
  const rate = exchangeRateOf(id, catalog.exchangeRates, exchangeRates, '--currency');
  return { rate, publisher: catalog.sources().get(rate.source)?.publisher ?? rate.source };
}
