import type { FleetCourse } from '#lib/cash/fleet-course';
import type { LineContext } from '#lib/cash/line-context';
import { offeringAt, termsOf } from '#lib/plan/nodes/commitment';
import { hoursPerMonth, KINDS_OF_HOUR } from '#lib/plan/scaling/week';
import type { Member } from '#lib/portfolio/member';
import { ownCosts, withoutTokens, type OptionSite } from '#lib/portfolio/fleets/option-cost';
import { pricedFleet, type PricedFleet } from '#lib/portfolio/fleets/priced-fleet';
import { multiplesOfDeployed } from '#lib/portfolio/fleets/shared-growth';
import { partsPerGpu } from '#lib/portfolio/fleets/shared-nodes';
import { unitWorths } from '#lib/cash/unit-worth';
import type { NodeOffering } from '#lib/targets/port/offering';
import { HOURS_PER_MONTH } from '#lib/units/money';

/**
 * What a scenario costs on an option at the very least, however many share with it: those that stand there together cost
 * no less than Σ `ownUsd` + the largest of Σ `nodesUsd[k]`.
 */
export interface LeastLoad {
  /** USD/month that it shares with nobody. */
  readonly ownUsd: number;
  /** USD/month of nodes for its need: by kind of hour as deployed, then by kind of hour as it grows, or some of these. */
  readonly nodesUsd: Float64Array;
}

/**
 * A fleet for the busiest hour is never smaller than what any one hour needs, in any month, in parts of nodes; one that
 * comes and goes, or has a base under a commitment, never smaller than the mean. A node costs at least what is tangible of
 * one more, at the lowest rate that a commitment may bring, and one that is added later at least what it costs then.
 */
export function leastLoads(option: OptionSite, context: LineContext): (member: Member) => LeastLoad {
  const ownOf = ownCosts(option, context);
  const tangible = tangiblePrices(option, context);
  const isSteady = option.scaling.policy === 'fixed' && option.commitment === 'none';
  const known = new Map<Member, LeastLoad>();
  const leastOf = (member: Member): LeastLoad => {
    const ownUsd = ownOf(member).monthlyUsd;
    const nodesUsd = new Float64Array(2 * KINDS_OF_HOUR);
    const { sizing } = member.plan;
    const offering = member.fleet.nodes[0]?.offering;
    if (sizing === null || offering === undefined) return { ownUsd, nodesUsd };
    const launch = (count: number) => tangible(member, { count, grows: false })({ standing: true });
    const launchUsd = Math.max(0, launch(2) - launch(1)) * leastRate(option, offering);
    const growing = tangible(member, { count: 1, grows: true });
    const grownUsd = isSteady ? grownNodeUsd(member, launchUsd, growing, context.horizonMonths) : launchUsd;
    const nodesPerReplica = sizing.gpusPerReplica / partsPerGpu({ members: [member] }) / offering.gpus;
    const mean =
      member.needs.reduce((sum, need, kind) => sum + need * hoursPerMonth(kind), 0) / HOURS_PER_MONTH;
    for (let kind = 0; kind < KINDS_OF_HOUR; kind += 1) {
      const nodes = (isSteady ? (member.needs[kind] ?? 0) : mean) * nodesPerReplica;
      nodesUsd[kind] = nodes * launchUsd;
      nodesUsd[KINDS_OF_HOUR + kind] = nodes * grownUsd;
    }
    return { ownUsd, nodesUsd };
  };
  return (member) => {
    const least = known.get(member) ?? leastOf(member);
    known.set(member, least);
    return least;
  };
}

/** What members cost together at the very least, USD/month. */
export function leastTogether(loads: readonly LeastLoad[]): number {
  const parts = loads[0]?.nodesUsd.length ?? 0;
  let most = 0;
  for (let part = 0; part < parts; part += 1) {
    let sum = 0;
    for (const { nodesUsd } of loads) sum += nodesUsd[part] ?? 0;
    most = Math.max(most, sum);
  }
  return most + loads.reduce((sum, { ownUsd }) => sum + ownUsd, 0);
}

/** The same loads in the parts of which no other is as large in every load: only these can have the largest sum. */
export function decisiveParts(loads: readonly LeastLoad[]): (load: LeastLoad) => LeastLoad {
  const all = Array.from({ length: loads[0]?.nodesUsd.length ?? 0 }, (_, part) => part);
  const isCovered = (part: number, by: number) =>
    loads.every(({ nodesUsd }) => (nodesUsd[part] ?? 0) <= (nodesUsd[by] ?? 0));
  const parts = all.reduce<number[]>((kept, part) => {
    if (kept.some((by) => isCovered(part, by))) return kept;
    return [...kept.filter((one) => !isCovered(one, part)), part];
  }, []);
  return ({ ownUsd, nodesUsd }) => ({
    ownUsd,
    nodesUsd: Float64Array.from(parts, (part) => nodesUsd[part] ?? 0),
  });
}

type Stands = Parameters<PricedFleet>[0];

/** What a member's fleet of so many nodes costs of tangible lines, USD/month, by the course that it takes. */
function tangiblePrices(
  { target, knobs, market }: OptionSite,
  context: LineContext,
): (
  member: Member,
  nodes: { readonly count: number; readonly grows: boolean },
) => (stands: Stands) => number {
  const worthsOf = unitWorths(context);
  return ({ fleet }, { count, grows }) => {
    const offering = fleet.nodes[0]?.offering;
    if (offering === undefined) return () => 0;
    const nodes = [{ offering, count, low: count, high: count }];
    const bought = { ...withoutTokens(fleet), grows, nodes, gpus: count * offering.gpus };
    const priced = pricedFleet(
      target
        .purchases(bought, knobs, market)
        .filter((purchase) => purchase.kind !== 'assumed' || purchase.tangible),
      worthsOf,
    );
    return (stands) => priced(stands).monthlyUsd;
  };
}

/**
 * A node for a need that follows the member's traffic: Σ over months of need(t) × what the month's node costs less than
 * that of the month after. Nodes are never taken away, so that this bounds any course from below.
 */
function grownNodeUsd(
  member: Member,
  launchUsd: number,
  growing: (stands: Stands) => number,
  horizonMonths: number,
): number {
  const multiples = multiplesOfDeployed(member, horizonMonths);
  const priceOf = (nodes: readonly number[]) => {
    const course: FleetCourse = { deployed: 1, gpusPerNode: 1, nodes };
    return growing({ standing: true, courseOf: () => course });
  };
  const months = Array.from({ length: horizonMonths + 1 }, (_, month) => month);
  const stays = priceOf(months.map(() => 1));
  let least = launchUsd;
  const addedIn = months.slice(0, -1).map((month) => {
    if (month > 0) least = Math.min(least, priceOf(months.map((at) => (at > month ? 2 : 1))) - stays);
    return Math.max(0, least);
  });
  return addedIn.reduce(
    (sum, usd, month) => sum + (multiples[month + 1] ?? 1) * (usd - (addedIn[month + 1] ?? 0)),
    0,
  );
}

/** The lowest price of a node-hour that a commitment may bring, as a share of the one by the hour. */
function leastRate(option: OptionSite, offering: NodeOffering): number {
  const { hourly } = offering;
  if (option.commitment === 'none' || hourly.state === 'unpriced') return 1;
  const rates = termsOf(option).flatMap(({ term }) => offeringAt(option, offering, term)?.hourlyUsd ?? []);
  return Math.min(1, ...rates.map((usd) => usd / hourly.usd.base));
}
