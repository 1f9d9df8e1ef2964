import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import type { Totals } from '#lib/cost/estimate';
import { mapBand, type Band } from '#lib/units/band';
import type { Currency } from '#lib/units/currency';
import { roundUsd } from '#lib/units/money';

/** The rate that amounts were converted by, as documents name it. */
export interface DatedRate extends Currency {
  readonly asOf: string;
  /** Who gives the rate. */
  readonly source: string;
}

/** Totals in another currency, by one dated rate. */
export interface CurrencyTotals extends DatedRate {
  readonly monthly: Band;
  readonly oneOff: number;
  readonly presentValue: number;
}

/** A figure of a document in USD: of what, and which. */
export interface UsdAmount {
  /** Option, way or other row of the document: `eks`. */
  readonly of: string;
  /** `a month`, `present value`. */
  readonly figure: string;
  /** `null` where it is not known. */
  readonly usd: Band | null;
  /** Something in it has no price. */
  readonly atLeast?: boolean;
}

/** The main figures of a document in another currency; the document itself stays in USD. */
export interface CurrencyAmounts extends DatedRate {
  readonly amounts: readonly {
    readonly of: string;
    readonly figure: string;
    readonly amount: Band | null;
    readonly atLeast: boolean;
  }[];
}

/** @param publisher - Of the rate, in words */
export function totalsInCurrency(
  { monthlyUsd, oneOffUsd, presentValueUsd }: Totals,
  rate: ExchangeRate,
  publisher: string,
): CurrencyTotals {
  return {
    ...datedRate(rate, publisher),
    monthly: mapBand(monthlyUsd, (usd) => converted(usd, rate)),
    oneOff: converted(oneOffUsd, rate),
    presentValue: converted(presentValueUsd, rate),
  };
}

export function amountsInCurrency(
  amounts: readonly UsdAmount[],
  { currency, perUsd, asOf, source }: DatedRate,
): CurrencyAmounts {
  const rate = { perUsd };
  return {
    currency,
    perUsd,
    asOf,
    source,
    amounts: amounts.map(({ of, figure, usd, atLeast = false }) => ({
      of,
      figure,
      amount: usd === null ? null : mapBand(usd, (each) => converted(each, rate)),
      atLeast,
    })),
  };
}

/** @param publisher - Of the rate, in words */
export function datedRate({ id, perUsd, asOf }: ExchangeRate, publisher: string): DatedRate {
  return { currency: id, perUsd, asOf, source: publisher };
}

function converted(usd: number, { perUsd }: Pick<ExchangeRate, 'perUsd'>): number {
  return roundUsd(usd * perUsd);
}
