import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { PricedLine } from '#lib/cost/line-item';
import { annuityFactor, monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { isCovered, supportTariff, supportUsd, tariffPrice } from '#lib/cash/support-tariff';
import type { Finance } from '#lib/spec/schema/finance';
import { mapBand, type Band } from '#lib/units/band';
import { roundTo, roundUsd } from '#lib/units/money';

const TIER_UNIT = 'USD of monthly cost';

/** The support plan on what is bought of its seller, month by month; nothing where no plan is named or nothing is bought. */
export function supportLines(
  purchases: readonly Purchase[],
  bought: readonly PricedLine[],
  { awsSupportPlan: plan, horizonMonths, discountRatePerYear }: Finance,
  prices: PriceBook,
): PricedLine[] {
  if (plan === undefined) return [];
  const covered = bought.filter((_, index) => {
    const purchase = purchases[index];
    return purchase !== undefined && isCovered(purchase);
  });
  if (covered.length === 0) return [];
  const tariff = supportTariff(plan, prices);
  const minimum = tariffPrice(tariff.minimum, prices);
  const tiers = tariff.tiers.map(({ fromUsd, share }) => ({
    fromUsd,
    share: tariffPrice(share, prices).usd,
  }));
  const charge = (usd: number) => supportUsd(usd, tiers, minimum.usd);
  const cashUsd = Array.from({ length: horizonMonths + 1 }, (_, month) =>
    charge(covered.reduce((usd, line) => usd + (line.cashUsd?.[month] ?? 0), 0)),
  );
  const presentValueUsd = presentValue(cashUsd, discountRatePerYear);
  const monthlyUsd = monthlyEquivalent(presentValueUsd, horizonMonths, discountRatePerYear);
  const costAt = (bound: keyof Band) =>
    covered.reduce((usd, { line }) => usd + (line.monthlyBandUsd?.[bound] ?? 0), 0);
  const doubt = { low: charge(costAt('low')), base: charge(costAt('base')), high: charge(costAt('high')) };
  const shift = monthlyUsd - doubt.base;
  const averageUsd =
    covered.reduce((usd, { line }) => usd + (line.presentValueUsd ?? 0), 0) /
    annuityFactor(horizonMonths, discountRatePerYear);
  const band = mapBand(doubt, (usd) => roundUsd(Math.max(0, usd + shift)));
  return [
    {
      cashUsd,
      line: {
        key: 'support.plan',
        label: `AWS support, ${plan}`,
        category: 'support',
        tangible: true,
        quantity: roundTo(averageUsd, 2),
        unit: TIER_UNIT,
        unitPriceUsd: averageUsd === 0 ? 0 : roundTo(monthlyUsd / averageUsd, 6),
        monthlyUsd: band.base,
        monthlyBandUsd: band,
        oneOffUsd: roundUsd(cashUsd[0] ?? 0),
        presentValueUsd: roundUsd(presentValueUsd),
        basis: `${tiers.map(({ fromUsd, share }) => `${roundTo(share * 100, 4)} % from ${fromUsd} USD`).join(', ')}, at least ${minimum.usd} USD a month`,
        source: minimum.source,
        resources: [],
        state: 'priced',
        derived: false,
        assumed: false,
      },
    },
  ];
}
