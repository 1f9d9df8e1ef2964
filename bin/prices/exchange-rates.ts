import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import { LandfallError } from '#lib/errors/landfall-error';

/** The catalog's rates, with those of a flag (`CNY=7.12`), which hold for the day on which they are given. */
export function exchangeRates(
  known: ReadonlyMap<string, ExchangeRate>,
  given: string | undefined,
  today: string,
): ReadonlyMap<string, ExchangeRate> {
  const rates = new Map(known);
  for (const pair of given?.split(',') ?? []) {
    const [, id = '', amount = ''] = /^([A-Z]{3})=(\d+(?:\.\d+)?)$/.exec(pair) ?? [];
    const perUsd = Number(amount);
    if (perUsd === 0 || id === 'USD') throw notARate(pair);
    rates.set(id, { id, perUsd, asOf: today, source: '--exchange-rate', note: null });
  }
  return rates;
}

function notARate(pair: string): LandfallError {
  return new LandfallError({
    code: 'BAD_USAGE',
    at: '--exchange-rate',
    got: `"${pair}"`,
    expected: 'a currency and how much of it is one USD',
    fix: 'write it as --exchange-rate CNY=7.12',
  });
}
