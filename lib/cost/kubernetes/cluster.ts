import { resourcesByType, resourcesOf } from '#lib/artifacts/by-type';
import { isList, own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { AUTO_LABEL } from '#lib/cost/kubernetes/bought-node';
import type { BoughtNodes } from '#lib/cost/kubernetes/bought-nodes';
import { cloudOfObjects, type Cloud } from '#lib/cost/kubernetes/cloud-of-objects';
import { nodesAmong } from '#lib/cost/kubernetes/node-pools';
import { kindOf } from '#lib/cost/kubernetes/workloads';

/** What the cost of a Kubernetes object depends on beside itself. */
export interface ClusterFacts {
  /** Where pods run: on nodes of this app, on ones bought elsewhere, or on ones that nobody names. */
  readonly nodes: 'here' | 'elsewhere' | 'unknown';
  /** Whose it is: volumes and load balancers are those of the cloud. `null` where nothing says. */
  readonly cloud: Cloud | null;
  /** True where EKS Auto Mode buys its nodes. */
  readonly isAuto: boolean;
  /** True where nodes that Auto Mode runs are billed, and its share with them. */
  readonly hasAutoNodes: boolean;
  /** True where nodes stand as objects: those of a listing, those that a usage file names, those that pods ask for. */
  readonly hasNodeObjects: boolean;
  /** What runs for a time on nodes that are bought for it, by address. */
  readonly runs: BoughtNodes['runs'];
  /** Objects whose pods no pool takes, and why. */
  readonly unplaced: BoughtNodes['unplaced'];
  /** Of the app, by name; the default under `''`. */
  readonly storageClasses: ReadonlyMap<string, ReadResource>;
}

const EKS = new Set([
  'AWS::EKS::Cluster',
  'AWS::EKS::Nodegroup',
  'aws_eks_cluster',
  'aws_eks_node_group',
  'Custom::AWSCDK-EKS-Cluster',
]);
/** Pods of their namespaces run without nodes, and are billed by use where the profile is. */
const FARGATE = new Set(['AWS::EKS::FargateProfile', 'aws_eks_fargate_profile']);
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Instance types of AWS have a point in their names, those of other clouds have none. */
function isOfAws(node: ReadResource): boolean {
  const labels = ownObject(ownObject(node.properties, 'metadata'), 'labels');
  return ownText(labels, 'node.kubernetes.io/instance-type')?.includes('.') === true;
}

function isAutoCluster({ properties }: ReadResource): boolean {
  const compute = own(properties, 'ComputeConfig') ?? own(properties, 'compute_config');
  const block: unknown = isList(compute) ? compute[0] : compute;
  return [own(block, 'Enabled'), own(block, 'enabled')].some((value) => value === true || value === 'true');
}

function isAutoNode({ properties }: ReadResource): boolean {
  return own(ownObject(ownObject(properties, 'metadata'), 'labels'), AUTO_LABEL) === 'auto';
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

export interface ClusterContext {
  /** True for the artifacts of a plan whose servers are bought by contract. */
  readonly areNodesElsewhere: boolean;
  /** Nodes that were added to the resources since their pods ask for them. @default - none */
  readonly bought?: BoughtNodes | undefined;
}

export function clusterFacts(
  resources: readonly ReadResource[],
  { areNodesElsewhere, bought }: ClusterContext,
): ClusterFacts {
  const nodes = resourcesByType(resources).get('v1/Node') ?? [];
  const ofEks = resourcesOf(resources, (type) => EKS.has(type));
  const classes = resourcesOf(resources, (type) => kindOf(type) === 'StorageClass').filter(
    ({ format }) => format === 'kubernetes',
  );
  const areHere =
    nodesAmong(resources).length > 0 || resourcesOf(resources, (type) => FARGATE.has(type)).length > 0;
  return {
    nodes: areHere ? 'here' : areNodesElsewhere ? 'elsewhere' : 'unknown',
    cloud: ofEks.length > 0 || nodes.some(isOfAws) ? 'aws' : cloudOfObjects(resources),
    isAuto: ofEks.some(isAutoCluster),
    hasNodeObjects: nodes.length > 0,
    hasAutoNodes: bought?.nodes.some(isAutoNode) ?? false,
    runs: bought?.runs ?? NOTHING,
    unplaced: bought?.unplaced ?? NOTHING,
    storageClasses: new Map(
      classes.flatMap((resource) => {
        const metadata = ownObject(resource.properties, 'metadata');
        const isDefault = own(ownObject(metadata, 'annotations'), DEFAULT_CLASS) === 'true';
        const name = ownText(metadata, 'name') ?? '';
        return isDefault ? [[name, resource] as const, ['', resource] as const] : [[name, resource] as const];
      }),
    ),
  };
}
