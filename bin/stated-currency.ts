import { textOf, type Flags } from '#bin/command';
import type { Catalog } from '#lib/catalog/catalog';
import { exchangeRateOf, type StatedRate } from '#lib/catalog/exchange-rates';
import type { Estimate } from '#lib/cost/estimate';
import { inCurrency } from '#lib/cost/in-currency';

export interface StatedCurrency {
  readonly currency?: string | undefined;
  readonly exchangeRates: Readonly<Record<string, StatedRate>>;
}

const NOTHING: StatedCurrency = { exchangeRates: {} };

/** The estimate with its totals in the currency of `--currency`, else of the environment; as it is in USD. */
export function withCurrency(
  estimate: Estimate,
  flags: Flags,
  catalog: Catalog,
  { currency, exchangeRates }: StatedCurrency = NOTHING,
): Estimate {
  const id = textOf(flags, 'currency') ?? currency ?? 'USD';
  if (id === 'USD') return estimate;
  const rate = exchangeRateOf(id, catalog.exchangeRates, exchangeRates, '--currency');
  const publisher = catalog.sources().get(rate.source)?.publisher ?? rate.source;
  return { ...estimate, inCurrency: inCurrency(estimate.totals, rate, publisher) };
}
