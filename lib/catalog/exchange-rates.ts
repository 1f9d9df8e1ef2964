import { LandfallError } from '#lib/errors/landfall-error';

/** A rate that a user states. */
export interface StatedRate {
  readonly perUsd: number;
  readonly document: string;
  readonly asOf: string;
}

/** What a currency is worth on one day. */
export interface ExchangeRate {
  /** ISO 4217: `CNY`. */
  readonly id: string;
  /** Units of the currency for one USD. */
  readonly perUsd: number;
  readonly asOf: string;
  readonly source: string;
  readonly note: string | null;
}

/**
 * The rate of a currency: the user's own, else the catalog's.
 *
 * @param at - Where the currency is named
 * @throws LandfallError where nobody gives a rate
 */
export function exchangeRateOf(
  id: string,
  known: ReadonlyMap<string, ExchangeRate>,
  stated: Readonly<Record<string, StatedRate>>,
  at: string,
): ExchangeRate {
  if (id === 'USD') return { id, perUsd: 1, asOf: '', source: '', note: null };
  const own = stated[id];
  if (own !== undefined) return { id, perUsd: own.perUsd, asOf: own.asOf, source: own.document, note: null };
  const rate = known.get(id);
  if (rate !== undefined) return rate;
  throw new LandfallError({
    code: 'UNKNOWN_CURRENCY',
    at,
    got: `"${id}"`,
    expected: `USD, ${[...known.keys()].join(', ')}, or one with a rate of your own`,
    fix: 'state its rate under finance.exchangeRates',
  });
}
