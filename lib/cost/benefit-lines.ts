import type { PricedLine } from '#lib/cost/line-item';
import { monthlyCash, onceCash } from '#lib/cost/cash-flow';
import { environmentSource, statedLine } from '#lib/cost/stated-line';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/finance';
import { exactly, mapBand, type Band } from '#lib/units/band';

const DAYS_PER_MONTH = 365 / 12;

/** What serves until this option is ready. */
export interface Interim {
  readonly option: string;
  readonly monthlyUsd: Band;
  readonly leadTimeDays: Band;
}

/** What being live late, or not at all times, costs; intangible. */
export interface BenefitLines {
  readonly lines: readonly PricedLine[];
  readonly notes: readonly string[];
}

/**
 * Delay: lead time × the monthly benefit, forgone once, before the first month; with an interim option, only until that
 * one serves, and its cost from then on. Downtime: (1 − availability) × the benefit, every month. A benefit of 0 makes no
 * lines and a note, so that nobody reads silence as "no delay".
 */
export function benefitLines(
  plan: Plan,
  finance: Finance,
  asOf: string,
  interim: Interim | null = null,
): BenefitLines {
  const { benefitUsdPerMonth: benefit, horizonMonths } = finance;
  const context = { ...finance, source: environmentSource(asOf) };
  const waiting = interimLines(plan, finance, asOf, interim);
  if (benefit === 0) {
    const days = plan.leadTimeDays.base;
    return {
      lines: waiting,
      notes: [
        `waiting ${days} ${days === 1 ? 'day' : 'days'} for the start costs ${waiting.length === 0 ? 'nothing' : 'no benefit'} here, because finance.benefitUsdPerMonth is 0`,
      ],
    };
  }
  const days = interim === null ? plan.leadTimeDays : lesser(plan.leadTimeDays, interim.leadTimeDays);
  const delay = statedLine(
    {
      key: 'delay.launch',
      label: 'Benefit forgone until launch',
      category: 'delay',
      tangible: false,
      basis: `${days.base} days of lead time × ${benefit} USD a month`,
    },
    {
      quantity: mapBand(days, (each) => each / DAYS_PER_MONTH),
      unit: 'month',
      unitPriceUsd: benefit,
      cash: onceCash(horizonMonths),
      movesCash: false,
    },
    context,
  );
  if (plan.sizing === null) {
    return {
      lines: [delay, ...waiting],
      notes: ['downtime is not counted: the provider states no availability'],
    };
  }
  const downtime = statedLine(
    {
      key: 'downtime.peak',
      label: 'Benefit lost while too few replicas are up',
      category: 'downtime',
      tangible: false,
      basis: `(1 − ${plan.sizing.availability}) × ${benefit} USD a month`,
    },
    {
      quantity: exactly(1 - plan.sizing.availability),
      unit: 'month',
      unitPriceUsd: benefit,
      cash: monthlyCash(horizonMonths),
      movesCash: false,
    },
    context,
  );
  return { lines: [delay, ...waiting, downtime], notes: [] };
}

/** The interim option's cost over the months by which this one is later than it. */
function interimLines(plan: Plan, finance: Finance, asOf: string, interim: Interim | null): PricedLine[] {
  if (interim === null || interim.option === plan.option) return [];
  const later = {
    low: Math.max(0, plan.leadTimeDays.low - interim.leadTimeDays.low),
    base: Math.max(0, plan.leadTimeDays.base - interim.leadTimeDays.base),
    high: Math.max(0, plan.leadTimeDays.high - interim.leadTimeDays.high),
  };
  if (later.high === 0) return [];
  const line = statedLine(
    {
      key: 'delay.interim',
      label: `${interim.option} while waiting`,
      category: 'delay',
      tangible: false,
      basis: `${later.base} days longer than ${interim.option}, at its cost a month`,
    },
    {
      quantity: mapBand(later, (days) => days / DAYS_PER_MONTH),
      unit: 'month',
      unitPriceUsd: interim.monthlyUsd.base,
      cash: onceCash(finance.horizonMonths),
      movesCash: true,
    },
    { ...finance, source: environmentSource(asOf) },
  );
  return [line];
}

function lesser(a: Band, b: Band): Band {
  return { low: Math.min(a.low, b.low), base: Math.min(a.base, b.base), high: Math.min(a.high, b.high) };
}
