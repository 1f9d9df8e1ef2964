import type * as z from 'zod';
import type { AttentionDataReach } from '#lib/catalog/attention-data';
import type { FabricKind } from '#lib/catalog/node-fabric';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import { knobReader } from '#lib/registry/knob-reader';
import type { Entry } from '#lib/registry/registry';

/** What an engine is told about the place it runs in: decided by the plan, transcribed into a pod or an endpoint. */
export interface EngineSlot {
  /** Repository or mounted path of the weights. */
  readonly weights: string;
  /** The tokenizer is code in that repository, which the engine must run. @default false */
  readonly runsRepositoryCode?: boolean;
  /** Name under which clients ask for the model. */
  readonly servedName: string;
  readonly precision: Precision;
  /** Format of the weights in the repository; the engine quantises while loading where it differs. @default 'bf16' */
  readonly storedAs?: Precision;
  readonly kvPrecision: KvPrecision;
  /** Layers read a chosen part of a long context (DSA). @default false */
  readonly sparseAttention?: boolean;
  /** GPUs in one pod. Equals tensor parallel × pipeline parallel on one node. */
  readonly gpusPerPod: number;
  /** GPUs that share each layer, whatever groups attention has. */
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  /** Groups of those GPUs that each run attention for requests of their own; 1 where all share it. */
  readonly attentionData: number;
  /** GPUs over which whole experts are spread; 1 where each is split over all of them, and for dense models. */
  readonly expertParallel: number;
  /** Longest prompt plus answer that a sequence may hold. */
  readonly contextTokens: number;
  /** Sequences that run at once in the whole replica, as sized. */
  readonly maxSequences: number;
  /** How an engine that keeps several pools of cache divides it. @default - as it does by itself */
  readonly cachePools?: CachePools;
  /** Seconds that running requests get after SIGTERM. @default 45 */
  readonly drainSeconds?: number;
  /** @default - the plain engine */
  readonly switchedOn?: SwitchedOn;
  /** Pods that make up one replica, one to a node. @default - a replica is one pod */
  readonly group?: PodGroup;
  /** What the pods of a group talk over, where an image of the engine has its libraries. @default - TCP, or not known */
  readonly fabric?: FabricKind;
  /** The GPUs of a group's pods reach each other's memory as those of one do. @default false */
  readonly linkedHosts?: boolean;
  /** Set where prompts and answers have fleets of their own. @default - one fleet does both */
  readonly fleet?: FleetRole;
}

/** Shares of a cache of several pools, as sized. */
export interface CachePools {
  /** Tokens in the pool of layers with a window for each token in the pool of the others, above 0 and at most 1. */
  readonly windowTokensShare?: number;
  /** States of linear attention in the whole replica. */
  readonly stateSlots?: number;
}

/** What the scheduler puts in place of these texts in the arguments of each pod of a replica. */
export interface PodGroup {
  readonly pods: number;
  /** Index of the pod, 0 for the leader. */
  readonly index: string;
  /** Host name of the leader. */
  readonly leader: string;
}

/** The half of a request that a fleet computes, and how a router tells the pods of both apart: `label=value`. */
export interface FleetRole {
  readonly serves: 'prompts' | 'answers';
  readonly prompts: string;
  readonly answers: string;
  /** Stands for the namespace of both in the router's arguments. */
  readonly namespace: string;
}

/** What may be switched on beyond the plain engine, by the names of the environment file. */
export const ENGINE_TECHNIQUES = [
  'prefixCache',
  'prefill',
  'speculation',
  'adapters',
  'offload',
  'disaggregation',
] as const;
export type EngineTechnique = (typeof ENGINE_TECHNIQUES)[number];

/** How drafted tokens are made, in an engine's terms. */
export type EngineDrafter =
  | { readonly kind: 'n-gram' }
  | { readonly kind: 'mtp' }
  /** @param weights - Repository or path of the head, or of the drafting model */
  | { readonly kind: 'eagle' | 'model'; readonly weights: string; readonly tensorParallel: number };

/** Techniques as decided: quantities, repositories, no judgement left. */
export interface SwitchedOn {
  readonly prefill?: { readonly chunked: boolean; readonly budgetTokens: number };
  readonly speculation?: { readonly drafter: EngineDrafter; readonly draftTokens: number };
  readonly adapters?: {
    readonly resident: number;
    readonly rank: number;
    /** Repository or path by the name that clients ask for. */
    readonly modules: Readonly<Record<string, string>>;
  };
  /** Weights that each GPU leaves in host memory, GiB. */
  readonly offloadGibPerGpu?: number;
}

/** A file the engine reads at start, mounted from a ConfigMap. Content may hold any text: adapters escape it. */
export interface EngineFile {
  readonly path: string;
  readonly content: string;
}

/** The same launch for an AWS container image that takes its flags from the environment. */
export interface SagemakerLaunch {
  /** Repository and tag in the registry of AWS's deep-learning images. */
  readonly image: { readonly repository: string; readonly tag: string };
  readonly environment: Readonly<Record<string, string>>;
  /** Host image whose GPU driver is new enough for the container's CUDA. */
  readonly hostImage: string;
  /**
   * Variable that says how many replicas the container runs side by side. The environment has it already where one replica
   * runs attention in groups: such a container holds no second.
   */
  readonly copiesVariable: string;
}

/** What runs in the container. No CDK, no Kubernetes: every back end transcribes it. */
export interface EngineLaunch {
  readonly image: { readonly repository: string; readonly tag: string };
  /** Replaces the image's entry point; absent keeps it. */
  readonly command?: readonly string[];
  readonly args: readonly string[];
  /** Arguments of the other pods where a replica has several; absent where the engine cannot span pods. */
  readonly workerArgs?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that hold the pod's own address. @default - none */
  readonly addressVariables?: readonly string[];
  readonly files: readonly EngineFile[];
  readonly port: number;
  readonly metricsPort: number;
  /** Answers once the model is loaded; used by the startup probe. */
  readonly startupPath: string;
  readonly readinessPath: string;
  readonly livenessPath: string;
  /** The container's user, as the image ships it, so that `runAsNonRoot` holds. */
  readonly user: { readonly uid: number; readonly gid: number; readonly home: string; readonly name: string };
  /** Seconds it takes to finish running requests after SIGTERM. */
  readonly drainSeconds: number;
  /** Prometheus gauge of requests that wait; the autoscaler's signal. */
  readonly waitingMetric: string;
  /** Absent where AWS has no image of this release of the engine. */
  readonly sagemaker?: SagemakerLaunch;
  /** What stands before two fleets and hands each request from the one to the other; absent where there is one. */
  readonly router?: RouterLaunch;
}

/** A router's container. It watches the pods of its namespace. */
export interface RouterLaunch {
  readonly image: { readonly repository: string; readonly tag: string };
  readonly args: readonly string[];
  readonly port: number;
  readonly metricsPort: number;
  readonly readinessPath: string;
  readonly livenessPath: string;
  readonly user: { readonly uid: number; readonly gid: number };
}

/** How an engine can be told to lay out a replica. */
export interface EngineLayouts {
  readonly attentionData: AttentionDataReach;
  /** GPUs over which attention groups may lie, at most. @default - any number */
  readonly mostGroupedGpus?: number;
  /** Nodes of one replica, at most. @default - any number */
  readonly mostNodesPerReplica?: number;
  /** True where it spreads whole experts over GPUs. */
  readonly spreadsExperts: boolean;
}

/** What is switched on and decides which layouts are left. */
export interface BesideLayout {
  readonly drafter?: EngineDrafter['kind'];
  readonly hasAdapters: boolean;
  /** True where prompts and answers have fleets of their own. */
  readonly hasTwoFleets: boolean;
}

/** The port: everything the rest of the code may know of an engine. */
export interface Engine<
  Id extends string = string,
  Shape extends z.core.$ZodShape = z.core.$ZodShape,
> extends Entry<Id, Shape> {
  /** Which overhead constants of the sizing method apply: `vllm`, `trtllm`, `sglang`. */
  readonly calibration: 'vllm' | 'trtllm' | 'sglang';
  /** Share of GPU memory that the engine takes for weights and KV cache, from its knobs. */
  memoryShare(knobs: unknown): number;
  /** Weight formats it can serve. */
  readonly precisions: readonly Precision[];
  /** What it can do beyond plain serving. */
  readonly techniques: readonly EngineTechnique[];
  /** Networks between nodes that an image of it holds the libraries of, of the release that its knobs name. */
  fabrics(knobs: unknown): readonly FabricKind[];
  /** Those of them by which two fleets hand over the caches of prompts. */
  readonly transferFabrics: readonly FabricKind[];
  /** True where the release that its knobs name counts what loading took as if each step did. */
  countsLoading(knobs: unknown): boolean;
  /** True where its knobs leave the reuse of prompt prefixes on. */
  reusesPrefixes(knobs: unknown): boolean;
  /** Layouts that it starts with beside these techniques: the sizing chooses no other. */
  layouts(beside: BesideLayout): EngineLayouts;
  launch(slot: EngineSlot, knobs: unknown): EngineLaunch;
}

/** Types the knobs inside an engine's own file; outside, they are opaque. */
export function defineEngine<const Id extends string, Shape extends z.core.$ZodShape>(engine: {
  id: Id;
  title: string;
  knobs: z.ZodObject<Shape, z.core.$strict>;
  calibration: Engine['calibration'];
  precisions: readonly Precision[];
  techniques: readonly EngineTechnique[];
  /** @default - RDMA: its published image has the libraries */
  fabrics?: (knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => readonly FabricKind[];
  /** @default - none: it has no two fleets */
  transferFabrics?: readonly FabricKind[];
  reusesPrefixes: (knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => boolean;
  memoryShare: (knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => number;
  layouts: Engine['layouts'];
  /** @default - no release does */
  countsLoading?: (knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => boolean;
  launch: (slot: EngineSlot, knobs: z.output<z.ZodObject<Shape, z.core.$strict>>) => EngineLaunch;
}): Engine<Id, Shape> {
  const read = knobReader(engine.knobs);
  return {
    ...engine,
    transferFabrics: engine.transferFabrics ?? [],
    memoryShare: (knobs) => engine.memoryShare(read(knobs)),
    fabrics: (knobs) => engine.fabrics?.(read(knobs)) ?? ['rdma'],
    countsLoading: (knobs) => engine.countsLoading?.(read(knobs)) ?? false,
    reusesPrefixes: (knobs) => engine.reusesPrefixes(read(knobs)),
    launch: (slot, knobs) => engine.launch(slot, read(knobs)),
  };
}
