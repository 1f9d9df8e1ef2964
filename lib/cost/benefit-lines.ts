import type { SourceReference } from '#lib/catalog/provenance';
import type { LineItem } from '#lib/cost/estimate';
import { monthlyEquivalent, presentValue } from '#lib/cost/present-value';
import { monthlyCash, onceCash } from '#lib/cost/cash-flow';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import { exactly, mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

const DAYS_PER_MONTH = 365 / 12;

/** What being live late, or not at all times, costs; intangible, from the benefit that the user states. */
export interface BenefitLines {
  readonly lines: readonly LineItem[];
  readonly notes: readonly string[];
}

/** A part of the stated benefit that is forgone. */
export interface ForgoneBenefit {
  readonly key: string;
  readonly label: string;
  readonly category: 'delay' | 'downtime';
  /** Months' worth of benefit: once, or each month. */
  readonly months: Band;
  readonly when: 'once' | 'monthly';
  /** The months are this factor × the assumption; `null` where they come from none. */
  readonly monthsPer: { readonly assumption: string; readonly factor: number } | null;
  readonly basis: (benefitUsdPerMonth: number) => string;
}

/** Delay: the lead time, once, before the first month. Downtime: 1 − availability, every month, where it is known. */
export function forgoneBenefits(plan: Plan): readonly ForgoneBenefit[] {
  const delay: ForgoneBenefit = {
    key: 'delay.launch',
    label: 'Benefit forgone until launch',
    category: 'delay',
    months: mapBand(plan.leadTimeDays, (days) => days / DAYS_PER_MONTH),
    when: 'once',
    monthsPer: { assumption: plan.leadTimeAssumption, factor: 1 / DAYS_PER_MONTH },
    basis: (benefit) => `${plan.leadTimeDays.base} days of lead time × ${benefit} USD a month`,
  };
  if (plan.sizing === null) return [delay];
  const { availability } = plan.sizing;
  return [
    delay,
    {
      key: 'downtime.peak',
      label: 'Benefit lost while too few replicas are up',
      category: 'downtime',
      months: exactly(1 - availability),
      when: 'monthly',
      monthsPer: null,
      basis: (benefit) => `(1 − ${availability}) × ${benefit} USD a month`,
    },
  ];
}

/**
 * What is forgone of the benefit, in USD. A benefit of 0 makes no lines and a note, so that nobody reads silence as "no
 * delay".
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
  return {
    lines: forgoneBenefits(plan).map(({ key, label, category, months, when, basis }) =>
      line(
        { key, label, category, basis: basis(benefit) },
        {
          quantity: months,
          unit: 'month',
          benefit,
          cash: when === 'once' ? onceCash(finance.horizonMonths) : monthlyCash(finance.horizonMonths),
        },
        { finance, source },
      ),
    ),
    notes: plan.sizing === null ? ['downtime is not counted: the provider states no availability'] : [],
  };
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
