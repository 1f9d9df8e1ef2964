import type { PriceBook } from '#lib/catalog/prices';
import { isByUse } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cost/line-context';
import { offeringAt, termsOf } from '#lib/plan/commitment';
import { hoursPerMonth } from '#lib/plan/week';
import type { Member } from '#lib/portfolio/member';
import { rememberedGroups, type ReplicaGroup } from '#lib/portfolio/replica-groups';
import { billedFleets, type BilledFleet } from '#lib/portfolio/shared-growth';
import { unitsOf, unitWorths } from '#lib/portfolio/unit-worth';
import { HOURS_PER_MONTH } from '#lib/units/money';
import type { Commitment } from '#lib/spec/commitment';
import type { NodeOffering } from '#lib/targets/offering';
import type { Site } from '#lib/targets/site';
import type { Market, PlacedFleet, Target } from '#lib/targets/target';

/** An option as a portfolio sees it. */
export interface OptionSite {
  readonly optionId: string;
  readonly target: Target;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly site: Site;
  readonly market: Market;
  readonly commitment: Commitment;
}

/** Base money, monthly equivalent and due at the start. */
export interface OptionCost {
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
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
  const own = new Map<Member, OptionCost>();
  return (members) => {
    let { monthlyUsd, upfrontUsd } = shared(members, groups(members));
    for (const member of members) {
      const part = own.get(member) ?? ownCost(member, shared);
      own.set(member, part);
      monthlyUsd += part.monthlyUsd;
      upfrontUsd += part.upfrontUsd;
    }
    return { monthlyUsd, upfrontUsd };
  };
}

type SharedCosts = (members: readonly Member[], groups: readonly ReplicaGroup[]) => OptionCost;

/** Thousands of sets of scenarios need few different fleets: each is priced once. */
function sharedCosts(option: OptionSite, context: LineContext): SharedCosts {
  const worthOf = unitWorths(context);
  const known = new Map<string, OptionCost>();
  const priced = ({ fleet, course }: BilledFleet) => {
    const key = `${fleetText(fleet)}|${course?.nodes.join(' ') ?? ''}`;
    const found =
      known.get(key) ??
      pricedFleet(
        option,
        withoutTokens(fleet),
        course === null ? worthOf : unitWorths({ ...context, fleet: course }),
      );
    known.set(key, found);
    return found;
  };
  return (members, groups) => {
    let [monthlyUsd, upfrontUsd] = [0, 0];
    for (const billed of billedFleets(members, groups, option, context.horizonMonths)) {
      const cost = priced(billed);
      monthlyUsd += billed.times * cost.monthlyUsd;
      upfrontUsd += billed.times * cost.upfrontUsd;
    }
    return { monthlyUsd, upfrontUsd };
  };
}

function pricedFleet(
  { target, knobs, market }: OptionSite,
  fleet: PlacedFleet,
  worthOf: ReturnType<typeof unitWorths>,
): OptionCost {
  let [monthlyUsd, upfrontUsd] = [0, 0];
  for (const purchase of target.purchases(fleet, knobs, market)) {
    if (purchase.kind === 'free' || isByUse(purchase)) continue;
    const worth = worthOf(purchase);
    if (worth === null) continue;
    monthlyUsd += worth.monthlyUsd * unitsOf(purchase);
    upfrontUsd += worth.upfrontUsd * unitsOf(purchase);
  }
  return { monthlyUsd, upfrontUsd };
}

/** The member's bill without what its fleet alone would share. */
function ownCost(member: Member, shared: SharedCosts): OptionCost {
  const { monthlyUsd, upfrontUsd } = shared([member], []);
  const { totals } = member.estimate;
  return { monthlyUsd: totals.monthlyUsd.base - monthlyUsd, upfrontUsd: totals.oneOffUsd - upfrontUsd };
}

const NO_TOKENS: PlacedFleet['tokens'] = {
  inputPerMonth: 0,
  cachedInputPerMonth: 0,
  outputPerMonth: 0,
  requestsPerMonth: 0,
  egressGbPerMonth: 0,
};

/** What follows the tokens or the corpus is each member's own: it adds up, shared or not. */
function withoutTokens(fleet: PlacedFleet): PlacedFleet {
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

/**
 * What a member costs on an option at the very least, however many share with it: what is its own, and its mean need of
 * replicas at the tangible price of a node more. A fleet for the busiest hour is never smaller than the sum of means.
 */
export function leastCost(option: OptionSite, member: Member, context: LineContext): number {
  const own = ownCost(member, sharedCosts(option, context)).monthlyUsd;
  const { sizing } = member.plan;
  const [placed] = member.fleet.nodes;
  if (sizing === null || placed === undefined) return own;
  const withNodes = (count: number): PlacedFleet => ({
    ...withoutTokens(member.fleet),
    grows: false,
    nodes: [{ offering: placed.offering, count, low: count, high: count }],
    gpus: count * placed.offering.gpus,
  });
  const tangible = (count: number) => tangibleCost(option, withNodes(count), context);
  const usdPerNode = Math.max(0, tangible(2) - tangible(1)) * leastRate(option, placed.offering);
  const meanReplicas =
    member.needs.reduce((sum, need, kind) => sum + need * hoursPerMonth(kind), 0) / HOURS_PER_MONTH;
  const gpus = meanReplicas * sizing.gpusPerReplica;
  return own + (usdPerNode * gpus) / placed.offering.gpus;
}

/** The lowest price of a node-hour that a commitment may bring, as a share of the one by the hour. */
function leastRate(option: OptionSite, offering: NodeOffering): number {
  const { hourly } = offering;
  if (option.commitment === 'none' || hourly.state === 'unpriced') return 1;
  const rates = termsOf(option).flatMap(({ term }) => offeringAt(option, offering, term)?.hourlyUsd ?? []);
  return Math.min(1, ...rates.map((usd) => usd / hourly.usd.base));
}

function tangibleCost(
  { target, knobs, market }: OptionSite,
  fleet: PlacedFleet,
  context: LineContext,
): number {
  const worthOf = unitWorths(context);
  return target.purchases(fleet, knobs, market).reduce((usd, purchase) => {
    const isIntangible = purchase.kind === 'assumed' && !purchase.tangible;
    if (purchase.kind === 'free' || isByUse(purchase) || isIntangible) return usd;
    return usd + (worthOf(purchase)?.monthlyUsd ?? 0) * unitsOf(purchase);
  }, 0);
}

/** Prices without a path of traffic: what is paid by use is each member's own. */
export function sharedContext(
  prices: PriceBook,
  finance: { readonly horizonMonths: number; readonly discountRatePerYear: number },
): LineContext {
  const { horizonMonths, discountRatePerYear } = finance;
  return { prices, horizonMonths, discountRatePerYear, growthPerMonth: 0 };
}
