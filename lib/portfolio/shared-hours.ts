import { standing } from '#lib/plan/standing';
import { HOURS_OF_DAY } from '#lib/spec/traffic-profile';
import { weekOf } from '#lib/plan/week';
import type { ReplicaGroup } from '#lib/portfolio/replica-groups';
import { curveOf, type NodeCurve } from '#lib/targets/node-curve';

/** As in the sizing: a quotient that is whole but for rounding must not cost one more replica. */
const ROUNDING = 1e-9;

/**
 * How long how many nodes stand for groups that follow their load: in each hour of the week what all of them need
 * together, by the slowest pace among them. `null` where a member's fleet stands. One that may be at zero alone keeps a
 * replica here, since somebody asks.
 */
export function sharedHours(
  groups: readonly ReplicaGroup[],
  { count, gpusPerNode }: { readonly count: number; readonly gpusPerNode: number },
): NodeCurve | null {
  const plans = groups.flatMap(({ members }) => members.map(({ plan }) => plan.scaling));
  const paces = plans.flatMap((plan) => plan ?? []);
  if (paces.length === 0 || paces.length < plans.length) return null;
  const gpus = groups.map((group) => weeklyReplicas(group).map((each) => each * group.sizing.gpusPerReplica));
  const nodes = (gpus[0] ?? []).map((_, hour) =>
    Math.min(count, Math.ceil(gpus.reduce((sum, own) => sum + (own[hour] ?? 0), 0) / gpusPerNode - ROUNDING)),
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

/** Replicas of the 168 hours of a week: what each needs, what waiting adds, and the spares. */
export function weeklyReplicas({ needs, replicas, spares }: ReplicaGroup): readonly number[] {
  const forLoad = (need: number) => Math.max(1, Math.ceil(need - ROUNDING));
  const forWaiting = replicas.base - spares - forLoad(Math.max(...needs));
  return weekly(needs.map((need) => Math.min(replicas.base, forLoad(need) + forWaiting + spares)));
}

function weekly(kinds: readonly number[]): readonly number[] {
  return weekOf({ workingDay: kinds.slice(0, HOURS_OF_DAY), weekendDay: kinds.slice(HOURS_OF_DAY) });
}
