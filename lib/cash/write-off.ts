import type { PriceBook } from '#lib/catalog/prices';
import type { CapitalPurchase } from '#lib/catalog/purchase';
import { forEachLife, residualShares, type ShareOfAge } from '#lib/cash/capital';
import { tranchesIn, type FleetCourse } from '#lib/cash/fleet-course';
import { AT_LAUNCH, type Tranche } from '#lib/cash/tranche';

/** Shares of a price written off in each year, US MACRS, five-year property, half-year convention (IRS publication 946). */
export const MACRS_FIVE_YEARS = [0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576] as const;

/**
 * Deductions of one USD of capital by month: each year's share at the end of that year after the purchase, and at the
 * sale what is not yet written off, less what the sale brings.
 */
export function deductions(
  lifeMonths: number,
  horizonMonths: number,
  residual: ShareOfAge,
  tranches: readonly Tranche[] = AT_LAUNCH,
): number[] {
  const byMonth = Array.from({ length: horizonMonths + 1 }, () => 0);
  forEachLife(tranches, lifeMonths, horizonMonths, (bought, sold, units) => {
    let book = 1;
    MACRS_FIVE_YEARS.forEach((share, year) => {
      const month = bought + 12 * (year + 1);
      if (month >= sold) return;
      byMonth[month] = (byMonth[month] ?? 0) + units * share;
      book -= share;
    });
    byMonth[sold] = (byMonth[sold] ?? 0) + units * (book - residual(sold - bought));
  });
  return byMonth;
}

/** Deductions of one USD of this purchase by month. */
export function writtenOffCash(
  purchase: CapitalPurchase,
  context: {
    readonly prices: PriceBook;
    readonly horizonMonths: number;
    readonly discountRatePerYear: number;
    readonly fleet?: FleetCourse | null;
  },
): number[] {
  return deductions(
    purchase.lifeMonths,
    context.horizonMonths,
    residualShares(purchase, context, 'base'),
    tranchesIn(purchase.follows, context),
  );
}
