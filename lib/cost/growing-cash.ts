import type { FollowsFleet } from '#lib/catalog/purchase';
import { tranchesOf, type FleetCourse, type Tranche } from '#lib/cost/fleet-course';

/** A purchase of USD 1 at the launch, and nothing later. */
export const AT_LAUNCH: readonly Tranche[] = [{ month: 0, share: 1 }];

/** Cash of USD 1 a month for what is deployed, and as much for each addition from the month after it on. */
export function growingMonthlyCash(tranches: readonly Tranche[], horizonMonths: number): number[] {
  const cash = Array.from({ length: horizonMonths + 1 }, () => 0);
  for (const { month, share } of tranches) cash[month + 1] = (cash[month + 1] ?? 0) + share;
  for (let month = 2; month <= horizonMonths; month += 1) {
    cash[month] = (cash[month] ?? 0) + (cash[month - 1] ?? 0);
  }
  return cash;
}

/** Each addition has the course of a purchase made at its time, over the months that are then left. */
export function growingCash(
  tranches: readonly Tranche[],
  horizonMonths: number,
  cashOver: (months: number) => readonly number[],
): number[] {
  const cash = Array.from({ length: horizonMonths + 1 }, () => 0);
  for (const { month, share } of tranches) {
    cashOver(horizonMonths - month).forEach((usd, later) => {
      cash[month + later] = (cash[month + later] ?? 0) + share * usd;
    });
  }
  return cash;
}

/** Cash at the horizon of what additions still owe: the months that it leaves of the first term of each. */
export function leftOfTermsCash(
  { termMonths, countedMonths }: { readonly termMonths: number; readonly countedMonths: number },
  tranches: readonly Tranche[],
  horizonMonths: number,
): number[] {
  const owed = tranches.reduce(
    (sum, { month, share }) => sum + share * Math.max(0, termMonths - (horizonMonths - month)),
    0,
  );
  return Array.from({ length: horizonMonths + 1 }, (_, month) =>
    month === horizonMonths ? owed / countedMonths : 0,
  );
}

/** What a purchase adds over the months: all at the launch where nothing makes it grow. */
export function tranchesIn(
  follows: FollowsFleet | undefined,
  fleet: FleetCourse | null | undefined,
): readonly Tranche[] {
  return follows === undefined || fleet === undefined || fleet === null
    ? AT_LAUNCH
    : tranchesOf(follows, fleet);
}
