import { own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { whyCounted, type PoolOrder } from '#lib/cost/kubernetes/bought-node';
import { hasClass } from '#lib/cost/resources/plain-word';
import { SECONDS_FROM_A_MINUTE } from '#lib/cost/resources/billed-time';
import {
  aws,
  components,
  free,
  stated,
  unpriced,
  used,
  type Component,
  type PricingContext,
  type ResourceCost,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { instances, volume } from '#lib/cost/resources/services/ec2';

const ON_NODES = 'runs on nodes that are billed; their shares are listed apart';
const ELSEWHERE = 'runs on nodes that are bought by contract';
const NO_NODES = 'runs on nodes that these artifacts do not hold: name them under `nodes` of a usage file';
export const CLOUDS = { gke: 'Google Kubernetes Engine', aks: 'Azure Kubernetes Service' } as const;
const SECONDS_PER_HOUR = 3600;

/** By themselves nothing: by the nodes that they stand on. What runs for a time on bought nodes is by use. */
export function costOfPods(resource: ReadResource, context: PricingContext): ResourceCost {
  const { nodes, cloud, runs, unplaced } = context.cluster;
  const order = runs.get(resource.address);
  if (order !== undefined) return components(runOn(order, context));
  if (own(own(resource.properties, 'spec'), 'replicas') === 0) return free('asks for no pods');
  const why = unplaced.get(resource.address);
  if (why !== undefined) return unpriced(why);
  if (nodes === 'elsewhere') return free(ELSEWHERE);
  if (nodes === 'here') return free(ON_NODES);
  if (cloud === 'gke' || cloud === 'aks') {
    return unpriced(
      `runs on nodes of ${CLOUDS[cloud]}, whose prices are not known here; to see it on AWS, name nodes under \`nodes\` of a usage file`,
    );
  }
  return unpriced(NO_NODES);
}

/** Hours of the nodes that a job takes while it runs: whole nodes, since they are bought for it. */
function runOn(order: PoolOrder, context: PricingContext): Component {
  const { size, term, nodes, pool } = order;
  const { price } = instances(size.id, 1, context, term);
  const label = `${size.id}, ${term}, while it runs`;
  const perRun = { unitsPerSecond: nodes / SECONDS_PER_HOUR, time: SECONDS_FROM_A_MINUTE };
  const quantityIs = pool.by === 'usual' ? 'assumed' : 'derived';
  const run = used('run', label, price, 'compute', perRun);
  return { ...run, quantityIs, basis: `by use, ${nodes} × ${size.id} for each run: ${whyCounted(order)}` };
}

/** Nodes as `kubectl get nodes -o yaml` lists them, or as a usage file states them: `count` of them. */
export const kubernetesNodes: ResourcePricing = {
  types: ['v1/Node'],
  cost: ({ properties }, context) => {
    const labels = ownObject(ownObject(properties, 'metadata'), 'labels');
    const type = ownText(labels, 'node.kubernetes.io/instance-type');
    if (type === null) return unpriced('no label `node.kubernetes.io/instance-type` says what it is');
    if (!hasClass(type)) return unpriced('its type is none of AWS, whose prices alone are known here');
    const count = own(properties, 'count');
    const region = ownText(labels, 'topology.kubernetes.io/region') ?? context.region;
    const bought =
      ownText(labels, 'eks.amazonaws.com/capacityType') ?? ownText(labels, 'karpenter.sh/capacity-type');
    const term = bought?.toLowerCase() === 'spot' ? 'spot' : 'on-demand';
    const number = typeof count === 'number' ? count : 1;
    const place = { ...context, region };
    const standing = instances(type, number, place, term);
    const counted = ownText(properties, 'counted');
    if (counted === null) return components(standing);
    return components(...countedNodes(properties, { standing, number, counted }, place));
  },
};

/** Nodes that follow from what pods ask for, their root volumes, and what Auto Mode takes of their price. */
function countedNodes(
  properties: unknown,
  { standing, number, counted }: { standing: Component; number: number; counted: string },
  context: PricingContext,
): readonly Component[] {
  const quantityIs = own(properties, 'isAssumed') === true ? 'assumed' : 'derived';
  const [disk, usdPerHour] = [own(properties, 'diskGib'), own(properties, 'usdPerHour')];
  const gib = typeof disk === 'number' ? disk : 0;
  const list = [standing, ...volume({ type: 'gp3', gib }, number, context, 'root-volume')];
  if (typeof usdPerHour === 'number') {
    const isAccelerated = /^(?:g|gr|p|inf|trn)\d/.test(standing.price.sku);
    const sku = isAccelerated ? 'Auto Mode share, accelerated' : 'Auto Mode share';
    const usd = Number((number * context.hours * usdPerHour).toFixed(4));
    const price = aws('eks', sku, 'USD', context);
    list.push(
      stated('auto-mode', 'Auto Mode, of what its nodes cost', price, 'compute', usd, `${usd} USD of EC2`),
    );
  }
  return list.map((component) => ({ ...component, quantityIs, basis: `${component.basis}; ${counted}` }));
}

/** What buys nodes costs nothing itself: they are billed where they are known. */
export function costOfNodePool({ cluster }: PricingContext): ResourceCost {
  return cluster.hasNodeObjects
    ? free('what it buys is billed: nodes of their own')
    : unpriced(
        'nodes that are bought as pods ask for them: estimate its pods with it, or name nodes under `nodes` of a usage file',
      );
}
