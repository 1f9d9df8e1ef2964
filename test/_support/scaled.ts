import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { leastHours, leastInHour } from '#lib/plan/scaling/least-hours';
import { scaledFleet, type Elastic, type NodeCurves } from '#lib/plan/scaling/scaling';
import type { ScalingPlan } from '#lib/plan/plan';
import type { Placement } from '#lib/plan/nodes/place';
import { Scaling } from '#lib/spec/schema/scaling';
import { Scenario } from '#lib/spec/schema/scenario';
import type { TrafficProfile } from '#lib/spec/schema/traffic-profile';
import type { NodeOffering } from '#lib/targets/port/offering';
import { sizing } from './aws-plan';

const prices = createPriceBook({ catalog: loadCatalog() });

/** Two replicas of four GPUs on a node. */
export const REPLICAS_PER_NODE = 2;
/** Requests/s that one replica is planned for, and that it serves within the objectives. */
export const EACH = { planned: 7, most: 10 } as const;
const ANSWER_TOKENS = 100;

/** An eight-hour day: twenty times the traffic of the night; weekends are as quiet. */
export const OFFICE: TrafficProfile = {
  workingDay: Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 17 ? 20 : 1)),
  weekendDay: Array.from({ length: 24 }, () => 1),
};

export function scenarioOf(
  rate: { readonly mean: number; readonly peak: number },
  profile: TrafficProfile | undefined = OFFICE,
): Scenario {
  return Scenario.parse({
    title: 'Chat',
    models: ['llama-3.1-70b'],
    traffic: {
      requestsPerSecond: rate,
      inputTokens: { mean: 500 },
      outputTokens: { mean: ANSWER_TOKENS },
      ...(profile === undefined ? {} : { profile }),
    },
  });
}

/** A fleet of replicas of which each serves ten requests/s, planned for seven, under a policy. */
export function scaled(
  scenario: Scenario,
  policy: object,
): {
  readonly plan: ScalingPlan;
  readonly curves: NodeCurves;
  readonly nodes: number;
  /** Mean nodes and share of all hours that the search counts on. */
  readonly least: { readonly nodes: number; readonly share: number };
} {
  const scaling = Scaling.parse(policy) as Elastic;
  const { peak, mean } = scenario.traffic.requestsPerSecond;
  const replicas = Math.max(1, Math.ceil(peak / EACH.planned - 1e-9));
  const each = EACH.most * ANSWER_TOKENS;
  const nodes = Math.ceil(replicas / REPLICAS_PER_NODE);
  const placement: Placement = {
    offering: { minimumNodes: 1 } as NodeOffering,
    replicasPerNode: REPLICAS_PER_NODE,
    nodes: { low: nodes, base: nodes, high: nodes },
    usdPerHour: nodes,
  };
  const sized = {
    ...sizing,
    tokensPerSecondPerReplica: { low: each, base: each, high: each },
    replicasForLoad: replicas,
    replicasForLoadBand: { low: replicas, high: replicas },
    spares: 0,
    replicas,
    headroom: (replicas * EACH.most) / peak - 1,
    utilisation: mean / (replicas * EACH.most),
  };
  const question = {
    scenario,
    scaling,
    fill: EACH.planned / EACH.most,
    pace: { start: 'node.start-seconds.image-cached', leastCooldownSeconds: 0, releaseSeconds: 0 },
    prices,
  };
  const hours = leastHours(question);
  const nodesAt = (times: number) =>
    Math.ceil(leastInHour(sized, times) / (sized.gpusPerReplica * REPLICAS_PER_NODE));
  const least = { nodes: hours.meanNodes(nodesAt), share: hours.paidShare };
  return { ...scaledFleet(question, sized, placement), nodes, least };
}
