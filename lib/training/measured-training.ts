import type { Catalog } from '#lib/catalog/catalog';
import { samplesNeeded } from '#lib/training/convergence';
import { rowShape } from '#lib/training/row-models';
import { weightFlopsPerToken, type TrainedPart } from '#lib/training/flops';
import type { Convergence } from '#lib/training/speed-constants';
import type { TrainingShape } from '#lib/training/shape';
import {
  peakFlops,
  type TrainingLayout,
  type TrainingPrecision,
  type TrainingSetup,
} from '#lib/training/setup';
import type { TrainingRow } from '#lib/training/training-row';

/** A measured run that the speed model can be asked about. */
export interface MeasuredTraining {
  readonly row: TrainingRow;
  readonly setup: TrainingSetup;
  readonly tokensPerSecondPerGpu: number;
}

const PRECISIONS: Readonly<Record<string, TrainingPrecision>> = {
  bf16: 'bf16',
  bfloat16: 'bf16',
  // Tensor cores multiply both 16-bit formats at one rate.
  fp16: 'bf16',
  float16: 'bf16',
  fp8: 'fp8',
  'fp8-cs': 'fp8',
  'fp8-ds': 'fp8',
  'fp8-sc': 'fp8',
  'fp8-hybrid': 'fp8',
  'bf16-mixed': 'bf16',
  '16-mixed': 'bf16',
  'mixed-bf16': 'bf16',
  mxfp8: 'mxfp8',
  'fp8-mx': 'mxfp8',
  nvfp4: 'fp4',
  fp4: 'fp4',
};

/**
 * `amp_bf16`, `FP8-MX`, `fp8 3D 1F1B`, `bf16 FSDP+compile`: the format comes first, and `amp_` says how it is switched
 * on. Megatron names the scaling of FP8 behind it: current, delayed, of parts of a channel, or by blocks of 32 (MX).
 * Two formats are none: half of the run would be predicted in the other's.
 */
export function precisionNamed(name: string): TrainingPrecision | null {
  const [written = ''] = name.toLowerCase().replace(/^amp_/, '').split(/[ +]/);
  const format = written.replaceAll('_', '-');
  if (
    name
      .toLowerCase()
      .split(/[ +/,]+/)
      .filter(isFormat).length > 1
  )
    return null;
  return Object.hasOwn(PRECISIONS, format) ? (PRECISIONS[format] ?? null) : null;
}

function isFormat(word: string): boolean {
  return Object.hasOwn(PRECISIONS, word.replaceAll('_', '-'));
}

/** Sequence of MLPerf's LoRA benchmark, which its results leave out: packed GovReport. */
export const MLPERF_LORA_TOKENS = 8192;
/** Two rounds of MLPerf training a year: v4.0 of June 2024, v4.1 of November, v5.0 of June 2025. */
const ROUND = /^mlperf-training-v(\d+)\.([01])$/;
/** The first round with submissions in 4 bits. */
const FOUR_BIT_ROUND = 22;

/** The run of a catalogued row; a reason where its model, accelerator or a field is unknown. */
export function measuredTraining(
  row: TrainingRow,
  catalog: Pick<Catalog, 'models' | 'accelerators'>,
  convergence: ReadonlyMap<string, Convergence> = new Map(),
): MeasuredTraining | { readonly reason: string } {
  const shape = rowShape(row.model, catalog.models);
  if (shape === null) return { reason: `the dimensions of ${row.model} are not published` };
  const accelerator = catalog.accelerators.get(row.gpu ?? '');
  if (accelerator === undefined) return { reason: `accelerator ${row.gpu ?? '–'} is not catalogued` };
  const isMlperf = row.kind === 'mlperf_training';
  const measured = isMlperf ? derivedTokens(row, convergence) : row.tokSPerGpu;
  const sequenceTokens = row.seqLen ?? (isMlperf ? MLPERF_LORA_TOKENS : null);
  if (measured === undefined || row.accelerators === null || sequenceTokens === null) {
    return { reason: 'tokens/s, accelerators or sequence length are missing' };
  }
  const named = isMlperf ? submittedPrecision(row, accelerator) : precisionNamed(row.precision ?? '');
  if (named === null) return { reason: 'the precision is missing' };
  return {
    row,
    tokensPerSecondPerGpu: measured,
    setup: {
      shape,
      accelerator,
      gpus: row.accelerators,
      precision: named,
      part: isMlperf ? (row.model.endsWith('_lora') ? 'adapters' : 'full') : trainedPart(row, shape),
      sequenceTokens,
      globalBatch: row.gbs ?? row.globalBatchSize ?? null,
      microBatch: row.mbs ?? row.microBatch ?? 1,
      layout: layoutOf(row),
      shardsWeights: row.sharding === 'FULL_SHARD' || (row.fsdp ?? 0) > 1,
      recomputes: row.actCkpt === 'True',
      software: isMlperf ? 'mlperf' : row.family,
      softwareMonth: monthOf(row),
    },
  };
}

/** From the log of the run, else from its minutes and the samples that others needed with its batch. */
function derivedTokens(row: TrainingRow, convergence: ReadonlyMap<string, Convergence>): number | undefined {
  const { tokSPerGpuDerived, minutesOlympicMean, globalBatchSize, accelerators } = row;
  const known = convergence.get(row.model);
  if (tokSPerGpuDerived !== undefined || known === undefined) return tokSPerGpuDerived;
  if (minutesOlympicMean === undefined || globalBatchSize === undefined || accelerators === null)
    return undefined;
  const tokens = samplesNeeded(known, globalBatchSize) * (row.seqLen ?? MLPERF_LORA_TOKENS);
  return tokens / (minutesOlympicMean * 60 * accelerators);
}

/** MLPerf names no format: the closed division is won in the narrowest that a chip had software for at the round. */
function submittedPrecision(row: TrainingRow, accelerator: TrainingSetup['accelerator']): TrainingPrecision {
  if ((roundOf(row) ?? 0) >= FOUR_BIT_ROUND && accelerator.family === 'blackwell') return 'fp4';
  return peakFlops(accelerator, 'fp8') === null ? 'bf16' : 'fp8';
}

/** Both rates together say how many FLOPs a token took: about `4 × N` where the base was frozen. */
function trainedPart(row: TrainingRow, shape: TrainingShape): TrainedPart {
  const { modelTflopsPerGpu, tokSPerGpu } = row;
  if (modelTflopsPerGpu === undefined || tokSPerGpu === undefined) return 'full';
  const flops = (modelTflopsPerGpu * 1e12) / tokSPerGpu;
  return flops < 0.85 * weightFlopsPerToken(shape, 'full') ? 'adapters' : 'full';
}

function layoutOf({ tp, pp, cp, ep }: TrainingRow): TrainingLayout | null {
  if (tp === undefined && pp === undefined) return null;
  return { tensor: tp ?? 1, pipeline: pp ?? 1, context: cp ?? 1, expert: ep ?? 1 };
}

/** NVIDIA names containers by year and month: `26.04.01 NeMo Container`. Others are of 2023 and 2024. */
function monthOf(row: TrainingRow): number {
  const container = /^(\d\d)\.(\d\d)/.exec(row.release ?? '');
  if (container !== null) return (Number(container[1]) - 24) * 12 + Number(container[2]) - 1;
  return roundOf(row) ?? 0;
}

/** The month of a round's results, counted from January 2024. */
function roundOf({ family }: TrainingRow): number | null {
  const [, year, half] = ROUND.exec(family) ?? [];
  return year === undefined ? null : (Number(year) - 4) * 12 + (half === '0' ? 5 : 10);
}
