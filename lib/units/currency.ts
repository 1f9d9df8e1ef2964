import { grouped } from '#lib/units/grouped';

/** What amounts are written in. Everything is computed in USD. */
export interface Currency {
  /** ISO 4217: `EUR`. */
  readonly currency: string;
  /** Units of it for one USD. */
  readonly perUsd: number;
}

export const US_DOLLAR: Currency = { currency: 'USD', perUsd: 1 };

/** An amount in a sentence, in whole units: `4,178 EUR`. */
export function amountIn({ currency, perUsd }: Currency, usd: number): string {
  return `${grouped(usd * perUsd)} ${currency}`;
}
