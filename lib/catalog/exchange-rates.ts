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
