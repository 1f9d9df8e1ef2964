import type { LineItem } from '#lib/cost/estimate';
import { priceDates } from '#lib/cost/price-age';
import { roundTo } from '#lib/units/money';

/** How old and how firm the prices behind a bill are. Shares are shares of its monthly money, 0–1. */
export interface PriceQuality {
  /** `null` where no line has a listed price. */
  readonly oldestPrice: string | null;
  readonly newestPrice: string | null;
  readonly derivedShare: number;
  readonly assumedShare: number;
}

export function priceQuality(lines: readonly LineItem[]): PriceQuality {
  let [total, derived, assumed] = [0, 0, 0];
  for (const line of lines) {
    const usd = Math.abs(line.monthlyUsd ?? 0);
    total += usd;
    if (line.derived) derived += usd;
    if (line.assumed) assumed += usd;
  }
  const share = (part: number) => (total === 0 ? 0 : roundTo(part / total, 4));
  const { oldest, newest } = priceDates(lines);
  return {
    oldestPrice: oldest,
    newestPrice: newest,
    derivedShare: share(derived),
    assumedShare: share(assumed),
  };
}
