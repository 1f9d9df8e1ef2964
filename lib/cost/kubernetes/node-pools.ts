import { resourcesOf } from '#lib/artifacts/by-type';
import { isList, isObject, own, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import { referenceOfId } from '#lib/catalog/prices';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import type { NodeTraits, Taint } from '#lib/cost/kubernetes/node-labels';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** Nodes of one kind that the bill pays for. */
export interface NodePool extends NodeTraits {
  /** Key of the bill's line that pays for them. */
  readonly key: string;
  readonly instanceType: string;
  readonly nodes: number;
  /** `null` where the catalog does not know the type. */
  readonly shape: NodeSize | null;
  /** `null` where the line has no price. */
  readonly monthlyUsd: number | null;
}

/** Resources that are nodes of a cluster. Other instances of an app are servers of their own. */
const NODES = new Set(['AWS::EKS::Nodegroup', 'aws_eks_node_group', 'v1/Node']);
const GROUPS = new Set(['AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group']);
/** The tag by which instances of one's own join a cluster of EKS. */
const CLUSTER_TAG = /^(?:kubernetes\.io\/cluster\/|k8s\.io\/cluster\/|eks:cluster-name$)/;

/** Those that are nodes of a cluster. */
export function nodesAmong(resources: readonly ReadResource[]): readonly ReadResource[] {
  return resourcesOf(resources, (type) => NODES.has(type) || GROUPS.has(type)).filter(
    (resource) => NODES.has(resource.type) || tagKeys(resource).some((key) => CLUSTER_TAG.test(key)),
  );
}

/** The nodes of a bill; spot and on-demand instances of one group are two pools of the same traits. */
export function nodePools(
  resources: readonly ReadResource[],
  lines: readonly ArtifactLine[],
  nodeSizes: ReadonlyMap<string, NodeSize>,
): readonly NodePool[] {
  const byAddress = new Map(nodesAmong(resources).map((resource) => [resource.address, resource]));
  if (byAddress.size === 0) return [];
  return lines.flatMap((line): NodePool[] => {
    const resource = byAddress.get(line.address);
    const price = line.priceId === null ? null : referenceOfId(line.priceId);
    if (resource === undefined || price?.unit !== 'instance-hour' || !price.service.startsWith('ec2')) {
      return [];
    }
    const { sku: instanceType, region } = price;
    return [
      {
        key: line.item.key,
        instanceType,
        nodes: line.item.quantity / HOURS_PER_MONTH,
        shape: nodeSizes.get(instanceType) ?? null,
        monthlyUsd: line.item.monthlyUsd,
        labels: new Map([
          ['node.kubernetes.io/instance-type', instanceType],
          ['topology.kubernetes.io/region', region],
          ['kubernetes.io/os', 'linux'],
          ['eks.amazonaws.com/capacityType', price.service === 'ec2-spot' ? 'SPOT' : 'ON_DEMAND'],
          ...architectureOf(nodeSizes.get(instanceType)),
          ...labelsOf(resource),
        ]),
        taints: taintsOf(resource),
      },
    ];
  });
}

function architectureOf(size: NodeSize | undefined): readonly (readonly [string, string])[] {
  return size === undefined ? [] : [['kubernetes.io/arch', size.architecture]];
}

function labelsOf({ format, properties }: ReadResource): readonly (readonly [string, string])[] {
  const labels =
    format === 'kubernetes'
      ? own(own(properties, 'metadata'), 'labels')
      : own(properties, format === 'terraform' ? 'labels' : 'Labels');
  if (!isObject(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
}

function taintsOf({ format, properties }: ReadResource): readonly Taint[] {
  const written =
    format === 'kubernetes'
      ? own(own(properties, 'spec'), 'taints')
      : own(properties, format === 'terraform' ? 'taint' : 'Taints');
  const name = (field: string) =>
    format === 'cloudformation' ? field[0]?.toUpperCase() + field.slice(1) : field;
  const taints = isList(written) ? written : written === undefined ? [] : [written];
  return taints.filter(isObject).map((taint) => ({
    key: ownText(taint, name('key')) ?? '',
    value: ownText(taint, name('value')) ?? '',
    effect: ownText(taint, name('effect')) ?? '',
  }));
}

function tagKeys({ properties }: ReadResource): readonly string[] {
  const tags = own(properties, 'Tags') ?? own(properties, 'tag') ?? own(properties, 'tags');
  if (isList(tags)) return tags.flatMap((tag) => ownText(tag, 'Key') ?? ownText(tag, 'key') ?? []);
  return isObject(tags) ? Object.keys(tags) : [];
}
