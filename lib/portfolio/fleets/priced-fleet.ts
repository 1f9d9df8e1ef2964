import { isByUse, type FollowsFleet, type Purchase } from '#lib/catalog/purchase';
import { tranchesOf } from '#lib/cash/fleet-course';
import type { BilledFleet } from '#lib/portfolio/fleets/fleets-billed';
import { unitsOf } from '#lib/cash/quantity';
import type { UnitWorth, UnitWorths } from '#lib/cash/unit-worth';

/** Base money, monthly equivalent and due at the start. */
export interface OptionCost {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
}

export const NO_MONEY: OptionCost = { monthlyUsd: 0, upfrontUsd: 0 };

export type WorthsOf = (purchase: Exclude<Purchase, { kind: 'free' }>) => UnitWorths | null;

/** What purchases cost, by use apart, whatever courses their fleet takes. */
export type PricedFleet = (billed: Pick<BilledFleet, 'standing' | 'courseOf'>) => OptionCost;

/** Purchases that follow the fleet alike: what all of them cost if they are added in a month. */
interface Followers {
  readonly follows: FollowsFleet;
  readonly addedIn: (month: number) => OptionCost;
}

/** Prices the purchases of a fleet once. A course then only says how much of them is added in which month. */
export function pricedFleet(purchases: readonly Purchase[], worthsOf: WorthsOf): PricedFleet {
  const priced = purchases.flatMap((purchase) => {
    if (purchase.kind === 'free' || isByUse(purchase)) return [];
    const worths = worthsOf(purchase);
    return worths === null ? [] : [{ worths, units: unitsOf(purchase), follows: purchase.follows }];
  });
  const sum = (all: typeof priced, worthOf: (worths: UnitWorths) => UnitWorth): OptionCost => {
    let [monthlyUsd, upfrontUsd] = [0, 0];
    for (const { worths, units } of all) {
      const worth = worthOf(worths);
      monthlyUsd += worth.monthlyUsd * units;
      upfrontUsd += worth.upfrontUsd * units;
    }
    return { monthlyUsd, upfrontUsd };
  };
  const asDeployed = sum(priced, ({ atLaunch }) => atLaunch);
  const still = sum(
    priced.filter(({ follows }) => follows === undefined),
    ({ atLaunch }) => atLaunch,
  );
  const byFollows = new Map<string, typeof priced>();
  for (const one of priced) {
    if (one.follows === undefined) continue;
    const key = JSON.stringify(one.follows);
    byFollows.set(key, [...(byFollows.get(key) ?? []), one]);
  }
  const followers = [...byFollows.values()].flatMap((alike): Followers[] => {
    const follows = alike[0]?.follows;
    if (follows === undefined) return [];
    const byMonth: (OptionCost | undefined)[] = [];
    return [
      {
        follows,
        addedIn: (month) => (byMonth[month] ??= sum(alike, (worths) => worths.addedIn(month))),
      },
    ];
  });
  return ({ standing, courseOf }) => {
    if (courseOf === undefined) return asDeployed;
    let { monthlyUsd, upfrontUsd } = standing ? still : NO_MONEY;
    for (const { follows, addedIn } of followers) {
      const course = courseOf(follows);
      if (course === null) continue;
      for (const { month, share } of tranchesOf(follows, course)) {
        const added = addedIn(month);
        monthlyUsd += share * added.monthlyUsd;
        upfrontUsd += share * added.upfrontUsd;
      }
    }
    return { monthlyUsd, upfrontUsd };
  };
}
