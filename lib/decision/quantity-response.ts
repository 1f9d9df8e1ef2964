import { forgoneBenefits } from '#lib/cost/benefit-lines';
import { unitsOf } from '#lib/cash/quantity';
import type { Purchase } from '#lib/catalog/purchase';
import type { QuantityResponse } from '#lib/cost/compiled/purchase-lines';
import type { Planned } from '#lib/decision/planner';
import type { Plan } from '#lib/plan/plan';

/** True where both plans buy the same things at the same prices, in whatever quantities. */
export function buysTheSame(a: Plan, b: Plan): boolean {
  return thingsOf(a) === thingsOf(b);
}

function thingsOf({ purchases }: Plan): string {
  return JSON.stringify(
    purchases.map((purchase) => ({
      ...purchase,
      quantity: 0,
      quantityPerMonth: 0,
      quantityBand: null,
      label: '',
      basis: '',
      // The bill reads these from their assumptions itself.
      ...('lifeAssumption' in purchase ? { lifeMonths: 0 } : {}),
      ...('prepaid' in purchase && purchase.prepaid?.shareAssumption !== undefined
        ? { prepaid: { ...purchase.prepaid, share: 0 } }
        : {}),
    })),
  );
}

/** A plan with its bill. */
type Billed = Pick<Planned, 'plan' | 'estimate'>;

/**
 * How the quantities of a plan follow an input, from the plans at its low and high end: by what they are worth over the
 * horizon, so that nodes that months add are in it. `null` where an end buys other things: then no multiple says it.
 */
export function quantityResponse(
  input: number,
  plans: { readonly low: Billed | null; readonly base: Billed; readonly high: Billed | null },
): QuantityResponse | null {
  const { low, base, high } = plans;
  if (low === null || high === null) return null;
  if (!buysTheSame(low.plan, base.plan) || !buysTheSame(high.plan, base.plan)) return null;
  const multiples = new Map<string, { low: number; high: number }>();
  const [planned, atLow, atHigh] = [amountsOf(base), amountsOf(low), amountsOf(high)];
  for (const [key, amounts] of planned) {
    const ends = { low: ratio(atLow.get(key), amounts), high: ratio(atHigh.get(key), amounts) };
    if (ends.low !== 1 || ends.high !== 1) multiples.set(key, ends);
  }
  return { input, multiples };
}

interface Amounts {
  readonly quantity: number;
  /** Present value, USD; 0 of what costs nothing or has no price. */
  readonly worthUsd: number;
}

/** Of the purchases, and of the benefit that the plan forgoes, by the keys of their lines. */
function amountsOf({ plan, estimate }: Billed): Map<string, Amounts> {
  const worths = new Map(estimate.lines.map(({ key, presentValueUsd }) => [key, presentValueUsd ?? 0]));
  const bought = plan.purchases.flatMap((purchase) => {
    if (purchase.kind === 'free') return [];
    return [{ purchase, quantity: unitsOf(purchase), worthUsd: worths.get(purchase.key) ?? 0 }];
  });
  const bySteps = new Map<string, number>();
  for (const { purchase, worthUsd } of bought) {
    const steps = stepsOf(purchase);
    bySteps.set(steps, (bySteps.get(steps) ?? 0) + worthUsd);
  }
  return new Map([
    ...bought.map(
      ({ purchase, quantity }) =>
        [purchase.key, { quantity, worthUsd: bySteps.get(stepsOf(purchase)) ?? 0 }] as const,
    ),
    ...forgoneBenefits(plan).map(({ key, months }) => [key, { quantity: months.base, worthUsd: 0 }] as const),
  ]);
}

/** Steps of one thing by the size of the fleet take over from each other as it grows: only their sum follows an input. */
function stepsOf(purchase: Exclude<Purchase, { kind: 'free' }>): string {
  return purchase.kind === 'assumed' &&
    purchase.follows?.by === 'gpus-between' &&
    purchase.sumOf !== undefined
    ? purchase.sumOf.join('+')
    : purchase.key;
}

function ratio(changed: Amounts | undefined, planned: Amounts): number {
  if (changed === undefined) return 1;
  const [to, from] =
    changed.worthUsd === 0 || planned.worthUsd === 0
      ? [changed.quantity, planned.quantity]
      : [changed.worthUsd, planned.worthUsd];
  return from === 0 ? 1 : to / from;
}
