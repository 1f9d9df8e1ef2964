import { resourcesOf } from '#lib/artifacts/by-type';
import { isList, own, ownObject, ownText } from '#lib/artifacts/json';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { podCount, podsOfGroups } from '#lib/cost/kubernetes/pod-count';
import { OpenRequest, podDemand, podSpecOf, type PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { toldByServe } from '#lib/cost/kubernetes/ray-serving';
import { SERVING_KINDS } from '#lib/cost/kubernetes/serving-objects';
import { STORE_OBJECTS, type StoreObject } from '#lib/cost/kubernetes/store-objects';

/** Pods that an object keeps running, and how many. */
export interface Workload {
  readonly resource: ReadResource;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** `spec` of its pods. */
  readonly pod: unknown;
  /** `every-node`: one on each node that takes it; `for-a-time`: until their work is done. */
  readonly runs: 'always' | 'every-node' | 'for-a-time';
  readonly pods: PodCount;
  /** Why their number is not known: `pods` then says one. @default null */
  readonly openCount: string | null;
}

/** Between what an autoscaler may leave and make. */
export interface PodCount {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

interface Part {
  readonly pod: unknown;
  readonly count: unknown;
  readonly runs: Workload['runs'];
  /** Pods that the object's own autoscaler makes at most. @default - none scales it */
  readonly most?: unknown;
}

type Spec = unknown;

const template = (spec: Spec, count: unknown, runs: Workload['runs'] = 'always'): Part[] => [
  { pod: podSpecOf(own(spec, 'template')), count, runs },
];

/** Where objects keep the pods that they make, by group and kind. */
const KINDS: Readonly<Record<string, (spec: Spec) => readonly Part[]>> = {
  Pod: (spec) => [{ pod: spec, count: 1, runs: 'always' }],
  Deployment: (spec) => template(spec, own(spec, 'replicas')),
  ReplicaSet: (spec) => template(spec, own(spec, 'replicas')),
  ReplicationController: (spec) => template(spec, own(spec, 'replicas')),
  StatefulSet: (spec) => template(spec, own(spec, 'replicas')),
  DaemonSet: (spec) => template(spec, 1, 'every-node'),
  Job: (spec) => template(spec, own(spec, 'parallelism'), 'for-a-time'),
  CronJob: (spec) => {
    const job = own(own(spec, 'jobTemplate'), 'spec');
    return template(job, own(job, 'parallelism'), 'for-a-time');
  },
  // LeaderWorkerSet: groups of `size` pods, of which one leads and may have a template of its own.
  LeaderWorkerSet: (spec) => {
    const group = ownObject(spec, 'leaderWorkerTemplate');
    const [groups, size] = [own(spec, 'replicas'), own(group, 'size')];
    const worker = podSpecOf(own(group, 'workerTemplate'));
    const leader = podSpecOf(own(group, 'leaderTemplate'));
    const count = podsOfGroups(groups, size);
    if (leader === undefined || typeof count !== 'number') return [{ pod: worker, count, runs: 'always' }];
    return [
      { pod: leader, count: groups, runs: 'always' },
      { pod: worker, count: Math.max(0, count - podCount(groups)), runs: 'always' },
    ];
  },
  // KubeRay: one head, and groups of workers.
  RayCluster: rayParts,
  RayService: (spec) =>
    rayParts(own(spec, 'rayClusterConfig')).map((part) => ({ ...part, pod: toldByServe(part.pod, spec) })),
  ...Object.fromEntries(
    Object.entries(SERVING_KINDS).map(([kind, partsOf]) => [
      kind,
      (spec: Spec): Part[] => partsOf(spec).map((part) => ({ ...part, runs: 'always' })),
    ]),
  ),
};

function rayParts(spec: Spec): readonly Part[] {
  const groups = own(spec, 'workerGroupSpecs');
  return [
    ...template(own(spec, 'headGroupSpec'), 1),
    ...(isList(groups) ? groups : []).flatMap((group) => template(group, own(group, 'replicas'))),
  ];
}

/** Whether objects of a type make pods, as far as is known here. */
export function makesPods({ format, type }: ReadResource): boolean {
  return format === 'kubernetes' && isWorkload(type);
}

function isWorkload(type: string): boolean {
  return Object.hasOwn(KINDS, kindOf(type)) || storeKind(type) !== undefined;
}

/** The reading of an object that is made a database of; `undefined` of any other. */
export function storeKind(type: string): ((spec: Spec) => StoreObject) | undefined {
  const [group] = type.split('/');
  const name = `${group ?? ''}/${kindOf(type)}`;
  return Object.hasOwn(STORE_OBJECTS, name) ? STORE_OBJECTS[name] : undefined;
}

function partsOf({ type, properties }: ReadResource): readonly Part[] {
  const spec = own(properties, 'spec');
  const store = storeKind(type);
  return store === undefined
    ? (KINDS[kindOf(type)]?.(spec) ?? [])
    : store(spec).pods.map((part) => ({ ...part, runs: 'always' }));
}

export function kindOf(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}

/** Everything that keeps pods running; one entry for each kind of pod of an object. */
export function workloadsOf(resources: readonly ReadResource[]): readonly Workload[] {
  const objects = resourcesOf(resources, isWorkload).filter(makesPods);
  if (objects.length === 0) return [];
  const scalers = scalersOf(resources);
  return objects.flatMap((resource): Workload[] => {
    const kind = kindOf(resource.type);
    const metadata = ownObject(resource.properties, 'metadata');
    const [namespace, name] = [ownText(metadata, 'namespace'), ownText(metadata, 'name') ?? resource.address];
    const parts = partsOf(resource);
    const scaler = scalers.get(targetKey(namespace, kind, name));
    return parts.map(({ pod, count, runs, most }) => {
      const counted = countOf({ count, most, scaler });
      return { resource, kind, namespace, name, pod, runs, ...counted };
    });
  });
}

/**
 * What a workload asks of a node.
 *
 * @throws OpenRequest where a request or the number of its pods is not known
 */
export function workloadDemand({ pod, openCount }: Pick<Workload, 'pod' | 'openCount'>): PodDemand {
  if (openCount !== null) throw new OpenRequest(openCount);
  return podDemand(pod);
}

/** Bounds as they are written. */
interface Scaler {
  readonly least: unknown;
  readonly most: unknown;
  readonly usual: { readonly least: number; readonly most: number };
}

function countOf({
  count,
  most,
  scaler,
}: Pick<Part, 'count' | 'most'> & { scaler: Scaler | undefined }): Pick<Workload, 'pods' | 'openCount'> {
  try {
    return { pods: scaled(count, most, scaler), openCount: null };
  } catch (error) {
    if (!(error instanceof OpenRequest)) throw error;
    return { pods: { low: 1, base: 1, high: 1 }, openCount: error.message };
  }
}

function scaled(count: unknown, ownMost: unknown, scaler: Scaler | undefined): PodCount {
  if (scaler === undefined) {
    const stated = podCount(count);
    const high = podCount(ownMost, stated);
    return { low: stated, base: Math.min(high, stated), high };
  }
  const least = podCount(scaler.least, scaler.usual.least);
  const most = podCount(scaler.most, Math.max(least, scaler.usual.most));
  // An autoscaler decides from its least on, unless the object starts with more.
  return { low: least, base: Math.min(most, Math.max(least, podCount(count, least))), high: most };
}

/** Horizontal autoscalers, of Kubernetes and of KEDA, by what they scale. */
function scalersOf(resources: readonly ReadResource[]): ReadonlyMap<string, Scaler> {
  const found = new Map<string, Scaler>();
  for (const { format, type, properties } of resources) {
    const names = format === 'kubernetes' ? SCALERS[kindOf(type)] : undefined;
    if (names === undefined) continue;
    const { usual } = names;
    const spec = own(properties, 'spec');
    const target = own(spec, 'scaleTargetRef');
    const key = targetKey(
      ownText(ownObject(properties, 'metadata'), 'namespace'),
      ownText(target, 'kind') ?? 'Deployment',
      ownText(target, 'name') ?? '',
    );
    found.set(key, { least: own(spec, names.least), most: own(spec, names.most), usual });
  }
  return found;
}

/** With the bounds that hold where none is written. */
const SCALERS: Readonly<Record<string, Scaler & { readonly least: string; readonly most: string }>> = {
  HorizontalPodAutoscaler: { least: 'minReplicas', most: 'maxReplicas', usual: { least: 1, most: 1 } },
  ScaledObject: { least: 'minReplicaCount', most: 'maxReplicaCount', usual: { least: 0, most: 100 } },
};

function targetKey(namespace: string | null, kind: string, name: string): string {
  return `${namespace ?? ''}/${kind}/${name}`;
}
