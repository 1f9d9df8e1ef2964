import type { PricedLine } from '#lib/cost/line-item';
import { monthlyCash, onceCash } from '#lib/cash/cash-flow';
import { environmentSource, statedLine } from '#lib/cost/stated-line';
import type { BilledPlan } from '#lib/plan/billed-plan';
import type { Plan } from '#lib/plan/plan';
import type { Finance } from '#lib/spec/schema/finance';
import { exactly, mapBand, type Band } from '#lib/units/band';

export const DAYS_PER_MONTH = 365 / 12;

/** What serves until this option is ready. */
export interface Interim {
  readonly plan: Plan;
  /** What is due when it starts, in money and people, before tax: paid in full however short the wait. */
  readonly upfrontUsd: number;
  /** What a month of it costs besides. */
  readonly monthlyUsd: number;
  /** Keys of its lines without a price: with any of them both amounts are the least that it can cost, which the lines say. */
  readonly unpriced: readonly string[];
}

/** What being live late, or not at all times, costs; intangible. */
export interface BenefitLines {
  readonly lines: readonly PricedLine[];
  readonly notes: readonly string[];
  /** What serves while waiting lacks prices: the lines of the wait are the least that it can cost. */
  readonly isWaitAtLeast: boolean;
}

/** A part of the stated benefit that is forgone. */
export interface ForgoneBenefit {
  readonly key: string;
  readonly label: string;
  readonly category: 'delay' | 'downtime';
  /** Months' worth of benefit: once, or each month. */
  readonly months: Band;
  readonly when: 'once' | 'monthly';
  /** Assumptions in days, the least of which the months are; `null` where they come from none. */
  readonly leastOf: readonly string[] | null;
  readonly basis: (benefitUsdPerMonth: number) => string;
}

/**
 * Delay: the lead time, once, before the first month, or only until an interim option serves. Downtime: 1 − availability,
 * every month, where it is known.
 */
export function forgoneBenefits(
  plan: BilledPlan,
  interim: { readonly plan: BilledPlan } | null = null,
): readonly ForgoneBenefit[] {
  const waits = interim === null ? [plan] : [plan, interim.plan];
  const days = waits.map(({ leadTimeDays }) => leadTimeDays).reduce(lesser);
  const delay: ForgoneBenefit = {
    key: 'delay.launch',
    label: 'Benefit forgone until launch',
    category: 'delay',
    months: mapBand(days, (each) => each / DAYS_PER_MONTH),
    when: 'once',
    leastOf: [...new Set(waits.map(({ leadTimeAssumption }) => leadTimeAssumption))],
    basis: (benefit) => `${inDays(days.base)} of lead time × ${benefit} USD a month`,
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
      leastOf: null,
      basis: (benefit) => `(1 − ${availability}) × ${benefit} USD a month`,
    },
  ];
}

/**
 * What is forgone of the benefit, in USD, and what serves meanwhile. A benefit of 0 makes no lines and a note, so that
 * nobody reads silence as "no delay".
 */
export function benefitLines(
  plan: Plan,
  finance: Finance,
  asOf: string,
  interim: Interim | null = null,
): BenefitLines {
  const { benefitUsdPerMonth: benefit, horizonMonths } = finance;
  const waiting = interimLines(plan, finance, asOf, interim);
  const open = interim === null || waiting.length === 0 ? null : lacking(interim);
  const openNotes = open === null ? [] : [`what serves while waiting costs ${open}`];
  if (benefit === 0) {
    const days = plan.leadTimeDays.base;
    return {
      lines: waiting,
      isWaitAtLeast: open !== null,
      notes: [
        ...openNotes,
        `waiting ${inDays(days)} for the start costs ${waiting.length === 0 ? 'nothing' : 'no benefit'} here, because finance.benefitUsdPerMonth is 0`,
      ],
    };
  }
  const forgone = forgoneBenefits(plan, interim).map(({ key, label, category, months, when, basis }) =>
    statedLine(
      { key, label, category, tangible: false, basis: basis(benefit) },
      {
        quantity: months,
        unit: 'month',
        unitPriceUsd: benefit,
        cash: when === 'once' ? onceCash(horizonMonths) : monthlyCash(horizonMonths),
        movesCash: false,
      },
      { ...finance, source: environmentSource(asOf) },
    ),
  );
  return {
    lines: [...forgone, ...waiting],
    isWaitAtLeast: open !== null,
    notes: [
      ...openNotes,
      ...(plan.sizing === null ? ['downtime is not counted: the provider states no availability'] : []),
    ],
  };
}

/**
 * What the interim option costs until this one serves, all before the launch and so in month 0: its start in full, and its
 * months by which this one is later.
 */
function interimLines(plan: Plan, finance: Finance, asOf: string, interim: Interim | null): PricedLine[] {
  if (interim === null || interim.plan.option === plan.option) return [];
  const { option, leadTimeDays } = interim.plan;
  const at = (bound: keyof Band) => monthsLater(plan.leadTimeDays[bound], leadTimeDays[bound]);
  const [atLow, base, atHigh] = [at('low'), at('base'), at('high')];
  // The wait is a difference: where the interim's doubt is the wider one, it is longest when both are short.
  const later = { low: Math.min(atLow, base, atHigh), base, high: Math.max(atLow, base, atHigh) };
  if (later.high === 0) return [];
  const line = (
    key: string,
    label: string,
    basis: string,
    quantity: Band,
    unit: string,
    unitPriceUsd: number,
  ) =>
    statedLine(
      { key, label, category: 'delay', tangible: false, basis },
      { quantity, unit, unitPriceUsd, cash: onceCash(finance.horizonMonths), movesCash: true },
      { ...finance, source: environmentSource(asOf) },
    );
  const days = inDays(Math.max(0, plan.leadTimeDays.base - leadTimeDays.base));
  const open = lacking(interim);
  const least = open === null ? '' : ', at least';
  const months = `${days} longer than ${option}, at its cost a month${open === null ? '' : `; ${open}`}`;
  const starts = mapBand(later, (wait) => (wait > 0 ? 1 : 0));
  const start = `what ${option} costs when it starts`;
  return [
    line('delay.interim', `${option} while waiting${least}`, months, later, 'month', interim.monthlyUsd),
    ...(interim.upfrontUsd === 0
      ? []
      : [
          line(
            'delay.interim-start',
            `${option} set up for the wait`,
            start,
            starts,
            'start',
            interim.upfrontUsd,
          ),
        ]),
  ];
}

/**
 * What the interim option lacks prices for; `null` where it lacks none. No line of this bill is unpriced by it: the same is
 * missing of a month's wait whichever option waits, and every total would mean "at least", so that none could be chosen.
 */
function lacking({ plan: { option }, unpriced }: Interim): string | null {
  return unpriced.length === 0 ? null : `at least: ${option} lacks the prices of ${unpriced.join(', ')}`;
}

/** Months by which an option is ready later than what serves meanwhile. */
export function monthsLater(days: number, interimDays: number): number {
  return Math.max(0, days - interimDays) / DAYS_PER_MONTH;
}

function inDays(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

function lesser(a: Band, b: Band): Band {
  return { low: Math.min(a.low, b.low), base: Math.min(a.base, b.base), high: Math.min(a.high, b.high) };
}
