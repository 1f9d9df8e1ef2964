import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import type { LoraTarget } from '#lib/sizing/lora-parameters';

/** What proposes the tokens that the model then verifies. */
export type Drafter =
  /** Copied from the prompt by its n-grams: no weights, no time on the GPU. */
  | { readonly kind: 'lookup' }
  /** Layers of the target's kind that share its embeddings: an EAGLE head, a multi-token-prediction layer. */
  | { readonly kind: 'layers'; readonly layers: number }
  /** A model of its own with the same vocabulary. */
  | { readonly kind: 'model'; readonly model: Model; readonly precision: Precision };

/** Speculative decoding: several tokens are drafted, and one step of the model accepts the first of them that hold. */
export interface Speculation {
  readonly drafter: Drafter;
  /** Tokens drafted before each step. */
  readonly draftTokens: number;
  /** Probability that a drafted token is accepted, given that those before it were; its doubt as a band. */
  readonly acceptance: { readonly low: number; readonly base: number; readonly high: number };
}

/** Low-rank adapters that share one base model, each request with its own. */
export interface Adapters {
  /** Adapters that stay in GPU memory; also the most that one step mixes. */
  readonly resident: number;
  readonly rank: number;
  readonly targets: readonly LoraTarget[];
  /** Launches and gathers of one adapted matrix in one step, in microseconds. */
  readonly matrixMicroseconds: number;
}

/** Weights that stay in the host's memory and are read over its link in every step. */
export interface Offload {
  /** Share of the weights, 0–1. */
  readonly weightsShare: number;
  /** Share of the host link's rate that reading them reaches. */
  readonly reachedShare: number;
}

/** What people switch on beyond the plain engine. Absent means off, or the engine's default. */
export interface Techniques {
  /** Prefixes that the cache keeps, each as long as the cached share of the mean prompt. */
  readonly prefixPool?: { readonly distinctPrefixes: number };
  /** Tokens that one step processes at most: longer prompts are computed in pieces. */
  readonly prefillBudgetTokens?: number;
  readonly speculation?: Speculation;
  readonly adapters?: Adapters;
  readonly offload?: Offload;
  /** Prompts on a fleet of their own, which sends its cache at this rate, GB/s (10^9) for each replica. */
  readonly disaggregation?: { readonly transferGbPerSecond: number };
}

/** True where a technique changes the step itself: no measured run backs such a figure. */
export function changesTheStep({ speculation, adapters, offload }: Techniques): boolean {
  return speculation !== undefined || adapters !== undefined || (offload?.weightsShare ?? 0) > 0;
}
