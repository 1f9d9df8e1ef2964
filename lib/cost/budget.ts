import type { Estimate } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';

/** A bill held against what it may cost in a month. */
export interface BudgetVerdict {
  readonly budgetUsd: number;
  readonly monthlyUsd: number;
  /** Above the budget, or 0. */
  readonly overUsd: number;
  /** `within-so-far`: what has a price fits, and lines without one may break it. */
  readonly state: 'within' | 'within-so-far' | 'over';
}

/** Judges the base of the monthly total: a band that reaches over a budget is doubt, not a breach. */
export function heldToBudget(
  { totals, atLeast }: Pick<Estimate, 'totals' | 'atLeast'>,
  budgetUsd: number,
): BudgetVerdict {
  const monthlyUsd = totals.monthlyUsd.base;
  const overUsd = roundUsd(Math.max(0, monthlyUsd - budgetUsd));
  return {
    budgetUsd,
    monthlyUsd,
    overUsd,
    state: overUsd > 0 ? 'over' : atLeast ? 'within-so-far' : 'within',
  };
}
