import type { PriceBook } from '#lib/catalog/prices';
import { replicasByHour, weekOfLoad, type End } from '#lib/plan/scaling/hourly-replicas';
import { idleOff } from '#lib/plan/scaling/idle-off';
import { lateShare } from '#lib/plan/scaling/late-requests';
import { nodesOfReplicas, type Placement } from '#lib/plan/nodes/place';
import type { ScalingPlan } from '#lib/plan/plan';
import { startupBudgetSeconds, storedGib } from '#lib/plan/serving/serving-plan';
import { scheduleOf } from '#lib/plan/scaling/schedule';
import { standing, type Pace } from '#lib/plan/scaling/standing';
import { hoursOfDay } from '#lib/plan/scaling/week';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Scaling } from '#lib/spec/schema/scaling';
import type { Scenario } from '#lib/spec/schema/scenario';
import { curveOf, hoursAbove, type NodeCurve } from '#lib/targets/port/node-curve';
import type { NodePace } from '#lib/targets/port/scaling-support';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';

export type Elastic = Exclude<Scaling, { policy: 'fixed' }>;

/** What decides how a sized fleet follows its load. */
export interface ScalingQuestion {
  readonly scenario: Scenario;
  readonly scaling: Elastic;
  readonly fill: number;
  readonly pace: NodePace;
  readonly prices: PriceBook;
}

/** Nodes over the hours of a month, at the ends of the sizing's doubt. */
export type NodeCurves = Readonly<Record<End, NodeCurve>>;

/** The API of the autoscaler allows an hour at most; less than five minutes would chase every burst. */
export const COOLDOWN_SECONDS = { least: 300, most: 3_600 } as const;

/** The hours of a sized and placed fleet, and the plan of them. */
export function scaledFleet(
  question: ScalingQuestion,
  sizing: ServingSizing,
  placement: Placement,
): { readonly plan: ScalingPlan; readonly curves: NodeCurves } {
  const { scaling } = question;
  const { week, reaction, replicas, curveAt } = hoursOf(question, sizing, placement);
  const curves = { low: curveAt('low'), base: curveAt('base'), high: curveAt('high') };
  const hours = (end: End) => hoursAbove(curves[end], 0);
  const paidShare = hours('base') / (placement.nodes.base * HOURS_PER_MONTH);
  return {
    curves,
    plan: {
      policy: scaling.policy,
      replicasByHour: hoursOfDay(replicas('base')),
      schedule:
        scaling.policy === 'scheduled'
          ? {
              timezone: scaling.timezone,
              steps: scheduleOf(replicas('base'), reaction.coldStartSeconds),
            }
          : null,
      coldStartSeconds: Math.round(reaction.coldStartSeconds),
      cooldownSeconds: reaction.cooldownSeconds,
      releaseSeconds: reaction.releaseSeconds,
      nodeHoursPerMonth: {
        low: roundTo(Math.min(hours('low'), hours('base')), 3),
        base: roundTo(hours('base'), 3),
        high: roundTo(Math.max(hours('high'), hours('base')), 3),
      },
      paidShare: roundTo(paidShare, 6),
      utilisation: Math.min(1, sizing.utilisation / paidShare),
      lateShare: scaling.policy === 'scheduled' ? 0 : lateShare(week, replicas('base'), reaction),
    },
  };
}

/** The fleet of each hour, and how it gets from one to the next. */
function hoursOf(question: ScalingQuestion, sizing: ServingSizing, placement: Placement) {
  const { scenario, scaling, fill } = question;
  const week = weekOfLoad(scenario, sizing, fill);
  const reaction = reactionOf(question, sizing, (replicas) => nodesOfReplicas(replicas, placement, sizing));
  const replicas = (end: End) => replicasByHour(week, sizing, keptBy(scaling), end);
  const steps = (end: End) =>
    standing(replicas(end), paceOf(scaling, reaction), (hour) =>
      reaction.stopsWhenIdle
        ? idleOff(week.rates[hour] ?? 0, reaction.coldStartSeconds, staySeconds(reaction)).awakeShare
        : 1,
    );
  const { minimumNodes } = placement.offering;
  const nodesOf = (count: number) =>
    count === 0 ? 0 : Math.max(minimumNodes, nodesOfReplicas(count, placement, sizing));
  return {
    week,
    reaction,
    replicas,
    curveAt: (end: End) =>
      curveOf(steps(end).map(({ nodes, hoursPerMonth }) => ({ nodes: nodesOf(nodes), hoursPerMonth }))),
  };
}

function keptBy(scaling: Elastic): { minReplicas: number; headroom: number } {
  return {
    minReplicas: scaling.policy === 'scale-to-zero' ? 0 : scaling.minReplicas,
    headroom: scaling.headroom,
  };
}

function reactionOf(
  { scaling, pace, prices }: ScalingQuestion,
  sizing: ServingSizing,
  nodesOf: (replicas: number) => number,
) {
  const usual = Math.max(COOLDOWN_SECONDS.least, startupBudgetSeconds(storedGib(sizing), prices));
  const asked = 'cooldownSeconds' in scaling ? scaling.cooldownSeconds : undefined;
  const nodeStartSeconds = prices.assumption(pace.start).base;
  // A schedule asks by itself.
  const noticeSeconds = scaling.policy === 'scheduled' ? 0 : prices.assumption('scaling.notice-seconds').base;
  const engineSeconds = noticeSeconds + sizing.coldStartSeconds;
  return {
    coldStartSeconds: nodeStartSeconds + engineSeconds,
    startSeconds: (ready: number, needed: number) =>
      engineSeconds + (nodesOf(needed) > nodesOf(ready) ? nodeStartSeconds : 0),
    cooldownSeconds:
      scaling.policy === 'scheduled'
        ? 0
        : Math.max(pace.leastCooldownSeconds, asked ?? Math.min(COOLDOWN_SECONDS.most, usual)),
    releaseSeconds: pace.releaseSeconds,
    stopsWhenIdle: scaling.policy === 'scale-to-zero',
  };
}

type Paced = ReturnType<typeof reactionOf>;

function paceOf(scaling: Elastic, reaction: Paced): Pace {
  // A schedule knows the load before it comes; whatever follows the load does not.
  const leadSeconds = scaling.policy === 'scheduled' ? reaction.coldStartSeconds : 0;
  return { leadHours: leadSeconds / 3600, lingerHours: staySeconds(reaction) / 3600 };
}

/** How long a node stays after its last replica is needed. */
function staySeconds({ cooldownSeconds, releaseSeconds }: Paced): number {
  return cooldownSeconds + releaseSeconds;
}
