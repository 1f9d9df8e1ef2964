import type { Band } from '#lib/units/band';
import type { Currency } from '#lib/units/currency';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As the attribute `lang` and `Intl` name them. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** A figure and its unit stay on one line. */
export const NO_BREAK = '\u00a0';

/** What stands where there is no figure. Never 0. */
export const ABSENT = '–';

/** Writes figures as people of a language do. Amounts are given in USD and written in the currency. */
export interface Figures {
  /** Whole units from 100 up, two decimals below; `≥` before a sum with unpriced lines. */
  readonly money: (usd: number | null, atLeast?: boolean) => string;
  /** `low – high`, without the figure itself. */
  readonly moneyRange: (usd: Band | null) => string;
  /** With its sign. */
  readonly moneyChange: (usd: number) => string;
  /** In units of the currency: axes have round values of those. */
  readonly converted: (usd: number) => number;
  /** Short, for an axis, of an amount that is converted already. */
  readonly moneyTick: (amount: number) => string;
  /** A price as its seller quotes it: in USD. */
  readonly unitUsd: (usd: number | null) => string;
  readonly share: (share: number | null, decimals?: number) => string;
  readonly number: (value: number | null, digits?: number) => string;
  readonly range: (band: Band | null, digits?: number) => string;
  readonly multiple: (value: number) => string;
  readonly milliseconds: (value: number | null) => string;
}

export function figuresOf(language: Language, { currency, perUsd }: Currency): Figures {
  const tag = LANGUAGE_TAGS[language];
  const format = (options: Intl.NumberFormatOptions) => {
    const made = new Intl.NumberFormat(tag, options);
    return (value: number) => made.format(value);
  };
  // The page says which dollar it is.
  const money = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const whole = format({ ...money, maximumFractionDigits: 0 });
  const cents = format({ ...money, minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const tick = format({ ...money, notation: 'compact', maximumSignificantDigits: 3 });
  const quoted = format({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 6,
    minimumSignificantDigits: 1,
  });
  const shares = [0, 1, 2, 3].map((decimals) =>
    format({ style: 'percent', maximumFractionDigits: decimals }),
  );
  const significant = new Map<number, (value: number) => string>();
  const number = (value: number | null, digits = 3): string => {
    if (value === null) return ABSENT;
    const made = significant.get(digits) ?? format({ maximumSignificantDigits: digits });
    significant.set(digits, made);
    return Math.abs(value) >= 10 ** digits ? plain(value) : made(value);
  };
  const plain = format({ maximumFractionDigits: 0 });
  const amount = (usd: number) => (Math.abs(usd * perUsd) >= 100 ? whole : cents)(usd * perUsd);
  return {
    money: (usd, atLeast = false) =>
      usd === null ? ABSENT : `${atLeast ? `≥${NO_BREAK}` : ''}${amount(usd)}`,
    moneyRange: (usd) => (usd === null ? ABSENT : `${amount(usd.low)} – ${amount(usd.high)}`),
    moneyChange: (usd) =>
      Math.abs(usd * perUsd) < 0.005 ? '±0' : `${usd > 0 ? '+' : '−'}${amount(Math.abs(usd))}`,
    converted: (usd) => usd * perUsd,
    moneyTick: tick,
    unitUsd: (usd) => (usd === null ? ABSENT : quoted(usd)),
    share: (share, decimals = 0) => (share === null ? ABSENT : (shares[decimals] ?? plain)(share)),
    number,
    range: (band, digits = 3) =>
      band === null ? ABSENT : `${number(band.low, digits)} – ${number(band.high, digits)}`,
    multiple: (value) => `× ${format({ maximumFractionDigits: 2 })(value)}`,
    milliseconds: (value) => (value === null ? ABSENT : `${plain(value)}${NO_BREAK}ms`),
  };
}
