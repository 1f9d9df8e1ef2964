import type { Category } from '#lib/catalog/purchase';
import type { LineItem, Underuse } from '#lib/cost/estimate';
import type { FleetCourse } from '#lib/cash/fleet-course';
import type { Plan } from '#lib/plan/plan';
import { trafficMultiple, type TrafficPath } from '#lib/cash/traffic-path';
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
 * What idles: (1 − utilisation of what is paid for) × the fixed cost of the fleet. It is inside the total and never added
 * to it. Over the months traffic and nodes move: use is the deployed fleet's × mean traffic ÷ mean nodes. `null` where
 * nothing was sized, because everything is paid by use.
 */
export function underuseOf(
  { sizing, scaling }: Pick<Plan, 'sizing' | 'scaling'>,
  lines: readonly LineItem[],
  context: TrafficPath & { readonly horizonMonths: number; readonly fleet: FleetCourse | null },
): Underuse | null {
  if (sizing === null) return null;
  const { horizonMonths, fleet } = context;
  const meanMonth = (of: (month: number) => number) =>
    Array.from({ length: horizonMonths }, (_, month) => of(month + 1)).reduce((sum, each) => sum + each, 0) /
    horizonMonths;
  const moved =
    meanMonth((month) => trafficMultiple(context, month)) /
    (fleet === null ? 1 : meanMonth((month) => (fleet.nodes[month] ?? 0) / fleet.deployed));
  const used = (scaling?.utilisation ?? sizing.utilisation) * moved;
  const idleShare = Math.min(1, Math.max(0, 1 - used));
  const fixedUsd = lines
    .filter(({ category, tangible }) => tangible && FIXED.includes(category))
    .reduce((usd, { monthlyUsd }) => usd + (monthlyUsd ?? 0), 0);
  return { idleShare: roundTo(idleShare, 4), monthlyUsd: roundUsd(idleShare * fixedUsd) };
}
