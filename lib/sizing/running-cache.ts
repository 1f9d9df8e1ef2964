import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { KvPrecision } from '#lib/catalog/precision';
import { fullShare, heldTokens, kvBytesPerToken } from '#lib/sizing/kv-cache';
import type { ServingDemand } from '#lib/sizing/sizing';

/*
 * What engines hold of a running sequence beyond what its model asks for, as the releases that plans pin allocate it:
 * vLLM 0.26.0 (`v1/kv_cache_interface.py`), SGLang 0.5.18 (`model_executor/pool_configurator.py`,
 * `mem_cache/kv_cache_configurator.py`).
 */

type Asked = Pick<ServingDemand, 'model' | 'calibration' | 'reusesPrefixes' | 'techniques'>;

/** SGLang drops what left a window once so many tokens have (`SGLANG_SWA_EVICTION_INTERVAL`). */
const SGLANG_EVICTION_TOKENS = 128;
/** One step of prompts is computed while the next is laid out. */
const SGLANG_STEPS_IN_FLIGHT = 2;
/** The state that runs, two that it alternates between to keep one for the prefix, and what the prefix holds. */
const SGLANG_STATES_WITH_PREFIXES = 5;

/** Tokens that an engine keeps of a sequence of `tokens`, as a mean over its layers. */
export function keptTokens({ model, calibration, techniques }: Asked, tokens: number): number {
  if (calibration !== 'sglang') return heldTokens(model, calibration, tokens);
  if (!splitsWindows(model)) return tokens;
  const verified = 1 + (techniques?.speculation?.draftTokens ?? 0);
  const window = (model.slidingWindowTokens ?? tokens) + SGLANG_EVICTION_TOKENS * verified;
  const full = fullShare(model);
  return full * tokens + (1 - full) * Math.min(tokens, window);
}

/** Tokens of prompts in flight that layers with a window hold whole beside the running sequences, as a mean over all layers. */
export function keptInFlight({ model, calibration }: Asked, stepTokens: number): number {
  if (calibration !== 'sglang' || !splitsWindows(model)) return 0;
  return SGLANG_STEPS_IN_FLIGHT * stepTokens * (1 - fullShare(model));
}

/**
 * States of linear attention that an engine keeps for a running sequence. Each drafted token needs the state after it, since
 * the next may be refused.
 */
export function keptStates({ calibration, reusesPrefixes = true, techniques }: Asked): number {
  const drafted = techniques?.speculation?.draftTokens ?? 0;
  if (calibration !== 'sglang') return 1 + drafted;
  return sglangSlots(reusesPrefixes) + (drafted === 0 ? 0 : drafted + 1);
}

function sglangSlots(reusesPrefixes: boolean): number {
  return reusesPrefixes ? SGLANG_STATES_WITH_PREFIXES : 1;
}

/** True where SGLang gives the layers with a window a pool of their own; else they keep every token. */
function splitsWindows(model: Model): boolean {
  return model.windowCacheEngines?.includes('sglang') === true;
}

/** How SGLang is told to divide its cache, where its own shares would hold fewer sequences. */
export interface CachePools {
  /** Tokens in the pool of layers with a window for each token in the pool of the others, above 0 and at most 1. */
  readonly windowTokensShare?: number;
  /** States of linear attention in the whole replica. */
  readonly stateSlots?: number;
}

/**
 * Pools that hold `sequences` of the mean length.
 *
 * @param stepTokens - Tokens of a step of prompts, each attention group
 */
export function cachePoolsOf(
  demand: Asked & Pick<ServingDemand, 'inputTokens' | 'outputTokens'>,
  sequences: number,
  stepTokens: number,
): CachePools {
  const { model, calibration, reusesPrefixes = true } = demand;
  // Without prefixes it derives both from the sequences that it may run.
  if (calibration !== 'sglang' || !reusesPrefixes) return {};
  const full = fullShare(model);
  const tokens = demand.inputTokens.mean + demand.outputTokens.mean;
  const ofWindows =
    sequences * (keptTokens(demand, tokens) - full * tokens) + keptInFlight(demand, stepTokens);
  return {
    ...(full === 1 || !splitsWindows(model)
      ? {}
      : { windowTokensShare: Math.min(1, ofWindows / (1 - full) / (sequences * tokens)) }),
    ...(model.gatedDelta === undefined && model.sequenceState === undefined
      ? {}
      : { stateSlots: sequences * sglangSlots(true) }),
  };
}

/** Keys by which sparse attention picks tokens: 8 bits with a 32-bit scale for each 128 of them. */
const INDEX_KEYS_PER_SCALE = 128;
const SCALE_BYTES = 4;
/** What kernels of Hopper and RTX PRO hold of a latent in 8 bits: a scale for each 128, the rotary part in 16 bits. */
const LATENTS_PER_SCALE = 128;
const ROTARY_BYTES = 2;

/**
 * Bytes of the cache that one token takes over all layers before replication: `kvBytesPerToken`, and for sparse latent
 * attention its index keys, and in 8 bits the scales beside the latents. `null` where the dimensions are not published.
 */
export function cachedBytesPerToken(
  model: Model,
  precision: KvPrecision,
  { family }: Pick<Accelerator, 'family'>,
): number | null {
  const bytes = kvBytesPerToken(model, precision);
  const { mla, layers } = model;
  if (bytes === null || mla === null || mla.indexTopk === null) return bytes;
  const keys = mla.index?.headDim ?? INDEX_KEYS_PER_SCALE;
  const index = keys + (keys / INDEX_KEYS_PER_SCALE) * SCALE_BYTES;
  const isScaled = precision === 'fp8' && family !== 'blackwell';
  const scales = isScaled
    ? (mla.kvLoraRank / LATENTS_PER_SCALE) * SCALE_BYTES + mla.qkRopeHeadDim * (ROTARY_BYTES - 1)
    : 0;
  return bytes + layers * (index + scales);
}
