import type { Accelerator } from '#lib/catalog/accelerators';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import { bytesToGib, GB } from '#lib/units/bytes';
import { groupAvailability, replicaAvailability, sparesFor } from '#lib/sizing/availability';
import { fit, freeGib, residentSequences } from '#lib/sizing/fit';
import { kvBytesPerToken } from '#lib/sizing/kv-cache';
import { replicasForLoad } from '#lib/sizing/replicas';
import { LORA_TARGETS, loraParameters } from '#lib/sizing/lora-parameters';
import { checkpointBytes as trainingCheckpointBytes } from '#lib/training/checkpoints';
import { weightFlopsPerToken } from '#lib/training/flops';
import { bytesPerWeight } from '#lib/sizing/checkpoint';
import { checkpointBytes, parametersOf } from '#lib/sizing/weights';
import * as vectors from '#lib/vector-stores/formulas';
import type { ZeroStage } from '#lib/training/zero-stage';
import * as published from './published-formulas';

type Inputs = Record<string, unknown>;
type Results = Record<string, unknown>;

const catalog = loadCatalog();

/**
 * Answers one kind of worked example under the names of the example: by the library's own functions, and by those of
 * the source where the library has no use for a figure.
 */
export function calculate(kind: string, inputs: Inputs): Results {
  const calculation = CALCULATIONS[kind];
  if (calculation === undefined) throw new Error(`no calculation for ${kind}`);
  return calculation(inputs);
}

const CALCULATIONS: Record<string, (inputs: Inputs) => Results> = {
  weights: (i) => {
    const model = modelOf(i);
    const parameters = parametersOf(model);
    if (parameters === null) throw new Error(`${model.id} has no published size`);
    const dtype = String(i['dtype']);
    const precision = dtype.startsWith('mxfp4') ? 'fp4' : dtype === 'bf16' ? 'bf16' : 'fp8';
    // The examples count every weight of 16- and 8-bit formats alike, embeddings included.
    const bytes =
      precision === 'fp4'
        ? checkpointBytes(model, parameters, precision)
        : parameters.total * bytesPerWeight(model, precision);
    return { weight_bytes: bytes, weight_gib: bytesToGib(bytes) };
  },
  'kv-per-token': (i) => {
    const bytes = kvOf(modelOf(i), 2);
    return { bytes_per_token: bytes, gib_at_32k_tokens: bytesToGib(bytes * 32_768) };
  },
  fit: (i) => {
    const at = (gpus: number) =>
      fit({
        accelerator: acceleratorOf(i),
        memoryShare: number(i, 'gpu_memory_utilization'),
        gpus,
        weightBytes: parametersIn(i) * number(i, 'bytes_per_weight'),
        kvBytesPerToken: kvOf(modelOf(i), number(i, 'kv_bytes')),
        residentTokens: number(i, 'context_tokens') * number(i, 'concurrent'),
        replication: 1,
        overheadGib: number(i, 'runtime_overhead_gib'),
      });
    const tensor = [1, 2, 4, 8].find((gpus) => at(gpus).fits) ?? Infinity;
    const result = at(tensor);
    return {
      min_tensor_parallel: tensor,
      needed_gib_per_gpu: result.neededGibPerGpu,
      usable_gib_per_gpu: result.usableGibPerGpu,
      weights_gib_per_gpu: result.weightsGibPerGpu,
      kv_gib_per_gpu: result.kvGibPerGpu,
    };
  },
  'max-concurrency': (i) => {
    const free = freeGib({
      accelerator: acceleratorOf(i),
      memoryShare: number(i, 'utilization'),
      gpus: number(i, 'tp'),
      weightBytes: parametersIn(i) * number(i, 'bytes_per_weight'),
      overheadGib: number(i, 'overhead_gib_per_gpu'),
    });
    const sequences = residentSequences(free, {
      kvBytesPerToken: kvOf(modelOf(i), number(i, 'kv_bytes')),
      residentTokens: number(i, 'isl') + number(i, 'osl'),
      replication: 1,
    });
    return { max_resident_sequences: Math.floor(sequences), free_gib: free };
  },
  replicas: (i) => {
    const gpus = number(i, 'gpus_per_replica');
    const load = replicasForLoad({
      peakRequestsPerSecond: number(i, 'rps_peak'),
      outputTokens: number(i, 'osl'),
      tokensPerSecond: number(i, 'out_tok_s_per_gpu_at_slo') * gpus,
      fill: number(i, 'target_utilization'),
    });
    const all = load + number(i, 'spare_replicas');
    return { replicas_for_load: load, replicas_with_spare: all, gpus: all * gpus };
  },
  availability: (i) => {
    const each = replicaAvailability(number(i, 'replica_mtbf_h'), number(i, 'replica_mttr_h'));
    const needed = number(i, 'replicas_needed');
    const total = needed + (sparesFor(needed, each, number(i, 'target')) ?? Infinity);
    return {
      replica_availability: each,
      replicas_total: total,
      achieved: groupAvailability(needed, total, each),
    };
  },
  'train/flops': (i) => ({ flops: trainingFlops(number(i, 'params'), number(i, 'tokens')) }),
  'train/gpu-hours': (i) => {
    const parameters = Number(i['active_params'] ?? i['params']);
    const hours = Number(i['published_gpu_hours_pretrain'] ?? i['published_gpu_hours']);
    const flops = trainingFlops(parameters, number(i, 'tokens'));
    return { implied_mfu_vs_bf16_peak: published.flopsUtilisation(flops, hours, 989e12) };
  },
  'train/lora': (i) => {
    const llama = catalog.models.get('llama-2-70b');
    if (llama === undefined) throw new Error('the catalog has no llama-2-70b');
    const sequenceTokens = number(i, 'seq_len');
    const perToken = published.loraFlopsPerToken({
      ...llama,
      parameters: number(i, 'params'),
      sequenceTokens,
    });
    const flops = perToken * sequenceTokens * number(i, 'samples_to_converge');
    const rate = number(i, 'model_tflops_per_gpu') * 1e12;
    return { minutes: 60 * published.trainingHours(flops, number(i, 'gpus'), rate) };
  },
  'train/memory': (i) => {
    const gb = (stage: ZeroStage) => published.modelStateBytes(number(i, 'params'), stage, 64) / GB;
    return {
      model_state_gb: gb(0),
      zero1_per_gpu_gb_64: gb(1),
      zero2_per_gpu_gb_64: gb(2),
      zero3_per_gpu_gb_64: gb(3),
    };
  },
  'lora-params': (i) => {
    const wanted = i['targets'];
    const targets = LORA_TARGETS.filter((target) => Array.isArray(wanted) && wanted.includes(target));
    const parameters = loraParameters(modelOf(i), number(i, 'rank'), targets) ?? Number.NaN;
    return {
      trainable_params: parameters,
      adapter_bf16_mb: (parameters * 2) / 1e6,
      adapter_state_16B_mb: published.modelStateBytes(parameters, 0, 1) / 1e6,
    };
  },
  checkpoint: (i) => {
    const resume = trainingCheckpointBytes(number(i, 'params'), 'resume') / GB;
    return {
      inference_bf16_gb: trainingCheckpointBytes(number(i, 'params'), 'serve') / GB,
      resume_full_adam_gb: resume,
      write_seconds_at_10_GBps: resume / 10,
    };
  },
  'vector/opensearch': (i) => {
    const encoding = String(i['encoding']);
    const known = (['float32', 'fp16', 'byte', 'binary'] as const).find((each) => each === encoding);
    if (known === undefined) throw new Error(`no encoding ${encoding}`);
    const bytes = vectors.openSearchBytes({ ...graph(i), encoding: known, bits: number(i, 'bits') });
    return { bytes, gb: bytes / GB, gib: bytesToGib(bytes) };
  },
  'vector/qdrant': (i) => {
    const bytes = vectors.qdrantBytes(number(i, 'vectors'), number(i, 'dim'), number(i, 'bytes'));
    return { bytes, gib: bytesToGib(bytes) };
  },
  'vector/elasticsearch': (i) => {
    const each = published.elasticsearchBytesPerVector(number(i, 'dim'), number(i, 'm'));
    const mb = (bytes: number) => (bytes * number(i, 'vectors')) / 1e6;
    return {
      float_mb: mb(each.float),
      int8_mb: mb(each.int8),
      int4_mb: mb(each.int4),
      bbq_mb: mb(each.bbq),
      graph_mb: mb(each.graph),
      off_heap_float_mb: mb(each.float + each.graph),
      off_heap_int8_mb: mb(each.int8 + each.graph),
      off_heap_bbq_mb: mb(each.bbq + each.graph),
    };
  },
  'vector/pgvector': (i) => {
    const dimensions = number(i, 'dim');
    const row = vectors.pgvectorRowBytes(dimensions);
    return {
      vector_bytes: row.vector,
      halfvec_bytes: row.halfvec,
      bit_bytes: row.bit,
      hnsw_vector_ok: dimensions <= vectors.PGVECTOR_INDEX_DIMENSIONS.vector,
      hnsw_halfvec_ok: dimensions <= vectors.PGVECTOR_INDEX_DIMENSIONS.halfvec,
    };
  },
  'vector/baidu': (i) => ({ gb: published.baiduBytes(graph(i)) / GB }),
  'vector/scylladb': (i) => ({
    gb: published.scyllaBytes({ ...graph(i), bytesPerDimension: number(i, 'bytes') }) / GB,
  }),
};

/** Attention left out, as the examples leave it. */
function trainingFlops(activeParameters: number, tokens: number): number {
  return weightFlopsPerToken({ activeParameters }, 'full') * tokens;
}

function graph(i: Inputs) {
  return { vectors: number(i, 'vectors'), dimensions: number(i, 'dim'), links: number(i, 'm') };
}

function number(inputs: Inputs, name: string): number {
  const value = inputs[name];
  if (typeof value !== 'number') throw new Error(`the example has no number ${name}`);
  return value;
}

function modelOf(inputs: Inputs): Model {
  const model = catalog.models.get(String(inputs['model']));
  if (model === undefined) throw new Error(`the catalog has no ${String(inputs['model'])}`);
  return model;
}

function acceleratorOf(inputs: Inputs): Accelerator {
  const accelerator = catalog.accelerators.get(String(inputs['gpu']));
  if (accelerator === undefined) throw new Error(`the catalog has no ${String(inputs['gpu'])}`);
  return accelerator;
}

function parametersIn(inputs: Inputs): number {
  return (modelOf(inputs).paramsTotalB ?? Number.NaN) * 1e9;
}

function kvOf(model: Model, bytes: number): number {
  return kvBytesPerToken(model, bytes === 1 ? 'fp8' : 'bf16') ?? Number.NaN;
}
