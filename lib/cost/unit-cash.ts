import type { AssumedPurchase, Prepaid, Purchase } from '#lib/catalog/purchase';
import { capitalCash, residualShares, type Bound } from '#lib/cost/capital';
import { endCash, monthlyCash, onceCash, prepaidCash, renewedCash, trafficCash } from '#lib/cost/cash-flow';
import { tranchesOf } from '#lib/cost/fleet-course';
import { growingCash, growingMonthlyCash, leftOfTermsCash } from '#lib/cost/growing-cash';
import type { LineContext } from '#lib/cost/line-context';

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** The shape in time of one USD's worth of this purchase, as its fleet grows. */
export function unitCash(purchase: Bought, context: LineContext, bound: Bound): number[] {
  const { horizonMonths } = context;
  if (purchase.kind === 'usage') return trafficCash(horizonMonths, context);
  const { follows } = purchase;
  // Asked for only here: what does not follow the fleet does not depend on its growth.
  const fleet = follows === undefined ? null : (context.fleet ?? null);
  const tranches = follows === undefined || fleet === null ? null : tranchesOf(follows, fleet);
  if (purchase.kind === 'capital') {
    const residual = residualShares(purchase, context, bound);
    return capitalCash(purchase.lifeMonths, horizonMonths, residual, tranches ?? undefined);
  }
  const time = timeOf(purchase, context, bound);
  if (tranches === null) return time.over(horizonMonths);
  if (follows?.by === 'nodes' && follows.leftOfTerm !== undefined) {
    return leftOfTermsCash(follows.leftOfTerm, tranches, horizonMonths);
  }
  return time.isLevel
    ? growingMonthlyCash(tranches, horizonMonths)
    : growingCash(tranches, horizonMonths, time.over);
}

interface Time {
  /** USD 1 at the end of each month and nothing else. */
  readonly isLevel: boolean;
  readonly over: (months: number) => number[];
}

const LEVEL: Time = { isLevel: true, over: (months) => monthlyCash(months) };

function timeOf(
  purchase: Exclude<Bought, { kind: 'usage' | 'capital' }>,
  context: LineContext,
  bound: Bound,
): Time {
  if (purchase.kind === 'assumed') return assumedTime(purchase);
  if (purchase.when === 'at-end') return { isLevel: false, over: endCash };
  const { prepaid } = purchase;
  if (prepaid === undefined) return LEVEL;
  const share = prepaidShare(prepaid, context, bound);
  return { isLevel: false, over: (months) => prepaidCash(months, prepaid.termMonths, share) };
}

function prepaidShare({ share, shareAssumption }: Prepaid, { prices }: LineContext, bound: Bound): number {
  return shareAssumption === undefined ? share : prices.assumption(shareAssumption)[bound];
}

function assumedTime({ when, everyMonths }: AssumedPurchase): Time {
  switch (when) {
    case 'monthly':
      return LEVEL;
    case 'at-end':
      return { isLevel: false, over: endCash };
    case 'once':
      return {
        isLevel: false,
        over: everyMonths === undefined ? onceCash : (months) => renewedCash(months, everyMonths),
      };
  }
  throw new Error(`an amount due ${String(when)}`);
}
