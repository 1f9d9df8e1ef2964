import type { SourceReference } from '#lib/catalog/provenance';
import type { LineItem } from '#lib/cost/estimate';
import { monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import { monthlyCash, onceCash } from '#lib/cost/cash-flow';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import { mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

const DAYS_PER_MONTH = 365 / 12;

/** What being live late, or not at all times, costs; intangible, from the benefit that the user states. */
export interface BenefitLines {
  readonly lines: readonly LineItem[];
  readonly notes: readonly string[];
}

/**
 * Delay: lead time × the monthly benefit, forgone once, before the first month. Downtime: (1 − availability) × the
 * benefit, every month. A benefit of 0 makes no lines and a note, so that nobody reads silence as "no delay".
 */
export function benefitLines(plan: Plan, finance: Finance, asOf: string): BenefitLines {
  const benefit = finance.benefitUsdPerMonth;
  if (benefit === 0) {
    const days = plan.leadTimeDays.base;
    return {
      lines: [],
      notes: [
        `waiting ${days} ${days === 1 ? 'day' : 'days'} for the start costs nothing here, because finance.benefitUsdPerMonth is 0`,
      ],
    };
  }
  const source: SourceReference = {
    id: 'environment',
    publisher: 'environment file',
    asOf,
    method: 'override',
  };
  const delayMonths = mapBand(plan.leadTimeDays, (days) => days / DAYS_PER_MONTH);
  const delay = line(
    {
      key: 'delay.launch',
      label: 'Benefit forgone until launch',
      category: 'delay',
      basis: `${plan.leadTimeDays.base} days of lead time × ${benefit} USD a month`,
    },
    { quantity: delayMonths, unit: 'month', benefit, cash: onceCash(finance.horizonMonths) },
    { finance, source },
  );
  if (plan.sizing === null) {
    return { lines: [delay], notes: ['downtime is not counted: the provider states no availability'] };
  }
  const share = 1 - plan.sizing.availability;
  const downtime = line(
    {
      key: 'downtime.peak',
      label: 'Benefit lost while too few replicas are up',
      category: 'downtime',
      basis: `(1 − ${plan.sizing.availability}) × ${benefit} USD a month`,
    },
    {
      quantity: { low: share, base: share, high: share },
      unit: 'month',
      benefit,
      cash: monthlyCash(finance.horizonMonths),
    },
    { finance, source },
  );
  return { lines: [delay, downtime], notes: [] };
}

function line(
  head: Pick<LineItem, 'key' | 'label' | 'category' | 'basis'>,
  what: {
    readonly quantity: Band;
    readonly unit: string;
    readonly benefit: number;
    readonly cash: readonly number[];
  },
  context: { readonly finance: Finance; readonly source: SourceReference },
): LineItem {
  const { horizonMonths, discountRatePerYear } = context.finance;
  const worthOfOne = what.benefit * presentValue(what.cash, discountRatePerYear);
  const band = mapBand(what.quantity, (quantity) =>
    roundUsd(monthlyEquivalent(quantity * worthOfOne, horizonMonths, discountRatePerYear)),
  );
  return {
    ...head,
    tangible: false,
    quantity: what.quantity.base,
    unit: what.unit,
    unitPriceUsd: what.benefit,
    monthlyUsd: band.base,
    monthlyBandUsd: band,
    oneOffUsd: roundUsd(what.quantity.base * what.benefit * (what.cash[0] ?? 0)),
    presentValueUsd: roundUsd(what.quantity.base * worthOfOne),
    source: context.source,
    resources: [],
    state: 'priced',
    derived: false,
    assumed: true,
  };
}
