import { memoryGib } from '#lib/catalog/accelerators';
import type { ZeroStage } from '#lib/training/zero-stage';
import { ACTIVATION_MODES, type ActivationMode } from '#lib/training/activations';
import { copiesOf, trainingMemory, type MemoryDemand, type MemoryNeed } from '#lib/training/memory';
import { trainingSpeed, type TrainingSpeed } from '#lib/training/mfu';
import type { TrainingLayout, TrainingSetup } from '#lib/training/setup';

/** A run whose layout is still open. */
export interface OpenRun {
  readonly setup: Omit<TrainingSetup, 'gpus' | 'layout' | 'shardsWeights' | 'recomputes' | 'globalBatch'>;
  /** Sequences of one optimiser step: no more copies than this can work at once. */
  readonly globalBatch: number;
  readonly memory: Pick<
    MemoryDemand,
    'method' | 'optimiser' | 'adapterParameters' | 'frozenParameters' | 'offloads'
  >;
  /** Share of a GPU's memory that may be filled, 0–1. */
  readonly memoryShare: number;
}

/** A layout that fits, with what it needs and how fast it is. */
export interface FittedRun {
  readonly gpus: number;
  readonly layout: TrainingLayout;
  readonly zero: ZeroStage;
  readonly activations: ActivationMode;
  readonly copies: number;
  readonly memory: MemoryNeed;
  readonly usableGib: number;
  readonly speed: TrainingSpeed;
}

/** Widest tensor and context groups in use; beyond it their communication leaves the node. */
const WIDEST_GROUP = 8;
const MOST_STAGES = 16;
/** Stages that ZeRO is run at: states split, or weights too (FSDP). */
const ZERO_STAGES = [1, 3] as const;

/** Numbers of GPUs worth trying, up to `most`: powers of two. */
export function gpuCounts(most: number): readonly number[] {
  return powersOfTwo(most);
}

/** The fastest layout of so many GPUs that fits; `null` where none does. */
export function fastestFit(run: OpenRun, gpus: number): FittedRun | null {
  let best: FittedRun | null = null;
  for (const candidate of candidates(run, gpus)) {
    if (candidate.memory.neededGib > candidate.usableGib) continue;
    const timed = withSpeed(run, candidate);
    if (timed !== null && (best === null || baseRate(timed) > baseRate(best))) best = timed;
  }
  return best;
}

/** The layout of so many GPUs that needs the least memory on each, whether it fits or not; for a reason. */
export function leanestFit(run: OpenRun, gpus: number): FittedRun | null {
  const [leanest] = candidates(run, gpus).toSorted((a, b) => a.memory.neededGib - b.memory.neededGib);
  return leanest === undefined ? null : withSpeed(run, leanest);
}

function baseRate({ speed }: FittedRun): number {
  return speed.tokensPerSecondPerGpu.base;
}

/** Its speed is asked for only where it matters: layouts that do not fit need none. */
type Candidate = Omit<FittedRun, 'speed'>;

/** `null` where the accelerator has no unit for the format. */
function withSpeed({ setup, globalBatch }: OpenRun, candidate: Candidate): FittedRun | null {
  const { gpus, layout, zero, activations } = candidate;
  const speed = trainingSpeed({
    ...setup,
    gpus,
    globalBatch,
    layout,
    shardsWeights: zero === 3,
    recomputes: activations === 'recompute',
  });
  return speed === null ? null : { ...candidate, speed };
}

function candidates(run: OpenRun, gpus: number): Candidate[] {
  const { setup, memory: demand } = run;
  const { shape, accelerator, sequenceTokens, microBatch } = setup;
  const usableGib = memoryGib(accelerator) * run.memoryShare;
  return layoutsOf(run, gpus).flatMap((layout) =>
    ZERO_STAGES.flatMap((zero) =>
      ACTIVATION_MODES.flatMap((activations) => {
        const copies = copiesOf({ gpus, layout });
        if (zero === 3 && (copies === 1 || layout.pipeline > 1)) return [];
        const memory = trainingMemory({
          ...demand,
          chunksLogits: false,
          // Weights that are not split are trained by Megatron, split ones by FSDP, which sums what it has split in 16.
          sumsIn32Bits: zero === 1,
          shape,
          zero,
          gpus,
          layout,
          sequenceTokens,
          microBatch,
          activations,
        });
        return [{ gpus, layout, zero, activations, copies: copies / layout.context, memory, usableGib }];
      }),
    ),
  );
}

/** Every split of the GPUs whose copies have a sequence each; groups of GPUs are powers of two. */
function layoutsOf({ setup, globalBatch }: OpenRun, gpus: number): TrainingLayout[] {
  const { shape, accelerator, microBatch } = setup;
  const widest = Math.min(WIDEST_GROUP, accelerator.link.domain, gpus);
  const layouts: TrainingLayout[] = [];
  for (const tensor of powersOfTwo(widest)) {
    for (const pipeline of powersOfTwo(Math.min(MOST_STAGES, shape.layers))) {
      for (const context of powersOfTwo(Math.min(WIDEST_GROUP, gpus))) {
        const copies = gpus / (tensor * pipeline * context);
        if (!Number.isInteger(copies) || copies * microBatch > globalBatch) continue;
        const most = Math.min(shape.experts?.experts ?? 1, copies * context * tensor);
        for (const expert of powersOfTwo(most)) layouts.push({ tensor, pipeline, context, expert });
      }
    }
  }
  return layouts;
}

function powersOfTwo(most: number): number[] {
  const powers: number[] = [];
  for (let power = 1; power <= most; power *= 2) powers.push(power);
  return powers;
}
