import { isList, own, ownObject, ownText } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { isNodePool } from '#lib/cost/kubernetes/bought-pools';
import { kindOf, makesPods, storeKind, workloadsOf, type Workload } from '#lib/cost/kubernetes/workloads';
import {
  aws,
  components,
  free,
  standing,
  unpriced,
  used,
  type PricingContext,
  type ResourceCost,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { isPlainWord } from '#lib/cost/resources/plain-word';
import type { StoreObject } from '#lib/cost/kubernetes/store-objects';
import { CLOUDS, costOfNodePool, costOfPods, kubernetesNodes } from '#lib/cost/resources/kubernetes-nodes';
import { claimedVolumes, together } from '#lib/cost/resources/kubernetes-volumes';

const NO_CHARGE = 'a setting inside of the cluster';

/** Objects whose pods run, and the volumes that each pod of a StatefulSet claims. */
const workloads: ResourcePricing = {
  types: [
    'apps/v1/DaemonSet',
    'apps/v1/Deployment',
    'apps/v1/ReplicaSet',
    'apps/v1/StatefulSet',
    'batch/v1/CronJob',
    'batch/v1/Job',
    'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet',
    'ray.io/v1/RayCluster',
    'ray.io/v1/RayService',
    'v1/Pod',
    'v1/ReplicationController',
  ],
  cost: (resource, context) => {
    const made = workloadsOf([resource]);
    requireCounts(made);
    const pods = costOfPods(resource, context);
    const templates = own(own(resource.properties, 'spec'), 'volumeClaimTemplates');
    if (!isList(templates) || templates.length === 0) return pods;
    const [workload] = made;
    const volumes = templates.map((claim, index) =>
      claimedVolumes(
        own(claim, 'spec'),
        workload?.pods.base ?? 1,
        context,
        index === 0 ? 'volume' : `volume-${index}`,
      ),
    );
    return together(volumes, pods);
  },
};

/** @throws OpenFact where an object does not tell the number of its pods, which decides all that it costs */
function requireCounts(made: readonly Workload[]): void {
  const open = made.find(({ openCount }) => openCount !== null)?.openCount;
  if (typeof open === 'string') throw new OpenFact(open);
}

/** A database that an operator makes of an object: its pods and the volumes that they claim. */
function costOfStore(
  { volumes, open }: StoreObject,
  pods: ResourceCost,
  context: PricingContext,
): ResourceCost {
  const claimed = volumes.map(({ claim, count }, index) =>
    claimedVolumes(claim, count, context, index === 0 ? 'volume' : `volume-${index}`),
  );
  return together(open === undefined ? claimed : [...claimed, unpriced(open)], pods);
}

const claims: ResourcePricing = {
  types: ['v1/PersistentVolumeClaim'],
  cost: (resource, context) => {
    const spec = own(resource.properties, 'spec');
    if (ownText(spec, 'volumeName') !== null) return free('takes a volume that stands already');
    return claimedVolumes(spec, 1, context);
  },
};

/** Balancers that annotations or a class name; without either a cluster of AWS makes a classic one. */
const services: ResourcePricing = {
  types: ['v1/Service'],
  cost: (resource, context) => {
    const spec = own(resource.properties, 'spec');
    const type = own(spec, 'type');
    if (type instanceof Unresolved) throw new OpenFact(`type depends on ${type.dependsOn}`);
    if (type !== 'LoadBalancer') return free(NO_CHARGE);
    const asked = annotation(resource, 'service.beta.kubernetes.io/aws-load-balancer-type');
    const isNetwork = asked !== null || /(?:^|\/)nlb$/.test(ownText(spec, 'loadBalancerClass') ?? '');
    if (isNetwork) return balancer('NLB', context);
    const { cloud, nodes } = context.cluster;
    if (cloud === 'gke' || cloud === 'aks') return unpriced(`a load balancer of ${CLOUDS[cloud]}`);
    if (cloud === null && nodes !== 'here')
      return unpriced('a load balancer of the cluster’s cloud, which the object does not name');
    return components(
      standing('hours', 'classic load balancer', aws('elb', 'CLB', 'hour', context), 'network', context),
      used('data', 'data through the load balancer', aws('elb', 'CLB data', 'GB', context)),
    );
  },
};

/** The controller of AWS makes a balancer for each, or one for all of a group. */
const ingresses: ResourcePricing = {
  types: ['networking.k8s.io/v1/Ingress'],
  shares: true,
  cost: (resource, context) => {
    const name =
      ownText(own(resource.properties, 'spec'), 'ingressClassName') ??
      annotation(resource, 'kubernetes.io/ingress.class');
    if (name !== 'alb') return free('a route of a controller in the cluster, whose service has the balancer');
    const group = annotation(resource, 'alb.ingress.kubernetes.io/group.name');
    const cost = balancer('ALB', context);
    if (group === null || cost.state !== 'components') return cost;
    const [hours, ...others] = cost.components;
    if (hours === undefined) return cost;
    return components({ ...hours, sharedBy: `alb-group/${context.region}/${group}` }, ...others);
  },
};

function balancer(kind: 'ALB' | 'NLB', context: PricingContext): ResourceCost {
  return components(
    standing('hours', kind, aws('elb', kind, 'hour', context), 'network', context),
    used('capacity', `${kind} capacity units`, aws('elb', `${kind} LCU`, 'LCU-hour', context)),
  );
}

/** Charts that only serve the nodes: they start controllers and agents, and claim nothing that is billed. */
const SERVING_CHARTS = new Set([
  'aws-load-balancer-controller',
  'aws-efa-k8s-device-plugin',
  'aws-node-termination-handler',
  'cert-manager',
  'cloudnative-pg',
  'cluster-autoscaler',
  'dcgm-exporter',
  'dra-driver-nvidia-gpu',
  'external-dns',
  'gpu-operator',
  'k8s-device-plugin',
  'karpenter',
  'keda',
  'kuberay-operator',
  'kueue',
  'lws',
  'metrics-server',
  'milvus-operator',
  'network-operator',
  'node-feature-discovery',
  'nvidia-device-plugin',
]);

const charts: ResourcePricing = {
  types: ['helm_release', 'Custom::AWSCDK-EKS-HelmChart'],
  cost: ({ properties }) => {
    const chart =
      ownText(properties, 'chart') ?? ownText(properties, 'Chart') ?? ownText(properties, 'Repository');
    const name = chart?.replace(/^.*\//, '').replace(/-\d[\w.]*\.tgz$/, '') ?? null;
    if (name !== null && SERVING_CHARTS.has(name))
      return free('controllers and agents on nodes that are billed');
    const shown = name !== null && isPlainWord(name) ? name : '<chart>';
    return unpriced(
      `a chart that was not rendered: \`helm template ${shown} > objects.yaml\`, then estimate that file`,
    );
  },
};

/** Groups whose objects have a controller buy something outside of the cluster. */
const BUYERS: readonly (readonly [group: RegExp, what: string])[] = [
  [/\.services\.k8s\.aws$/, 'a resource of AWS, bought by its controller'],
  [/(?:^|\.)(?:upbound|crossplane)\.io$/, 'a resource of a cloud, bought by Crossplane'],
];

const carriers: ResourcePricing = {
  types: ['kubernetes_*', 'kubectl_manifest'],
  cost: () => free('its objects are not readable here; pods of it run on nodes that are billed'),
};

export const kubernetes: readonly ResourcePricing[] = [
  workloads,
  claims,
  services,
  ingresses,
  kubernetesNodes,
  charts,
  carriers,
];

/** What any other object costs: its version does not matter, and most are settings. */
export function costOfObject(resource: ReadResource, context: PricingContext): ResourceCost {
  const kind = kindOf(resource.type);
  const group = resource.type.includes('/') ? (resource.type.split('/')[0] ?? '') : '';
  const buys = BUYERS.find(([pattern]) => pattern.test(group));
  if (buys !== undefined) return unpriced(buys[1]);
  if (isNodePool(resource)) return costOfNodePool(context);
  const store = storeKind(resource.type);
  if (store !== undefined) {
    requireCounts(workloadsOf([resource]));
    return costOfStore(store(own(resource.properties, 'spec')), costOfPods(resource, context), context);
  }
  if (makesPods(resource)) return workloads.cost(resource, context);
  if (kind === 'PersistentVolume') return free('stands for a volume, which is billed where it was made');
  return free(NO_CHARGE);
}

function annotation({ properties }: ReadResource, name: string): string | null {
  return ownText(ownObject(ownObject(properties, 'metadata'), 'annotations'), name);
}
