import type { FollowsFleet, Purchase } from '#lib/catalog/purchase';
import type { Cost, PurchaseCosts } from '#lib/cash/purchase-cost';
import { peakMultiple, trafficMultiples } from '#lib/cash/traffic-path';
import { attendanceOf } from '#lib/plan/choice/attendance';
import type { LeastGpus } from '#lib/plan/choice/bounds';
import type { CommittedRates } from '#lib/plan/nodes/commitment';
import type { Surroundings } from '#lib/plan/choice/complete-fleet';
import { hourlyUsd } from '#lib/plan/nodes/place';
import { corpusOf } from '#lib/plan/placed-fleet';
import { leastHours, type LeastHours } from '#lib/plan/scaling/least-hours';
import { ROOT_DISK_GIB } from '#lib/plan/serving/serving-plan';
import { whole } from '#lib/plan/nodes/slices';
import { fleetGrows, type OptionBill } from '#lib/plan/choice/whole-bill';
import type { NodeOffering } from '#lib/targets/port/offering';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** What no fleet on an offering costs less than, USD a month; infinite without a price. */
export interface LeastBills {
  /** By the price of its hours and people alone, where nodes are rented: quick. `gpus` holds at less than the peak too. */
  quickUsd(offering: NodeOffering, gpus: LeastGpus): number;
  /**
   * By everything that each node makes one buy.
   *
   * @param inHours - The same of hours with less than the peak. @default - as at the peak
   */
  leastUsd(offering: NodeOffering, gpus: LeastGpus, inHours?: LeastGpus): number;
}

/** Rounding must not make a bound of what it bounds. */
const BELOW = 1 - 1e-9;
/** Months of growth that a quick bound looks at. */
const FEW_STEPS = 6;
const NOTHING: Cost = { netUsd: 0, coveredUsd: null };

/**
 * Bounds below the whole bill. A bill is what an option buys without nodes, what each node makes it buy, as often as the
 * traffic of the months asks for, and people, who come in steps.
 */
export function leastBills(around: Surroundings, { costs, statedUsd }: OptionBill): LeastBills {
  const { context, scaling, rates } = around;
  const attendance = attendanceOf(context);
  const fixed = costs.of(bareFleet(around), null);
  const hours = scaling === null ? null : leastHours(scaling);
  const { traffic } = context.scenario;
  const sized = peakMultiple(traffic, traffic.sizeForMonth);
  const everyStep = growthSteps(around, sized);
  // Nodes that are added later than they are needed cost less: a bound all the same.
  const apart = Math.ceil(everyStep.length / FEW_STEPS);
  const fewSteps = everyStep.filter((_, index) => index % apart === 0);
  const rent = levelFrom(around, costs);
  const worthOf = rememberedWorths(around, costs);
  const billOf = (
    { minimumNodes, gpus: gpusPerNode, cut }: NodeOffering,
    gpus: LeastGpus,
    ofNode: (month: number) => Cost,
    times: number,
    steps = fewSteps,
  ): number => {
    const wholeGpus = gpusPerNode / (cut?.perAccelerator ?? 1);
    const bought = costs.adding(fixed);
    let [standing, peopleUsd, staffUsd] = [0, 0, 0];
    for (const step of steps) {
      const nodes = Math.max(minimumNodes, Math.ceil(gpus(step.times) / gpusPerNode));
      if (nodes <= standing) continue;
      if (nodes === Number.POSITIVE_INFINITY) return nodes;
      bought.add(ofNode(step.month), times * (nodes - standing));
      const usd = attendance.leastUsdPerHour(nodes * wholeGpus) * HOURS_PER_MONTH;
      peopleUsd += (rent[step.month] ?? NOTHING).netUsd * Math.max(0, usd - staffUsd);
      staffUsd = Math.max(staffUsd, usd);
      standing = nodes;
    }
    return BELOW * (costs.monthlyUsd(bought.sum()) + peopleUsd + statedUsd);
  };
  const launch = everyStep.slice(0, 1);
  /** Node-hours by what each hour asks for at least, as a share of those of the nodes at the peak. */
  const hourlyShare = (
    { minimumNodes, gpus: gpusPerNode }: NodeOffering,
    hours: LeastHours,
    gpus: LeastGpus,
    inHours: LeastGpus,
  ): number => {
    const nodesOf = (count: number) => Math.max(minimumNodes, Math.ceil(count / gpusPerNode));
    const most = nodesOf(gpus(1));
    return most === Number.POSITIVE_INFINITY ? 1 : hours.meanNodes((times) => nodesOf(inHours(times))) / most;
  };
  /**
   * Of two bounds the higher: all nodes of all months in the least share of the hours, and those deployed in the hours that
   * ask for them.
   */
  const overHours = (
    offering: NodeOffering,
    gpus: LeastGpus,
    inHours: LeastGpus,
    usdOf: (share: number, steps?: typeof everyStep) => number,
  ): number => {
    const paid = committedShare(whole(offering), rates);
    if (hours === null) return usdOf(paid);
    const byHour = usdOf(paid * hourlyShare(offering, hours, gpus, inHours), launch);
    return Math.max(usdOf(paid * hours.paidShare), byHour);
  };
  const byWorth = (offering: NodeOffering, gpus: LeastGpus, share: number, steps = fewSteps): number =>
    offering.hourly.state === 'unpriced'
      ? Number.POSITIVE_INFINITY
      : billOf(offering, gpus, worthOf(whole(offering)), share, steps);
  // All of what owned nodes make one buy is asked for: a price of their hours is only an opinion on their worth.
  const byRent = (offering: NodeOffering, gpus: LeastGpus, share: number, steps = fewSteps): number =>
    offering.price === null
      ? byWorth(offering, gpus, share, steps)
      : billOf(
          offering,
          gpus,
          (month) => rent[month] ?? NOTHING,
          share * (whole(offering).leastTermShare ?? 1) * hourlyUsd(offering) * HOURS_PER_MONTH,
          steps,
        );
  return {
    quickUsd: (offering, gpus) =>
      overHours(offering, gpus, gpus, (share, steps) => byRent(offering, gpus, share, steps)),
    leastUsd: (offering, gpus, inHours = gpus) =>
      overHours(offering, gpus, inHours, (share, steps = everyStep) => byWorth(offering, gpus, share, steps)),
  };
}

/** A dollar of each month after a month, which is the index, as USD a month after tax. */
function levelFrom({ context }: Surroundings, costs: PurchaseCosts): readonly Cost[] {
  const { horizonMonths } = context.market;
  const from: Cost[] = [];
  let netUsd = 0;
  for (let month = horizonMonths; month > 0; month -= 1) {
    netUsd += costs.levelledUsd(1, month);
    from[month - 1] = { netUsd, coveredUsd: null };
  }
  return from;
}

/** Least share of the hourly price that a node-hour has under a term that may be committed to. */
function committedShare(offering: NodeOffering, rates: CommittedRates): number {
  return Math.min(1, ...rates(offering).map((rate) => hourlyUsd(rate.offering) / hourlyUsd(offering)));
}

/** Months at whose end nodes may be added, with the most that traffic is by then of the peak that is sized for. */
function growthSteps(
  { context }: Surroundings,
  sized: number,
): { readonly month: number; readonly times: number }[] {
  const { traffic } = context.scenario;
  const steps = [{ month: 0, times: 1 }];
  if (!fleetGrows(context)) return steps;
  let most = 1;
  trafficMultiples(traffic, context.market.horizonMonths).forEach((multiple, month) => {
    const times = multiple / sized;
    if (month === 0 || times <= most) return;
    most = times;
    steps.push({ month: month - 1, times });
  });
  return steps;
}

/** What an option buys without any node, the people who run it apart. */
function bareFleet(around: Surroundings): Purchase[] {
  const bought = [...purchasesWith(around, null), ...(around.retrieval?.purchases ?? [])];
  return bought.filter((purchase) => !isRunning(purchase));
}

/** They come in steps, which are counted by themselves. */
function isRunning(purchase: Purchase): boolean {
  return purchase.kind === 'assumed' && purchase.category === 'people' && purchase.when === 'monthly';
}

/** What one node of an offering makes one buy if it is added in a month; the launch is 0. */
function rememberedWorths(
  around: Surroundings,
  costs: PurchaseCosts,
): (offering: NodeOffering) => (month: number) => Cost {
  const known = new Map<string, (month: number) => Cost>();
  return (offering) => {
    const found = known.get(offering.id);
    if (found !== undefined) return found;
    const left = (month: number) => around.context.market.horizonMonths - month;
    const purchases = purchasesWith(around, offering);
    const byMonth: (Cost | undefined)[] = [];
    const worth = (month: number) =>
      (byMonth[month] ??= costs.madeIn(
        month,
        purchases.filter(({ follows }) => isMadeByNode(follows, month === 0 ? null : left(month))),
      ));
    known.set(offering.id, worth);
    return worth;
  };
}

/** Whether a node that is added with so many months to go makes one buy this; `null` of one that is there at the launch. */
function isMadeByNode(follows: FollowsFleet | undefined, monthsLeft: number | null): boolean {
  if (follows?.by === 'nodes-of-the-year') return true;
  if (follows?.by !== 'nodes') return false;
  if (monthsLeft === null) return follows.additionsOnly !== true;
  const { atLeast = 0, lessThan = Number.POSITIVE_INFINITY } = follows.monthsLeft ?? {};
  return monthsLeft >= atLeast && monthsLeft < lessThan;
}

/** With the least that a node needs besides: no weights. */
function purchasesWith({ context, systemNodes }: Surroundings, offering: NodeOffering | null) {
  const { target, knobs, market, site, tokens, option, scenario } = context;
  const nodes = offering === null ? [] : [{ offering, count: 1, low: 1, high: 1 }];
  return target.purchases(
    {
      nodes,
      cpuNodes: systemNodes,
      gpus: offering?.gpus ?? 0,
      availabilityZones: Math.max(1, site.zones.length),
      rootDiskGib: ROOT_DISK_GIB,
      weightsGib: 0,
      tokens,
      token: null,
      policy: option.scaling.policy,
      grows: fleetGrows(context),
      ...corpusOf(scenario),
    },
    knobs,
    market,
  );
}
