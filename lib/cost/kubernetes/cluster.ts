import { own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { isNodes } from '#lib/cost/kubernetes/node-pools';
import { kindOf } from '#lib/cost/kubernetes/workloads';

/** What the cost of a Kubernetes object depends on beside itself. */
export interface ClusterFacts {
  /** Where pods run: on nodes of this app, on ones bought elsewhere, or on ones that nobody names. */
  readonly nodes: 'here' | 'elsewhere' | 'unknown';
  /** True where volumes and load balancers are those of AWS. */
  readonly isAws: boolean;
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
function isOfAws(resource: ReadResource): boolean {
  if (resource.type !== 'v1/Node') return EKS.has(resource.type);
  const labels = ownObject(ownObject(resource.properties, 'metadata'), 'labels');
  return ownText(labels, 'node.kubernetes.io/instance-type')?.includes('.') === true;
}

/** @param areNodesElsewhere - True for the artifacts of a plan whose servers are bought by contract */
export function clusterFacts(resources: readonly ReadResource[], areNodesElsewhere: boolean): ClusterFacts {
  const classes = resources.filter(
    ({ format, type }) => format === 'kubernetes' && kindOf(type) === 'StorageClass',
  );
  return {
    nodes: resources.some((resource) => isNodes(resource) || FARGATE.has(resource.type))
      ? 'here'
      : areNodesElsewhere
        ? 'elsewhere'
        : 'unknown',
    isAws: resources.some(isOfAws),
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
