import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { LoraTarget } from '#lib/sizing/lora-parameters';
import type { ZeroStage } from '#lib/training/zero-stage';
import type { ActivationMode } from '#lib/training/activations';
import type { MemoryNeed, Optimiser } from '#lib/training/memory';
import type { Reliability } from '#lib/training/reliability';
import type { TrainingLayout, TrainingPrecision } from '#lib/training/setup';
import type { Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

export const TRAINING_KINDS = ['pre-training', 'sft', 'lora', 'qlora', 'distillation', 'preference'] as const;
export type TrainingKind = (typeof TRAINING_KINDS)[number];
/** With the reinforcement by groups of answers, which is counted in steps and not in tokens. */
export const JOB_KINDS = [...TRAINING_KINDS, 'grpo'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export interface Adapter {
  readonly rank: number;
  readonly targets: readonly LoraTarget[];
}

/** A training run to be sized. */
export interface TrainingDemand {
  readonly kind: TrainingKind;
  readonly model: Model;
  readonly accelerator: Accelerator;
  /** Format of the multiplications. */
  readonly precision: TrainingPrecision;
  /** Tokens trained over: epochs, and both answers of a preference pair, included. */
  readonly tokens: number;
  readonly sequenceTokens: number;
  /** Sequences of one optimiser step. It caps the GPUs: a copy of the model needs one at least. */
  readonly globalBatch: number;
  /** Sequences of one forward pass of one copy. @default - 1, and 2 of a preference: both answers */
  readonly microBatch?: number;
  /** GPUs of the run. @default - the fewest that hold it, or that meet `withinHours` */
  readonly gpus?: number;
  /** Hours until it must be done, interruptions included. */
  readonly withinHours?: number;
  /** GPUs that can be had. @default - 16,384 */
  readonly mostGpus?: number;
  /** @default - `adam` */
  readonly optimiser?: Optimiser;
  /** @default - rank 16 on all projections for `lora` and `qlora`; none for the others, which then train all weights */
  readonly adapter?: Adapter;
  /** The model whose outputs are learnt; it runs forward on every token. Needed for `distillation`. */
  readonly teacher?: Model;
  /**
   * Sequences of a batch at which as many tokens again are needed as with small batches (McCandlish et al., An
   * Empirical Model of Large-Batch Training). @default - tokens do not depend on the batch
   */
  readonly criticalBatch?: number;
  /** Publisher's software, as the measured runs name it. @default - `megatron-bridge` */
  readonly software?: string;
  /** Months from January 2024 to the software in use. @default - the newest that was measured */
  readonly softwareMonth?: number;
  /** Share of a GPU's memory that may be filled, 0–1. @default - 0.95 */
  readonly memoryShare?: number;
  /** GB/s at which all GPUs together write a checkpoint. @default - 10 */
  readonly checkpointGbPerSecond?: number;
  /** Hours of one GPU between interruptions of its job. @default - 50,676, of Llama 3's run on 16,384 H100 */
  readonly mtbfGpuHours?: number;
  /** Minutes from an interruption until the run computes again. @default - 15 */
  readonly restartMinutes?: number;
}

/** GPUs that hold a run, how long it takes, and everything that led to it. */
export interface TrainingSizing {
  readonly fits: true;
  readonly gpus: number;
  readonly layout: TrainingLayout;
  readonly zero: ZeroStage;
  readonly activations: ActivationMode;
  readonly memory: MemoryNeed;
  readonly usableGib: number;
  /** Model FLOPs of the whole run, another model's forward passes included, recomputation not. */
  readonly flops: number;
  /** Tokens after what a large batch wastes. */
  readonly tokens: number;
  /** Of all GPUs together. */
  readonly tokensPerSecond: Band;
  /** Share of the dense peak of `precision`. */
  readonly mfu: Band;
  /** Hours of computing, and with interruptions. */
  readonly computeHours: Band;
  readonly hours: Band;
  readonly gpuHours: Band;
  /** GPUs beyond which no more copies of this layout find a sequence in the batch. */
  readonly batchCapGpus: number;
  readonly reliability: Reliability;
  /** Bytes of what is served afterwards: the model in 16 bits, or the adapter alone. */
  readonly servedBytes: number;
  readonly confidence: 'calibrated' | 'extrapolated';
  /** What the figures leave out, in finished sentences. */
  readonly notes: readonly string[];
  readonly derivation: readonly Step[];
}

export interface TrainingMisfit {
  readonly fits: false;
  /** Each a finished sentence fragment: what is needed, what there is. */
  readonly reasons: readonly string[];
}
