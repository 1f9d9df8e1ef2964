import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import type { Totals } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';
import type { Band } from '#lib/units/band';

/** Totals in another currency, by one dated rate. */
export interface CurrencyTotals {
  readonly currency: string;
  /** Units of it for one USD. */
  readonly perUsd: number;
  readonly asOf: string;
  /** Who gives the rate. */
  readonly source: string;
  readonly monthly: Band;
  readonly oneOff: number;
  readonly presentValue: number;
}

/** @param publisher - Of the rate, in words */
export function inCurrency(
  { monthlyUsd, oneOffUsd, presentValueUsd }: Totals,
  { id, perUsd, asOf }: ExchangeRate,
  publisher: string,
): CurrencyTotals {
  const converted = (usd: number) => roundUsd(usd * perUsd);
  const { low, base, high } = monthlyUsd;
  return {
    currency: id,
    perUsd,
    asOf,
    source: publisher,
    monthly: { low: converted(low), base: converted(base), high: converted(high) },
    oneOff: converted(oneOffUsd),
    presentValue: converted(presentValueUsd),
  };
}
