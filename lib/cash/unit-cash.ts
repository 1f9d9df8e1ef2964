import { isByUse } from '#lib/catalog/purchase';
import type { AssumedPurchase, CopyHours, Prepaid, Purchase, RecurringPurchase } from '#lib/catalog/purchase';
import { capitalCash, residualShares, type Bound } from '#lib/cash/capital';
import {
  endCash,
  keptCash,
  leftOfTermsCash,
  monthlyCash,
  onceCash,
  prepaidCash,
  renewedCash,
  trafficCash,
} from '#lib/cash/cash-flow';
import { billedCopyHours } from '#lib/cash/copy-hours';
import { tranchesIn } from '#lib/cash/fleet-course';
import type { LineContext } from '#lib/cash/line-context';
import { trafficMultiples } from '#lib/cash/traffic-path';
import type { Tranche } from '#lib/cash/tranche';

type Bought = Exclude<Purchase, { kind: 'free' }>;

/** The shape in time of one USD's worth of this purchase, as its fleet grows. */
export function unitCash(purchase: Bought, context: LineContext, bound: Bound): number[] {
  return cashOfTranches(purchase, context, bound, tranchesIn(purchase.follows, context));
}

/**
 * The same of additions that are known already. It is linear in them: what several bring is the sum of what each does.
 * The context's fleet counts only as there being one that grows.
 */
export function cashOfTranches(
  purchase: Bought,
  context: LineContext,
  bound: Bound,
  tranches: readonly Tranche[],
): number[] {
  const { horizonMonths } = context;
  if (purchase.kind === 'usage') {
    const { inCopies } = purchase;
    return inCopies === undefined ? trafficCash(horizonMonths, context) : copyCash(inCopies, context);
  }
  switch (purchase.kind) {
    case 'recurring':
      return recurringCash(purchase, context, bound, tranches);
    case 'assumed':
      return assumedCash(purchase, context, bound, tranches);
  }
  const residual = residualShares(purchase, context, bound);
  return capitalCash(purchase.lifeMonths, horizonMonths, residual, tranches);
}

/** Cash of copies that are paid while they are awake: USD 1 in a month of the described traffic. */
function copyCash(hours: readonly CopyHours[], context: LineContext): number[] {
  const described = billedCopyHours(hours);
  const { volume = 1 } = context;
  return trafficMultiples(context, context.horizonMonths).map((multiple, month) =>
    month === 0 || described === 0 ? 0 : billedCopyHours(hours, volume * multiple) / described,
  );
}

function recurringCash(
  { when, prepaid, follows }: RecurringPurchase,
  context: LineContext,
  bound: Bound,
  tranches: readonly Tranche[],
): number[] {
  const { horizonMonths } = context;
  if (when === 'at-end') return dueAtEnd(follows, context, tranches);
  if (prepaid === undefined) return monthlyCash(horizonMonths, tranches);
  const share = prepaidShare(prepaid, context, bound);
  const owed =
    prepaid.countsTowards === undefined ? 0 : context.prices.assumption(prepaid.countsTowards)[bound];
  const renewal = renewalRatio(prepaid, context, bound);
  return prepaidCash(horizonMonths, prepaid.termMonths, share, tranches, Math.min(share, owed), renewal);
}

/** Price of a term ÷ that of the term before, which began `termMonths` earlier. */
function renewalRatio(
  { termMonths, ratioPerYear }: Prepaid,
  { horizonMonths, prices }: LineContext,
  bound: Bound,
): number {
  const isRenewed = horizonMonths > termMonths;
  return ratioPerYear === undefined || !isRenewed
    ? 1
    : prices.assumption(ratioPerYear)[bound] ** (termMonths / 12);
}

function prepaidShare({ share, shareAssumption }: Prepaid, { prices }: LineContext, bound: Bound): number {
  return shareAssumption === undefined ? share : prices.assumption(shareAssumption)[bound];
}

function assumedCash(
  purchase: AssumedPurchase,
  context: LineContext,
  bound: Bound,
  tranches: readonly Tranche[],
): number[] {
  const { horizonMonths } = context;
  const { when, everyMonths, follows, keptMonths } = purchase;
  if (isByUse(purchase)) {
    const kept = keptMonths === undefined ? 1 : context.prices.assumption(keptMonths)[bound];
    return when === 'at-end' ? keptCash(horizonMonths, context, kept) : trafficCash(horizonMonths, context);
  }
  switch (when) {
    case 'monthly':
      return monthlyCash(horizonMonths, tranches);
    case 'once':
      return everyMonths === undefined
        ? onceCash(horizonMonths, tranches)
        : renewedCash(horizonMonths, everyMonths, tranches);
    case 'at-end':
      return dueAtEnd(follows, context, tranches);
  }
  throw new Error(`an amount due ${String(when)}`);
}

function dueAtEnd(
  follows: Purchase['follows'],
  { horizonMonths, fleet }: LineContext,
  tranches: readonly Tranche[],
): number[] {
  const term = follows?.by === 'nodes' ? follows.leftOfTerm : undefined;
  // Without a fleet that grows the quantity counts the months already.
  return term === undefined || fleet === undefined || fleet === null
    ? endCash(horizonMonths, tranches)
    : leftOfTermsCash(horizonMonths, term, tranches);
}
