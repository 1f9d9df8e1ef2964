import type { InputSpace } from '#lib/cost/compiled/input-space';
import { DISCOUNT_RATE, HORIZON } from '#lib/cost/compiled/bill-input';
import { discountFactors } from '#lib/cash/present-value';
import type { BreakEvenPoint } from '#lib/decision/break-even-point';
import type { DecisionOption } from '#lib/decision/decision-case';
import { figure } from '#lib/units/figure';
import { roundUsd } from '#lib/units/money';

/** What both options have cost by the end of a month; month 0 is the launch. */
export interface MonthlyCourse {
  readonly month: number;
  readonly aUsd: number;
  readonly bUsd: number;
  readonly aPresentUsd: number;
  readonly bPresentUsd: number;
}

/** Cumulative cost of two options, as paid and as worth at the launch. The last month holds what a residual brings back. */
export function cumulative(a: DecisionOption, b: DecisionOption, space: InputSpace): MonthlyCourse[] {
  const values = space.base();
  const at = (id: string) => values[space.numberOf(id)] ?? 0;
  const factors = discountFactors(at(HORIZON), at(DISCOUNT_RATE));
  const [ofA, ofB] = [a.bill.cashUsd(values), b.bill.cashUsd(values)];
  const sums = { a: 0, b: 0, aPresent: a.bill.waitingUsd(values), bPresent: b.bill.waitingUsd(values) };
  return ofA.map((usd, month) => {
    const other = ofB[month] ?? 0;
    sums.a += usd;
    sums.b += other;
    sums.aPresent += usd * (factors[month] ?? 0);
    sums.bPresent += other * (factors[month] ?? 0);
    return {
      month,
      aUsd: roundUsd(sums.a),
      bUsd: roundUsd(sums.b),
      aPresentUsd: roundUsd(sums.aPresent),
      bPresentUsd: roundUsd(sums.bPresent),
    };
  });
}

/** First month by whose end A has cost no more than B, by present value and as paid. */
export function monthBreakEven(
  a: DecisionOption,
  b: DecisionOption,
  course: readonly MonthlyCourse[],
): BreakEvenPoint {
  const present = firstMonth(course, (one) => one.aPresentUsd <= one.bPresentUsd);
  const paid = firstMonth(course, (one) => one.aUsd <= one.bUsd);
  const back =
    present === null
      ? null
      : firstMonth(course, (one) => one.month > present && one.aPresentUsd > one.bPresentUsd);
  const horizon = course.length - 1;
  const by = (month: number | null) => (month === null ? 'never within the horizon' : `in month ${month}`);
  return {
    over: 'month',
    unit: 'month',
    base: null,
    value: present,
    verdict: present === null ? 'never' : 'crosses',
    says:
      present === null
        ? [
            `${a.id} never catches up with ${b.id} within the horizon of ${figure(horizon)} months by present value; as paid, ${by(paid)}.`,
          ]
        : [
            present === 0
              ? `${a.id} has cost no more than ${b.id} from the launch on.`
              : `By present value ${a.id} has cost no more than ${b.id} from month ${present} on; as paid, ${by(paid)}.`,
            ...(back === null ? [] : [`From month ${back} on it has cost more again.`]),
          ],
  };
}

function firstMonth(course: readonly MonthlyCourse[], holds: (one: MonthlyCourse) => boolean): number | null {
  return course.find(holds)?.month ?? null;
}
