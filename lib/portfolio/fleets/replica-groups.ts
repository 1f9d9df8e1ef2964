import type { PriceBook } from '#lib/catalog/prices';
import { replicaFailures } from '#lib/plan/sizing/replica-failures';
import { summed } from '#lib/plan/scaling/week';
import { fleetKey, type Member } from '#lib/portfolio/member';
import { rememberedLists } from '#lib/portfolio/fleets/remembered-lists';
import { failureDomains, sparesInDomains } from '#lib/sizing/failure-domains';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';

/** Replicas that several scenarios use together. */
export interface ReplicaGroup {
  readonly key: string;
  readonly members: readonly Member[];
  readonly offering: NodeOffering;
  readonly sizing: ServingSizing;
  /** Sum of the members' needs by kind of hour. */
  readonly needs: readonly number[];
  readonly spares: number;
  /** Replicas for the load of the busiest hour, for waiting, and spares; the load in replicas, not rounded. */
  readonly replicasFor: (load: number) => number;
  readonly replicas: { readonly low: number; readonly base: number; readonly high: number };
}

/** A quotient that is whole but for rounding must not cost one more replica: as in the sizing. */
const ROUNDING = 1e-9;

/** The replicas of an option's members: one group for each model that is served alike. */
export function replicaGroups(members: readonly Member[], prices: PriceBook): ReplicaGroup[] {
  return groupsOf(members, fleetKey, (key, own) => groupOf(key, own, prices));
}

/** The same for many sets of the same members, which have few different groups: each is made once. */
export function rememberedGroups(prices: PriceBook): (members: readonly Member[]) => ReplicaGroup[] {
  const keys = new Map<Member, string | null>();
  const keyOf = (member: Member) => {
    const found = keys.get(member);
    if (found !== undefined) return found;
    const key = fleetKey(member);
    keys.set(member, key);
    return key;
  };
  // Members have one key each, so that they alone tell groups apart.
  const groupsAlike = rememberedLists((own: readonly Member[]) => {
    const [first] = own;
    return first === undefined ? [] : groupOf(keyOf(first) ?? '', own, prices);
  });
  return (members) => groupsOf(members, keyOf, (_, own) => groupsAlike(own));
}

function groupsOf(
  members: readonly Member[],
  keyOf: (member: Member) => string | null,
  make: (key: string, own: readonly Member[]) => ReplicaGroup[],
): ReplicaGroup[] {
  const byKey = new Map<string, Member[]>();
  for (const member of members) {
    const key = keyOf(member);
    if (key === null) continue;
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [member]);
    else own.push(member);
  }
  return [...byKey].flatMap(([key, own]) => make(key, own));
}

function groupOf(key: string, members: readonly Member[], prices: PriceBook): ReplicaGroup[] {
  const sizing = members[0]?.plan.sizing ?? null;
  const offering = members[0]?.fleet.nodes[0]?.offering;
  if (sizing === null || offering === undefined) return [];
  const needs =
    members.length === 1 ? (members[0]?.needs ?? []) : summed(members.map((member) => member.needs));
  const most = Math.max(...needs);
  const forLoad = (load: number) => Math.max(1, Math.ceil(load - ROUNDING));
  // What the sizing adds beyond the load, so that waiting requests meet the objectives; no more for a larger fleet.
  const forWaiting = Math.max(
    0,
    ...members.map(({ plan, needs: own }) => (plan.sizing?.replicasForLoad ?? 0) - forLoad(Math.max(...own))),
  );
  const domains = failureDomains(replicaFailures(prices), {
    nodesPerReplica: sizing.nodesPerReplica,
    replicasPerNode: offering.gpus / sizing.gpusPerReplica,
  });
  const asked = Math.max(...members.map(({ scenario }) => scenario.objectives.availability));
  const known = new Map<number, number>();
  const sparesAt = (needed: number) => {
    const found = known.get(needed) ?? sparesInDomains(needed, domains, asked) ?? sizing.spares;
    known.set(needed, found);
    return found;
  };
  const replicasFor = (load: number) => {
    const needed = forLoad(load) + forWaiting;
    return needed + sparesAt(needed);
  };
  const count = replicasFor(most);
  const spares = sparesAt(forLoad(most) + forWaiting);
  const { low, base, high } = sizing.tokensPerSecondPerReplica;
  const at = (throughput: number) => forLoad((most * base) / throughput) + forWaiting + spares;
  return [
    {
      key,
      members,
      offering,
      sizing,
      needs,
      spares,
      replicasFor,
      replicas: { low: Math.min(count, at(high)), base: count, high: Math.max(count, at(low)) },
    },
  ];
}
