import type { Accelerator } from '#lib/catalog/accelerators';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import { fittedFamily } from '#lib/sizing/compute';
import { freeGib, residentSequences } from '#lib/sizing/fit';
import { heldTokens, kvBytesPerToken, kvReplication } from '#lib/sizing/kv-cache';
import type { PredictedPiece } from '#lib/sizing/predicted-piece';
import { predictorFor, type OperatingPoint, type Predictor, type SizingMethod } from '#lib/sizing/predictor';
import { benchSettings, publishedRequests } from '#lib/sizing/published-maximum';
import type { BandFactors } from '#lib/sizing/corrections/correct';
import { UNSTATED_RELEASE } from '#lib/sizing/corrections/similarity';
import { shipsMxfp4 } from '#lib/sizing/checkpoint';
import { expertBytes, otherBytes, parametersOf } from '#lib/sizing/weights';

/** Memory share and GiB per GPU under which the constants were fitted. */
const FITTED = { memoryShare: 0.9, overheadGib: 2.45 } as const;
const MOST_IN_CLOSED_LOOP = 1024;

/**
 * Share of its output that a running sequence holds room for. TensorRT-LLM admits a sequence when all of it fits; the
 * others hand out pages as it grows, and sequences at every stage of their output hold half of it on average.
 */
const HELD_OUTPUT_SHARE: Readonly<Record<string, number>> = { trtllm: 1, vllm: 0.5, sglang: 0.5 };

/** From this many full waves on, the last one no longer matters; a rest below this share is nothing. */
const WAVES = { many: 12, leastRest: 0.02 } as const;

/** A run as it was measured. */
export type MeasuredRun = Pick<
  ServingRow,
  | 'kind'
  | 'gpus'
  | 'engine'
  | 'engineVersion'
  | 'inputTokens'
  | 'outputTokens'
  | 'concurrency'
  | 'pipeline'
  | 'attentionData'
  | 'expertParallel'
> & {
  readonly precision: Precision;
  readonly kvPrecision?: KvPrecision;
  /** Steps for which a launch flag held requests back. @default - 0 */
  readonly heldSteps?: number;
  /** True where all requests had one length. @default - false */
  readonly areLengthsEqual?: boolean;
};

/** A row of the catalog as the run that was measured: at the mean of its lengths, which work and cache follow. */
export function measuredRunOf(row: ServingRow, precision: Precision): MeasuredRun {
  const { engineVersion = '', meanLengthShare: share = 1 } = row;
  return {
    ...row,
    precision,
    engineVersion: engineVersion === '' ? UNSTATED_RELEASE : engineVersion,
    inputTokens: row.inputTokens * share,
    outputTokens: row.outputTokens * share,
    areLengthsEqual: share === 1,
  };
}

export interface Prediction {
  readonly point: OperatingPoint;
  readonly tokensPerSecondPerGpu: number;
  /** 80 % band of each quantity as factors. */
  readonly bands: BandFactors;
  readonly unexplained: number;
  /** Sequences that memory holds beside the weights, not rounded; 0 where the weights alone do not fit. */
  readonly residentSequences: number;
}

/** What the method says of a measured run; `null` where the model's dimensions are not published. */
export function predictRun(
  run: MeasuredRun,
  model: Model,
  accelerator: Accelerator,
  method: SizingMethod,
): Prediction | null {
  return predictRunWith(run, model, accelerator, (piece) => predictorFor(piece, method));
}

/** As {@link predictRun}, by a predictor that may be known already. */
export function predictRunWith(
  run: MeasuredRun,
  model: Model,
  accelerator: Accelerator,
  predictorOf: (piece: PredictedPiece) => Predictor | null,
): Prediction | null {
  const piece = pieceOf(run, model, accelerator);
  const resident = residentIn(piece);
  const predictor = predictorOf(piece);
  if (resident === null || predictor === null) return null;
  const load = loadOf(run, model, resident);
  const point = pointUnder(load, run, predictor);
  return {
    point,
    tokensPerSecondPerGpu: point.tokensPerSecond / run.gpus,
    bands: predictor.bandsAt(load.running),
    unexplained: predictor.unexplainedAt(load.running),
    residentSequences: resident,
  };
}

/** Sequences that run at once, and clients that want to: concurrency of a closed loop, requests of a backlog. */
export interface RunLoad {
  readonly running: number;
  readonly clients: number;
}

/** What a predictor says under the load of a run: a backlog ends in a wave that is not full. */
export function pointUnder(
  { running, clients }: RunLoad,
  { kind }: Pick<MeasuredRun, 'kind'>,
  predictor: Predictor,
): OperatingPoint {
  if (kind === 'serving_closed_loop') {
    return predictor.at(running, Math.max(0, clients - running) / running);
  }
  const point = predictor.at(running);
  const rest = lastWave(running, clients);
  if (rest === null) return point;
  return {
    ...point,
    tokensPerSecond: inWaves(point, predictor.at(rest.sequences), rest.fullWaves),
  };
}

/** A measured run in the words of the predictor. Published maxima are TensorRT-LLM's. */
export function pieceOf(run: MeasuredRun, model: Model, accelerator: Accelerator): PredictedPiece {
  const isMaximum = run.kind === 'serving_max_throughput';
  const engine = isMaximum ? 'trtllm' : run.engine;
  return {
    model,
    accelerator,
    engine,
    ...(run.engineVersion === undefined ? {} : { engineVersion: run.engineVersion }),
    isMaximum,
    precision: run.precision,
    kvPrecision: kvPrecisionOf(run, engine, model, accelerator),
    shape: {
      tensor: run.gpus / run.pipeline,
      pipeline: run.pipeline,
      attentionData: run.attentionData,
      expertParallel: run.expertParallel ?? 1,
    },
    inputTokens: run.inputTokens,
    outputTokens: run.outputTokens,
    cachedShare: 0,
    heldSteps: run.heldSteps ?? 0,
    areLengthsEqual: run.areLengthsEqual ?? false,
  };
}

/** Sequences that run at once and clients that want to, of a run of which memory holds `resident`. */
export function loadOf(run: MeasuredRun, model: Model, resident: number): RunLoad {
  const isMaximum = run.kind === 'serving_max_throughput';
  const groups = Math.max(1, run.attentionData);
  const most = isMaximum
    ? benchSettings(model, resident, run).sequences * groups * run.pipeline
    : MOST_IN_CLOSED_LOOP * groups;
  const clients = run.concurrency ?? (isMaximum ? publishedRequests(run) : most);
  return { running: Math.max(1, Math.min(clients, most, resident)), clients };
}

/** Sequences whose cache fits beside the weights; `null` without dimensions. */
export function residentIn({ model, accelerator, shape, ...piece }: PredictedPiece): number | null {
  const parameters = parametersOf(model);
  const kvBytes = kvBytesPerToken(model, piece.kvPrecision);
  if (parameters === null || kvBytes === null) return null;
  const attention = Math.max(1, shape.attentionData);
  const weightBytes =
    expertBytes(model, parameters, piece.precision) +
    (otherBytes(model, parameters, piece.precision) + parameters.embeddings * 2) * attention;
  const gpus = shape.tensor * shape.pipeline;
  const tokens = piece.inputTokens + piece.outputTokens * (HELD_OUTPUT_SHARE[piece.engine] ?? 1);
  return residentSequences(freeGib({ ...FITTED, accelerator, gpus, weightBytes }), {
    kvBytesPerToken: kvBytes,
    residentTokens: heldTokens(model, piece.engine, tokens),
    replication: kvReplication(model, accelerator, shape.tensor, shape.attentionData),
  });
}

function lastWave(running: number, requests: number): { sequences: number; fullWaves: number } | null {
  if (!Number.isFinite(requests)) return null;
  const fullWaves = Math.floor(requests / running + 1e-9);
  const sequences = requests - fullWaves * running;
  return fullWaves < WAVES.many && sequences > WAVES.leastRest * running
    ? { sequences: Math.max(1, sequences), fullWaves }
    : null;
}

/** Tokens per second over full waves and the rest: each wave lasts its sequences over its rate. */
function inWaves(full: OperatingPoint, rest: OperatingPoint, fullWaves: number): number {
  const sequences = fullWaves * full.concurrency + rest.concurrency;
  const seconds =
    (fullWaves * full.concurrency) / full.tokensPerSecond + rest.concurrency / rest.tokensPerSecond;
  return sequences / seconds;
}

/** Formats by the names that benchmark publishers use. */
export function precisionOf(name: string): Precision | null {
  if (name === 'bf16' || name === 'fp8' || name === 'fp4' || name === 'int4' || name === 'int8') return name;
  if (name === 'int8-weight') return 'int8';
  return null;
}

/**
 * Publishers rarely state it. TensorRT-LLM runs 8- and 4-bit checkpoints with an 8-bit cache, where its kernels allow
 * it, and so do published runs of vLLM on Blackwell: throughput × TPOT says how many sequences ran, and with a 16-bit
 * cache half as many would have fitted.
 */
function kvPrecisionOf(
  { kind, precision, kvPrecision }: MeasuredRun,
  engine: string,
  model: Model,
  accelerator: Accelerator,
): KvPrecision {
  const isWide = shipsMxfp4(model) && fittedFamily(accelerator) === 'hopper';
  // TensorRT-LLM computes in 16 bits there. Twelve published maxima that name an 8-bit cache would be 1.4 times as fast
  // with one as they were measured (up to 2.1), and 1.1 times (up to 1.3) with 16 bits.
  if (isWide && kind === 'serving_max_throughput') return 'bf16';
  if (kvPrecision !== undefined) return kvPrecision;
  if (isWide) return 'bf16';
  const hasNarrowCache =
    engine === 'trtllm' ||
    (engine === 'vllm' && fittedFamily(accelerator) === 'blackwell' && !shipsMxfp4(model));
  return hasNarrowCache && (precision === 'fp8' || precision === 'fp4') ? 'fp8' : 'bf16';
}
