import type { PriceBook } from '#lib/catalog/prices';
import type { LineContext } from '#lib/cash/line-context';
import { fleetsBilled, type BilledFleet } from '#lib/portfolio/fleets/fleets-billed';
import { billOf, type Member } from '#lib/portfolio/member';
import { NO_MONEY, pricedFleet, type OptionCost, type PricedFleet } from '#lib/portfolio/fleets/priced-fleet';
import { rememberedGroups, type ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { unitWorths } from '#lib/cash/unit-worth';
import type { Commitment } from '#lib/spec/schema/commitment';
import type { Scaling } from '#lib/spec/schema/scaling';
import type { Site } from '#lib/targets/port/site';
import type { Market, PlacedFleet, Target } from '#lib/targets/target';

/** An option as a portfolio sees it. */
export interface OptionSite {
  readonly optionId: string;
  readonly target: Target;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly site: Site;
  readonly market: Market;
  readonly commitment: Commitment;
  readonly scaling: Scaling;
}

/**
 * What an option costs for members together. What the target makes one buy for the merged fleet is paid once: nodes,
 * control planes, sites, the step function of people. The rest of each member's bill is its own: what is paid by use,
 * stores, what delay and downtime cost. For one member it is that member's bill.
 */
export function optionCosts(
  option: OptionSite,
  context: LineContext,
): (members: readonly Member[]) => OptionCost {
  const shared = sharedCosts(option, context);
  const groups = rememberedGroups(context.prices);
  const own = ownCosts(option, context);
  return (members) => {
    let { monthlyUsd, upfrontUsd } = shared(members, groups(members));
    for (const member of members) {
      const part = own(member);
      monthlyUsd += part.monthlyUsd;
      upfrontUsd += part.upfrontUsd;
    }
    return { monthlyUsd, upfrontUsd };
  };
}

/** What of each member's bill it shares with nobody. */
export function ownCosts(option: OptionSite, context: LineContext): (member: Member) => OptionCost {
  const shared = sharedCosts(option, context);
  const known = new Map<Member, OptionCost>();
  return (member) => {
    const cost = known.get(member) ?? ownCost(member, shared);
    known.set(member, cost);
    return cost;
  };
}

type SharedCosts = (members: readonly Member[], groups: readonly ReplicaGroup[]) => OptionCost;

/** Thousands of sets of scenarios need few different fleets: each is priced once. */
function sharedCosts(option: OptionSite, context: LineContext): SharedCosts {
  const { target, knobs, market } = option;
  const worthsOf = unitWorths(context);
  const known = new Map<string, PricedFleet>();
  const pricedOnce = (fleet: PlacedFleet) => {
    const key = fleetText(fleet);
    const found =
      known.get(key) ?? pricedFleet(target.purchases(withoutTokens(fleet), knobs, market), worthsOf);
    known.set(key, found);
    return found;
  };
  const fleets = fleetsBilled(option, context.horizonMonths);
  // What growth adds to a kind of node is the same object for all sets that have it.
  const added = new Map<BilledFleet, OptionCost>();
  const costOf = (billed: BilledFleet) => {
    if (billed.standing) return pricedOnce(billed.fleet)(billed);
    const cost = added.get(billed) ?? pricedOnce(billed.fleet)(billed);
    added.set(billed, cost);
    return cost;
  };
  return (members, groups) => {
    let [monthlyUsd, upfrontUsd] = [0, 0];
    for (const billed of fleets(members, groups)) {
      const cost = costOf(billed);
      monthlyUsd += billed.times * cost.monthlyUsd;
      upfrontUsd += billed.times * cost.upfrontUsd;
    }
    return { monthlyUsd, upfrontUsd };
  };
}

/** The member's bill, and that of its overflow, without what each alone would share. */
function ownCost(member: Member, shared: SharedCosts): OptionCost {
  const { monthlyUsd, upfrontUsd } = shared([member], []);
  const beyond = member.overflow?.paidOnce ?? NO_MONEY;
  const bill = billOf(member);
  return {
    monthlyUsd: bill.monthlyUsd - monthlyUsd - beyond.monthlyUsd,
    upfrontUsd: bill.upfrontUsd - upfrontUsd - beyond.upfrontUsd,
  };
}

const NO_TOKENS: PlacedFleet['tokens'] = {
  inputPerMonth: 0,
  cachedInputPerMonth: 0,
  outputPerMonth: 0,
  requestsPerMonth: 0,
  egressGbPerMonth: 0,
  texts: [],
};

/** What follows the tokens or the corpus is each member's own: it adds up, shared or not. */
export function withoutTokens(fleet: PlacedFleet): PlacedFleet {
  return { ...fleet, tokens: NO_TOKENS, corpusGb: 0, adaptersGb: 0 };
}

function fleetText(fleet: PlacedFleet): string {
  const {
    nodes,
    cpuNodes,
    availabilityZones,
    rootDiskGib,
    weightsGib,
    retrieves = false,
    grows = false,
  } = fleet;
  const placed = nodes
    .map(
      ({ offering, count, standing, committed }) =>
        `${offering.id} ${count} ${JSON.stringify(standing?.base ?? null)} ${committed?.offering.id ?? ''} ${committed?.count ?? 0}`,
    )
    .join(',');
  const { count, vcpus, memoryGib, instanceType } = cpuNodes;
  const hosts = `${count} ${vcpus} ${memoryGib} ${instanceType ?? ''}`;
  return `${placed}|${hosts}|${availabilityZones}|${rootDiskGib.gpu} ${rootDiskGib.cpu}|${weightsGib}|${retrieves} ${grows}`;
}

/** Prices without a path of traffic: what is paid by use is each member's own. */
export function sharedContext(
  prices: PriceBook,
  finance: { readonly horizonMonths: number; readonly discountRatePerYear: number },
): LineContext {
  const { horizonMonths, discountRatePerYear } = finance;
  return { prices, horizonMonths, discountRatePerYear, growthPerMonth: 0 };
}
