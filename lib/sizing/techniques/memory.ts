import type { Model } from '#lib/catalog/models';
import type { ReplicaShape } from '#lib/sizing/features';
import { kvBytesPerToken, kvReplication } from '#lib/sizing/kv-cache';
import { adapterBytes, adapterCopies } from '#lib/sizing/techniques/adapter-size';
import type { Drafter, Techniques } from '#lib/sizing/techniques/techniques';
import type { ServingDemand } from '#lib/sizing/sizing';
import { expertBytes, otherBytes, parametersOf, servedWeightBytes } from '#lib/sizing/weights';

/** Tokens of one step that the overhead of an engine already has room for. */
export const USUAL_BUDGET_TOKENS = 8192;

/** What the techniques of a demand take of a replica's memory, or give back. */
export interface TechniqueMemory {
  /** Share of the weights that stays on the GPUs. */
  readonly weightsShare: number;
  /** Weights beside the model's own: a drafter, adapters. Bytes of the whole replica. */
  readonly extraWeightBytes: number;
  /** Cache of the drafter, bytes per token with its copies. */
  readonly extraKvBytesPerToken: number;
  /** Prompt tokens of a sequence that lie in the pool of prefixes and are not held once more: one prefix. */
  readonly pooledTokens: number;
  /** Prefixes in the pool. */
  readonly pooledPrefixes: number;
}

const NOTHING: TechniqueMemory = {
  weightsShare: 1,
  extraWeightBytes: 0,
  extraKvBytesPerToken: 0,
  pooledTokens: 0,
  pooledPrefixes: 0,
};

/** `null` where the dimensions of the model, its drafter or its adapted matrices are not published. */
export function techniqueMemory(demand: ServingDemand, shape: ReplicaShape): TechniqueMemory | null {
  const { techniques } = demand;
  if (techniques === undefined) return NOTHING;
  const drafter = drafterMemory(demand, shape);
  const adapters = adaptersBytes(demand.model, techniques, shape);
  if (drafter === null || adapters === null) return null;
  const prefix = demand.inputTokens.mean * demand.cachedShare;
  const pool = techniques.prefixPool;
  return {
    weightsShare: 1 - (techniques.offload?.weightsShare ?? 0),
    extraWeightBytes: drafter.weightBytes + adapters,
    extraKvBytesPerToken: drafter.kvBytesPerToken,
    pooledTokens: pool === undefined ? 0 : prefix,
    pooledPrefixes: pool?.distinctPrefixes ?? 0,
  };
}

function adaptersBytes(model: Model, { adapters }: Techniques, { tensor }: ReplicaShape) {
  if (adapters === undefined) return 0;
  const each = adapterBytes(model, adapters);
  // A stage of a pipeline holds the adapters of its own layers.
  return each === null ? null : adapters.resident * each * adapterCopies(tensor);
}

function drafterMemory(
  { model, accelerator, precision, kvPrecision, techniques }: ServingDemand,
  { tensor, attentionData }: ReplicaShape,
): { readonly weightBytes: number; readonly kvBytesPerToken: number } | null {
  const drafter: Drafter = techniques?.speculation?.drafter ?? { kind: 'lookup' };
  if (drafter.kind === 'lookup') return { weightBytes: 0, kvBytesPerToken: 0 };
  const drafting = drafter.kind === 'model' ? drafter.model : model;
  const parameters = parametersOf(drafting);
  const kvBytes = kvBytesPerToken(drafting, kvPrecision);
  if (parameters === null || kvBytes === null) return null;
  const kv = kvBytes * kvReplication(drafting, accelerator, tensor, attentionData);
  if (drafter.kind === 'model') {
    return {
      weightBytes: servedWeightBytes(drafting, parameters, drafter.precision),
      kvBytesPerToken: kv,
    };
  }
  const layers = expertBytes(model, parameters, precision) + otherBytes(model, parameters, precision);
  return {
    weightBytes: (drafter.layers / model.layers) * layers,
    // Its layers have full attention, as only some of a hybrid have.
    kvBytesPerToken: (drafter.layers / (model.kvLayers ?? model.layers)) * kv,
  };
}
