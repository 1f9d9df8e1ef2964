import { podRoom } from '#lib/vector-stores/pod-room';
import type { Plan } from '#lib/plan/plan';

/** The part of a plan that a vector store in the cluster is transcribed from. */
export interface StoreSlice {
  readonly environment: string;
  readonly option: string;
  /** The store's id: the name of its objects too. */
  readonly store: string;
  /** The store's own: its Pod Security level and its rules differ from those of the model server. */
  readonly namespace: string;
  /** One on a node, which it has for itself: what it claims, its volume, and what of the node's disk it may fill. */
  readonly pods: {
    readonly count: number;
    readonly vcpus: number;
    readonly memoryGib: number;
    readonly diskGib: number;
    readonly cacheGib: number;
  };
  /** Disk of one copy, in GiB. */
  readonly storageGib: number;
  readonly copies: number;
  readonly dimensions: number;
  readonly knobs: Readonly<Record<string, unknown>>;
  /** Registry that its image is pulled through. @default - its own */
  readonly imageRegistry?: string;
}

/** Takes the slice out of a plan; `null` where the plan has no vector store in its cluster. */
export function storeSlice(plan: Plan): StoreSlice | null {
  const { cluster, retrieval } = plan;
  if (cluster === null || retrieval === null || retrieval.runsOn !== 'kubernetes') return null;
  const { nodes, storageGib } = retrieval.sizing;
  if (nodes === null) throw new Error(`${retrieval.store} runs in the cluster, but its size has no nodes`);
  return {
    environment: plan.environment,
    option: plan.option,
    store: retrieval.store,
    namespace: `${cluster.namespace}-store`,
    pods: {
      count: nodes.count,
      ...podRoom(nodes),
      diskGib: Math.max(1, nodes.diskGib),
      cacheGib: Math.max(1, nodes.cacheGib ?? 0),
    },
    storageGib,
    copies: retrieval.copies,
    dimensions: retrieval.dimensions,
    knobs: retrieval.knobs,
    ...(cluster.imageRegistry === undefined ? {} : { imageRegistry: cluster.imageRegistry }),
  };
}
