import type { Accelerator } from '#lib/catalog/accelerators';
import type { ServingRow } from '#lib/catalog/benchmarks';
import type { SizingConstants } from '#lib/catalog/calibration';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision, Precision } from '#lib/catalog/precision';
import { featuresOf } from '#lib/sizing/features';
import { freeGib, residentSequences } from '#lib/sizing/fit';
import { fittedFamily } from '#lib/sizing/compute';
import { kvBytesPerToken, kvReplication, residentTokens } from '#lib/sizing/kv-cache';
import { operatingPoint, type OperatingPoint } from '#lib/sizing/operating-point';
import { bytesPerOtherWeight, bytesPerWeight, parametersOf, shipsMxfp4 } from '#lib/sizing/weights';

/** Memory share and GiB per GPU under which the constants were fitted. */
const FITTED = { memoryShare: 0.9, overheadGib: 2.45 } as const;
const MAX_SEQUENCES = { serving_closed_loop: 1024, serving_max_throughput: 2048 } as const;

/** A run as it was measured. */
export type MeasuredRun = Pick<
  ServingRow,
  'kind' | 'gpus' | 'engine' | 'inputTokens' | 'outputTokens' | 'concurrency' | 'pipeline' | 'attentionData'
> & { readonly precision: Precision; readonly kvPrecision?: KvPrecision };

export interface Prediction extends OperatingPoint {
  readonly tokensPerSecondPerGpu: number;
  /** Sequences that memory holds beside the weights, not rounded; 0 where the weights alone do not fit. */
  readonly residentSequences: number;
}

/** What the method says of a measured run; `null` where the model's dimensions are not published. */
export function predictThroughput(
  run: MeasuredRun,
  model: Model,
  accelerator: Accelerator,
  constants: SizingConstants,
): Prediction | null {
  const maximum = run.kind === 'serving_max_throughput';
  const engine = maximum ? 'trtllm' : run.engine;
  const tensor = run.gpus / run.pipeline;
  const kvPrecision = run.kvPrecision ?? kvPrecisionOf(run.precision, engine, model, accelerator);
  const shape = { tensor, pipeline: run.pipeline, attentionData: run.attentionData };
  const features = featuresOf({ ...run, model, accelerator, kvPrecision, engine, shape, cachedShare: 0 });
  const parameters = parametersOf(model);
  const kvBytes = kvBytesPerToken(model, kvPrecision);
  if (features === null || parameters === null || kvBytes === null) return null;
  const attention = Math.max(1, run.attentionData);
  const weightBytes =
    parameters.experts * bytesPerWeight(model, run.precision) +
    (parameters.other * bytesPerOtherWeight(model, run.precision) + parameters.embeddings * 2) * attention;
  const resident = residentSequences(freeGib({ ...FITTED, accelerator, gpus: run.gpus, weightBytes }), {
    kvBytesPerToken: kvBytes,
    residentTokens: residentTokens(model, run.inputTokens + run.outputTokens),
    replication: kvReplication(model, tensor, run.attentionData),
  });
  const most = MAX_SEQUENCES[run.kind] * attention * (maximum ? run.pipeline : 1);
  const concurrency = Math.max(1, Math.min(run.concurrency ?? most, most, resident));
  const point = operatingPoint(features, concurrency, run.outputTokens, engine, constants);
  const factor = maximum ? (constants.values['maxtp_factor'] ?? 1) : 1;
  const tokensPerSecond = point.tokensPerSecond * factor;
  return {
    ...point,
    tokensPerSecond,
    tokensPerSecondPerGpu: tokensPerSecond / run.gpus,
    residentSequences: resident,
  };
}

/** Formats by the names that benchmark publishers use. */
export function precisionOf(name: string): Precision | null {
  if (name === 'bf16' || name === 'fp8' || name === 'fp4' || name === 'int4' || name === 'int8') return name;
  if (name === 'int8-weight') return 'int8';
  return null;
}

/** TensorRT-LLM runs 8- and 4-bit checkpoints with an 8-bit cache, where its kernels allow it. */
function kvPrecisionOf(
  precision: Precision,
  engine: string,
  model: Model,
  accelerator: Accelerator,
): KvPrecision {
  if (shipsMxfp4(model) && fittedFamily(accelerator) === 'hopper') return 'bf16';
  return engine === 'trtllm' && (precision === 'fp8' || precision === 'fp4') ? 'fp8' : 'bf16';
}
