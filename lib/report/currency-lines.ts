import type { Estimate } from '#lib/cost/estimate';
import { usd, usdBand } from '#lib/report/format';

/** Totals in another currency, with the rate they were converted by. */
export function currencyLines({ inCurrency, atLeast }: Estimate): string[] {
  if (inCurrency === undefined) return [];
  const { currency, perUsd, asOf, source, monthly, oneOff, presentValue } = inCurrency;
  return [
    `${usdBand(monthly, atLeast)} ${currency}/month · ${usd(oneOff, atLeast)} ${currency} one-off · ${usd(presentValue, atLeast)} ${currency} present value`,
    `  at ${perUsd} ${currency} to the USD (${source}, ${asOf})`,
  ];
}
