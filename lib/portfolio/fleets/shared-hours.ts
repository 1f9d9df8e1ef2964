import { standing } from '#lib/plan/scaling/standing';
import type { Scaling } from '#lib/spec/schema/scaling';
import { HOURS_OF_DAY, type HourlyRates } from '#lib/spec/schema/traffic-profile';
import { weekOf } from '#lib/plan/scaling/week';
import type { ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { curveOf, type NodeCurve } from '#lib/targets/port/node-curve';

/** As in the sizing: a quotient that is whole but for rounding must not cost one more replica. */
const ROUNDING = 1e-9;

/** What is kept beyond what an hour needs. */
export interface Kept {
  /** Replicas that always run, besides the spares. */
  readonly minReplicas: number;
  /** Share of what an hour needs. */
  readonly headroom: number;
}

const NOTHING_KEPT: Kept = { minReplicas: 1, headroom: 0 };

/** What a scaling policy keeps of replicas that several scenarios use: somebody always asks. */
export function keptTogether(scaling: Scaling): Kept {
  if (scaling.policy === 'fixed') return NOTHING_KEPT;
  const minReplicas = scaling.policy === 'scale-to-zero' ? 1 : scaling.minReplicas;
  return { minReplicas, headroom: scaling.headroom };
}

export interface SharedHoursRequest {
  /** Nodes that the busiest hour takes. */
  readonly count: number;
  /** Nodes for so many replicas of each group. */
  readonly nodesFor: (replicasOf: (group: number) => number) => number;
  readonly kept: Kept;
}

/**
 * How long how many nodes stand for groups that follow their load: in each hour of the week what all of them need
 * together, by the slowest pace among them. `null` where a member's fleet stands. One that may be at zero alone keeps a
 * replica here, since somebody asks.
 */
export function sharedHours(
  groups: readonly ReplicaGroup[],
  { count, nodesFor, kept }: SharedHoursRequest,
): NodeCurve | null {
  const plans = groups.flatMap(({ members }) => members.map(({ plan }) => plan.scaling));
  const paces = plans.flatMap((plan) => plan ?? []);
  if (paces.length === 0 || paces.length < plans.length) return null;
  const replicas = groups.map((group) => replicasByKind(group, kept));
  const nodes = weekly(
    (replicas[0] ?? []).map((_, kind) =>
      Math.min(
        count,
        nodesFor((group) => replicas[group]?.[kind] ?? 0),
      ),
    ),
  );
  const slowest = (seconds: (plan: (typeof paces)[number]) => number) =>
    Math.max(...paces.map(seconds)) / 3600;
  return curveOf(
    standing(nodes, {
      leadHours: slowest(({ schedule, coldStartSeconds }) => (schedule === null ? 0 : coldStartSeconds)),
      lingerHours: slowest(({ cooldownSeconds, releaseSeconds }) => cooldownSeconds + releaseSeconds),
    }),
  );
}

/** Replicas of the 168 hours of a week. */
export function weeklyReplicas(group: ReplicaGroup): readonly number[] {
  return weekly(replicasByKind(group, NOTHING_KEPT));
}

/**
 * Replicas by kind of hour: what each needs and what is kept above it, what waiting adds, and the spares; at most those of
 * the busiest hour, and never fewer than one of the members has alone.
 */
function replicasByKind(
  { members, needs, replicas, spares }: ReplicaGroup,
  { minReplicas, headroom }: Kept,
): readonly number[] {
  const forLoad = (need: number) => Math.max(minReplicas, Math.ceil(need - ROUNDING), 1);
  const forWaiting = Math.max(
    0,
    replicas.base - spares - Math.max(1, Math.ceil(Math.max(...needs) - ROUNDING)),
  );
  const alone = members.flatMap(({ plan }) => plan.scaling?.replicasByHour ?? []).map(kindsOf);
  return needs.map((need, kind) => {
    const own = alone.map((replicasOf) => replicasOf[kind] ?? 0);
    return Math.min(replicas.base, Math.max(forLoad(need * (1 + headroom)) + forWaiting + spares, ...own));
  });
}

function kindsOf({ workingDay, weekendDay }: HourlyRates): readonly number[] {
  return [...workingDay, ...weekendDay];
}

function weekly(kinds: readonly number[]): readonly number[] {
  return weekOf({ workingDay: kinds.slice(0, HOURS_OF_DAY), weekendDay: kinds.slice(HOURS_OF_DAY) });
}
