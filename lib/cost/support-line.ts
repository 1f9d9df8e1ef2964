import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { PricedLine } from '#lib/cost/line-item';
import { annuityFactor, monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import type { Finance } from '#lib/spec/finance';
import { mapBand, type Band } from '#lib/units/band';
import { roundTo, roundUsd } from '#lib/units/money';

const SELLER = 'aws';
const TIER_UNIT = 'USD of monthly cost';

/** One marginal share, from a monthly cost upwards. */
interface Tier {
  readonly fromUsd: number;
  readonly share: number;
}

/** What a plan charges for a month of `costUsd`: marginal shares by tier, at least the minimum; 0 where nothing is bought. */
export function supportUsd(costUsd: number, tiers: readonly Tier[], minimumUsd: number): number {
  if (costUsd <= 0) return 0;
  const charged = tiers.reduce((usd, { fromUsd, share }, index) => {
    const to = tiers[index + 1]?.fromUsd ?? Number.POSITIVE_INFINITY;
    return usd + share * Math.max(0, Math.min(costUsd, to) - fromUsd);
  }, 0);
  return Math.max(minimumUsd, charged);
}

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
    return purchase !== undefined && 'price' in purchase && purchase.price.seller === SELLER;
  });
  if (covered.length === 0) return [];
  const { tiers, minimum } = tariffOf(plan, prices);
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
        basis: `${tiers.map(({ fromUsd, share }) => `${share * 100} % from ${fromUsd} USD`).join(', ')}, at least ${minimum.usd} USD a month`,
        source: minimum.source,
        resources: [],
        state: 'priced',
        derived: false,
        assumed: false,
      },
    },
  ];
}

function tariffOf(plan: string, prices: PriceBook) {
  const tiers = prices
    .listed({ seller: SELLER, service: 'support' })
    .flatMap((record): Tier[] => {
      const from = /^(\w+) from (\d+) USD$/.exec(record.sku);
      return from?.[1] === plan ? [{ fromUsd: Number(from[2]), share: record.usd }] : [];
    })
    .toSorted((a, b) => a.fromUsd - b.fromUsd);
  const minimumOf: PriceReference = {
    seller: SELLER,
    service: 'support',
    sku: `${plan} minimum`,
    region: '*',
    term: 'on-demand',
    unit: 'plan-month',
  };
  const price = prices.price(minimumOf);
  if (price.state === 'unpriced' || tiers.length === 0) throw new Error(`no tiers of the plan ${plan}`);
  return { tiers, minimum: { usd: price.usd.base, source: price.source } };
}
