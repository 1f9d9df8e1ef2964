import type { OwnLoad } from '#lib/catalog/purchase';
import { committedBase, type Committed, type CommittedRates } from '#lib/plan/nodes/commitment';
import type { FleetGrowth } from '#lib/plan/growth/nodes-by-month';
import type { Placement } from '#lib/plan/nodes/place';
import type { Context } from '#lib/plan/plan-request';
import type { NodeCurves } from '#lib/plan/scaling/scaling';
import { rootDiskGib, storedGib } from '#lib/plan/serving/serving-plan';
import { whole } from '#lib/plan/nodes/slices';
import { GB } from '#lib/units/bytes';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';
import { flatCurve } from '#lib/targets/port/node-curve';
import type { PlacedFleet } from '#lib/targets/target';

/** Nodes that models around the served one have to themselves. */
export interface ReaderNodes {
  readonly id: string;
  readonly offering: NodeOffering;
  readonly count: number;
  readonly ownLoad: OwnLoad;
}

/** How long which nodes stand, which of them are bought for a term, and which others are bought beside them. */
export interface BoughtHours {
  readonly readers?: readonly ReaderNodes[];
  /** The fleet may be added to. @default - it stays */
  readonly growth?: FleetGrowth | undefined;
  readonly standing?: NodeCurves;
  readonly committed?: Committed;
  /** GB of one copy of the adapters that the server loads. @default - it loads none */
  readonly adaptersGb?: number;
  /** GiB that a pod of the store keeps on the disk of its node. @default - none */
  readonly storeCacheGib?: number;
}

/** The hours and the base load of a placed fleet, by the policy and the commitment of its option. */
export function boughtHours(
  { option, target, knobs, market }: Context,
  placement: Placement,
  standing: NodeCurves | undefined,
  rates?: CommittedRates,
): BoughtHours {
  const curve = standing?.base ?? flatCurve(placement.nodes.base);
  const { commitment } = option;
  const question = { commitment, target, knobs, market };
  const committed = committedBase(question, whole(placement.offering), curve, rates);
  return {
    ...(standing === undefined ? {} : { standing }),
    ...(committed === null ? {} : { committed }),
  };
}

/** The fleet as its target sells it. Without curves all of it stands all month. */
export function fleetOf(
  { scenario, option, site, tokens }: Context,
  placement: Placement,
  sizing: ServingSizing,
  cpuNodes: PlacedFleet['cpuNodes'],
  { standing, committed, growth, readers = [], adaptersGb = 0, storeCacheGib = 0 }: BoughtHours = {},
): PlacedFleet {
  const { base: count, low, high } = placement.nodes;
  const offering = whole(placement.offering);
  return {
    nodes: [
      {
        offering,
        count,
        low,
        high,
        ...(standing === undefined ? {} : { standing }),
        ...(committed === undefined ? {} : { committed: committed.nodes }),
      },
      ...readers.map((own) => ({
        offering: own.offering,
        count: own.count,
        low: own.count,
        high: own.count,
        ownLoad: own.ownLoad,
      })),
    ],
    cpuNodes,
    gpus: readers.reduce((sum, own) => sum + own.count * own.offering.gpus, count * offering.gpus),
    availabilityZones: Math.max(1, site.zones.length),
    rootDiskGib: rootDiskGib(placement, sizing, storeCacheGib),
    weightsGib: storedGib(sizing) * sizing.replicas,
    tokens,
    token: null,
    policy: option.scaling.policy,
    ...(growth === undefined ? {} : { grows: true }),
    ...(adaptersGb === 0 ? {} : { adaptersGb }),
    ...corpusOf(scenario),
  };
}

const BYTES_PER_DIMENSION = 4;

/** One copy of the corpus: vectors in 32 bits, as embedding models write them, and the text kept beside each. */
export function corpusOf({ retrieval }: Scenario): Pick<PlacedFleet, 'retrieves' | 'corpusGb'> {
  if (retrieval === undefined) return { retrieves: false };
  const { chunks, dimensions, payloadBytes } = retrieval;
  return {
    retrieves: true,
    corpusGb: (chunks * (dimensions * BYTES_PER_DIMENSION + payloadBytes)) / GB,
  };
}
