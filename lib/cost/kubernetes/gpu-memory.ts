import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import { modelNamed } from '#lib/catalog/names';
import type { Precision } from '#lib/catalog/precision';
import { modelServer, type ServedModel } from '#lib/cost/kubernetes/model-server';
import type { PodDemand } from '#lib/cost/kubernetes/pod-demand';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { USUAL_ENGINE_MEMORY } from '#lib/sizing/engine-memory';
import { kvBytesPerToken, kvReplication, residentTokens, stateBytesPerSequence } from '#lib/sizing/kv-cache';
import { expertBytes, parametersOf, servedWeightBytes, unknownQuantisationBytes } from '#lib/sizing/weights';
import { bytesToGib } from '#lib/units/bytes';

/** What a pod's model server needs of each GPU, or why nobody knows. */
export type GpuNeed =
  | { readonly state: 'none' }
  | { readonly state: 'unknown'; readonly why: string }
  | {
      readonly state: 'known';
      readonly model: string;
      readonly precision: Precision;
      readonly shards: number;
      readonly weightsGib: number;
      /** Engine and the cache of one text. */
      readonly roomGib: number;
      readonly contextTokens: number;
    };

/**
 * Share of a GPU that an engine takes at most where it is not told: vLLM's `gpu_memory_utilization`. What others leave by
 * default is no less.
 */
const ENGINE_SHARE = 0.9;
/** Text that a server must hold to be of use, where its object does not say which it will take. */
const LEAST_CONTEXT_TOKENS = 8192;

/**
 * The least memory of each GPU that a pod's model server starts with: its weights (`servedWeightBytes`, over the GPUs that
 * the server splits them over), what an engine takes of every GPU, and the cache of one text of the stated length.
 */
export function gpuNeed(
  pod: unknown,
  { accelerators, maker, slice }: PodDemand,
  models: Catalog['models'],
): GpuNeed {
  if (accelerators === 0) return { state: 'none' };
  if (maker === 'aws') return unknown('how much of it a NeuronCore holds is not counted');
  const served = modelServer(pod);
  if (served === null) return unknown('its containers name no model server that is known here');
  const model = modelNamed(served.name, models);
  if (model === null) return unknown(`the catalog does not know the model that ${served.engine} serves`);
  return (
    needOf(model, served, slice === null ? accelerators : 1) ??
    unknown(`the size of ${model.id} is not published`)
  );
}

function unknown(why: string): GpuNeed {
  return { state: 'unknown', why };
}

function needOf(model: Model, served: ServedModel, gpus: number): GpuNeed | null {
  const parameters = parametersOf(model);
  if (parameters === null) return null;
  const precision = served.precision ?? nativePrecision(model);
  const shards = served.shards ?? gpus;
  const experts = expertBytes(model, parameters, precision);
  // Where nobody published what is quantised, as little as it may be: what fits must not be left out.
  const rest =
    servedWeightBytes(model, parameters, precision) -
    experts -
    unknownQuantisationBytes(model, parameters, precision);
  const tensor = Math.min(shards, gpus);
  const contextTokens = served.contextTokens ?? Math.min(LEAST_CONTEXT_TOKENS, model.maxContextTokens);
  const textBytes =
    (kvBytesPerToken(model, 'bf16') ?? 0) *
      residentTokens(model, contextTokens) *
      kvReplication(model, {}, tensor, 1) +
    stateBytesPerSequence(model);
  return {
    state: 'known',
    model: model.id,
    precision,
    shards,
    weightsGib: bytesToGib(rest / shards + experts / (shards * served.expertCopies)),
    roomGib:
      USUAL_ENGINE_MEMORY.fixedGib +
      (tensor === 1 ? 0 : USUAL_ENGINE_MEMORY.exchangeGib * tensor) +
      bytesToGib(textBytes / shards),
    contextTokens,
  };
}

/** Whether GPUs of this much memory hold it; where nobody states how much they have, they may. */
export function holdsModel(gpuGib: number | undefined, need: GpuNeed): boolean {
  if (need.state !== 'known' || gpuGib === undefined) return true;
  return need.weightsGib + need.roomGib <= gpuGib * ENGINE_SHARE;
}

/** In the words of a bill: `qwen3-32b in bf16 over 4 GPUs: 15.3 GiB of weights and …`. */
export function needInWords(need: GpuNeed & { readonly state: 'known' }): string {
  const { model, precision, shards, weightsGib, roomGib, contextTokens } = need;
  const gpus = shards === 1 ? 'on one GPU' : `over ${shards} GPUs`;
  return `${model} in ${precision} ${gpus}: ${weightsGib.toFixed(1)} GiB of weights each, and ${roomGib.toFixed(1)} for the engine and a text of ${contextTokens} tokens, within ${ENGINE_SHARE * 100} % of its memory`;
}
