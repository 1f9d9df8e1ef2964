import type { Category } from '#lib/catalog/purchase';
import type { LineItem, Underuse } from '#lib/cost/estimate';
import type { Plan } from '#lib/plan/plan';
import { roundTo, roundUsd } from '#lib/units/money';

/** What is paid whether it works or not. */
const FIXED: readonly Category[] = [
  'compute',
  'hardware',
  'space',
  'power',
  'maintenance',
  'software',
  'insurance',
];

/**
 * What idles: (1 − utilisation of what is paid for) × the fixed cost of the fleet. It is inside the total and never added to it. `null` where
 * nothing was sized, because everything is paid by use.
 */
export function underuseOf(
  { sizing, scaling }: Pick<Plan, 'sizing' | 'scaling'>,
  lines: readonly LineItem[],
): Underuse | null {
  if (sizing === null) return null;
  const idleShare = Math.min(1, Math.max(0, 1 - (scaling?.utilisation ?? sizing.utilisation)));
  const fixedUsd = lines
    .filter(({ category, tangible }) => tangible && FIXED.includes(category))
    .reduce((usd, { monthlyUsd }) => usd + (monthlyUsd ?? 0), 0);
  return { idleShare: roundTo(idleShare, 4), monthlyUsd: roundUsd(idleShare * fixedUsd) };
}
