import type { Model } from '#lib/catalog/models';
import {
  decodeAttention,
  gatedDelta,
  latentDecodeAttention,
  latentPromptAttention,
  promptAttention,
  sparseAttention,
} from '#lib/sizing/kernels/attention';
import type { Span } from '#lib/sizing/fabric';
import type { KernelFormats } from '#lib/sizing/kernels/number-formats';
import { allReduce, collective, experts, gemm, type KernelHardware } from '#lib/sizing/kernels/operators';
import { bytesOfSummed } from '#lib/sizing/summed-bytes';

/** Seconds of measured operators in one step, one GPU of one pipeline stage, by what they do. */
export interface StepKernels {
  readonly gemm: number;
  readonly experts: number;
  readonly attention: number;
  readonly promptAttention: number;
  /** Sums over the GPUs that split a layer, and gathers between attention groups. */
  readonly sums: number;
  readonly gathers: number;
  /** Norms, activations and copies: bytes over bandwidth, nothing measured. */
  readonly elementwise: number;
  readonly outputLayer: number;
}

/** How a model lies on its GPUs while it is served. */
export interface KernelLayout {
  readonly model: Model;
  readonly formats: KernelFormats;
  /** GPUs of one pipeline stage. */
  readonly stageGpus: number;
  readonly stages: number;
  /** Groups that each attend to their own sequences. */
  readonly attentionData: number;
  /** GPUs of a stage over which the experts are spread; the others split each expert. */
  readonly expertParallel: number;
  /** The nodes that the GPUs of a stage lie on; `null` where it is one. */
  readonly span: Span | null;
}

/** What one step has to do, over the whole attention group. */
export interface StepWork {
  /** Running sequences that get one token. */
  readonly sequences: number;
  /** Tokens of a running sequence, on average. */
  readonly contextTokens: number;
  /** Tokens of prompts computed in this step. */
  readonly prefillTokens: number;
  /** Tokens of one prompt that are computed; the rest is found in the prefix cache. */
  readonly promptTokens: number;
  /** Tokens of one prompt that are found there: the computed ones attend to them too. */
  readonly cachedTokens: number;
}

interface Tally {
  gemm: number;
  experts: number;
  attention: number;
  promptAttention: number;
}

/** Adds up the operators of one step. The order and shapes are those of the layers of a decoder. */
export function stepKernels(hardware: KernelHardware, layout: KernelLayout, work: StepWork): StepKernels {
  const { model, formats, stageGpus, stages, attentionData } = layout;
  const { hidden, layers, moe } = model;
  const split = Math.max(1, stageGpus / attentionData);
  const tally: Tally = { gemm: 0, experts: 0, attention: 0, promptAttention: 0 };
  const decoding = rankShare(work.sequences, attentionData);
  const prefill = work.prefillTokens / attentionData;
  const tokens = decoding + prefill;
  const prompts = prefill > 0 ? Math.max(prefill / work.promptTokens, 1) : 0;
  // A step that holds a part of a prompt does that part of its attention.
  const part = prefill > 0 ? Math.min(1, prefill / work.promptTokens) : 0;
  const rank: Rank = { decoding, prefill, tokens, prompts, part, split, work };

  if (model.mla !== null) latentLayers(hardware, layout, rank, tally);
  else headLayers(hardware, layout, rank, tally);

  const allTokens = work.sequences + work.prefillTokens;
  const feedTokens = attentionData > 1 ? tokens : allTokens;
  const moeLayers = moe?.moeLayers ?? 0;
  const mlp = (count: number, ffn: number) => {
    tally.gemm +=
      count *
      (gemm(hardware, formats.feedForward, feedTokens, (2 * ffn) / split, hidden) +
        gemm(hardware, formats.feedForward, feedTokens, hidden, ffn / split));
  };
  if (layers > moeLayers && model.ffn !== null) mlp(layers - moeLayers, model.ffn);
  if (moe !== null) {
    const spread = stageGpus % layout.expertParallel === 0 ? layout.expertParallel : 1;
    tally.experts +=
      moeLayers *
      experts(hardware, formats.experts, allTokens, {
        hidden,
        ffn: moe.expertFfn,
        topK: moe.topK,
        experts: moe.experts,
        tensor: stageGpus / spread,
        spread,
      });
    tally.gemm += moeLayers * gemm(hardware, 'bfloat16', tokens, moe.experts, hidden);
    if (moe.sharedExperts > 0) mlp(moeLayers, moe.sharedExperts * moe.expertFfn);
  }
  const sumsEach = attentionData === 1 ? 2 * layers : layers;
  const sums =
    sumsEach * allReduce(hardware, split, tokens * hidden * bytesOfSummed(hardware.isPcie, hardware.engine));
  const gathered = attentionData > 1 ? allTokens * hidden : 0;
  const gathers =
    moeLayers *
    (collective(hardware, 'all_gather', stageGpus, gathered * formats.gatheredBytes, layout.span) +
      collective(hardware, 'reduce_scatter', stageGpus, gathered * 2, layout.span));
  const inner = (moe === null ? (model.ffn ?? 0) : moe.expertFfn * moe.topK) / stageGpus;
  const outputs = Math.max(decoding, 1) + (prefill > 0 ? prefill / work.promptTokens : 0);
  return {
    gemm: tally.gemm / stages,
    experts: tally.experts / stages,
    attention: tally.attention / stages,
    promptAttention: tally.promptAttention / stages,
    sums: sums / stages,
    gathers: gathers / stages,
    elementwise: (layers * tokens * (12 * hidden + 6 * inner)) / hardware.ownBandwidth / stages,
    outputLayer: gemm(hardware, 'bfloat16', outputs, model.vocabulary / split, hidden) / stages,
  };
}

/** What one attention group has to do. */
interface Rank {
  readonly decoding: number;
  readonly prefill: number;
  readonly tokens: number;
  readonly prompts: number;
  readonly part: number;
  readonly split: number;
  readonly work: StepWork;
}

/** A group with any work has at least one sequence. */
function rankShare(sequences: number, attentionData: number): number {
  return attentionData > 1 && sequences > 0
    ? Math.max(sequences / attentionData, 1)
    : sequences / attentionData;
}

/** Layers with keys and values for each head, windows and linear attention included. */
function headLayers(
  hardware: KernelHardware,
  { model, formats }: KernelLayout,
  rank: Rank,
  tally: Tally,
): void {
  const { hidden, gatedDelta: delta } = model;
  const headDim = model.headDim ?? 128;
  const heads = model.heads / rank.split;
  const kvHeads = Math.max(1, (model.kvHeads ?? 1) / rank.split);
  const layers = model.kvLayers ?? model.layers;
  const format = formats.attention;
  // Full layers of such hybrids project an output gate beside the queries.
  const queries = delta === undefined ? 1 : 2;
  tally.gemm +=
    layers *
    (gemm(hardware, format, rank.tokens, (queries * heads + 2 * kvHeads) * headDim, hidden) +
      gemm(hardware, format, rank.tokens, hidden, heads * headDim));
  const window = model.kvFullLayers === null ? 0 : (model.slidingWindowTokens ?? 0);
  const full = window === 0 ? layers : (model.kvFullLayers ?? layers);
  const { contextTokens } = rank.work;
  const attend = (count: number, windowTokens: number) => {
    if (count <= 0) return;
    tally.attention +=
      count *
      decodeAttention(hardware, {
        sequences: rank.decoding,
        contextTokens,
        heads,
        kvHeads,
        headDim,
        windowTokens,
        kv: formats.kv,
      });
    if (rank.prefill <= 0) return;
    const { prompts } = rank;
    const { attentionMath: math, kv } = formats;
    const seconds = ofComputed(rank.work, (tokens) =>
      promptAttention(hardware, { prompts, tokens, heads, headDim, windowTokens, math, kv }),
    );
    tally.promptAttention += count * rank.part * seconds;
  };
  attend(full, 0);
  attend(layers - full, window);
  if (delta === undefined) return;
  const linear = model.layers - layers;
  const [valueHeads, keyHeads] = [delta.valueHeads / rank.split, delta.keyHeads / rank.split];
  tally.gemm +=
    linear *
    (gemm(hardware, format, rank.tokens, 2 * (keyHeads + valueHeads) * delta.headDim, hidden) +
      gemm(hardware, 'bfloat16', rank.tokens, 2 * valueHeads, hidden) +
      gemm(hardware, format, rank.tokens, hidden, valueHeads * delta.headDim));
  tally.attention += linear * gatedDelta(hardware, rank.decoding, 0, valueHeads);
  tally.promptAttention += linear * gatedDelta(hardware, 0, rank.prefill, valueHeads);
}

/** Layers with one compressed vector per token, sparse ones included. */
function latentLayers(hardware: KernelHardware, layout: KernelLayout, rank: Rank, tally: Tally): void {
  const { model, formats } = layout;
  const { mla, hidden, layers } = model;
  if (mla === null) return;
  const heads = model.heads / rank.split;
  const format = formats.attention;
  const { contextTokens, promptTokens } = rank.work;
  if (mla.indexTopk !== null) {
    const shape = { heads, format, hidden };
    const running =
      rank.decoding > 0
        ? sparseAttention(hardware, 'gen', { ...shape, sequences: rank.decoding, tokens: contextTokens })
        : 0;
    const prompts =
      rank.prefill > 0
        ? sparseAttention(hardware, 'ctx', { ...shape, sequences: rank.prompts, tokens: promptTokens })
        : 0;
    if (running !== null && prompts !== null) {
      tally.attention += layers * running;
      // What a sparse prompt reads is bounded by its top tokens, cached or not.
      tally.promptAttention += layers * prompts * rank.part;
      return;
    }
  }
  const queryRank = mla.qLoraRank ?? hidden;
  const { kvLoraRank, qkRopeHeadDim, qkNopeHeadDim, vHeadDim } = mla;
  tally.gemm +=
    layers *
    (gemm(hardware, format, rank.tokens, queryRank + kvLoraRank + qkRopeHeadDim, hidden) +
      gemm(hardware, format, rank.tokens, heads * (qkNopeHeadDim + qkRopeHeadDim), queryRank) +
      gemm(hardware, format, rank.tokens, hidden, heads * vHeadDim));
  const read = mla.indexTopk === null ? contextTokens : Math.min(contextTokens, mla.indexTopk);
  tally.attention += layers * latentDecodeAttention(hardware, rank.decoding, read, heads, formats.kv);
  if (rank.prefill <= 0) return;
  tally.gemm += layers * gemm(hardware, format, rank.prefill, heads * (qkNopeHeadDim + vHeadDim), kvLoraRank);
  const seconds = ofComputed(rank.work, (tokens) =>
    latentPromptAttention(hardware, rank.prompts, tokens, heads, formats.kv),
  );
  tally.promptAttention += layers * rank.part * seconds;
}

/**
 * Attention of the computed end of a prompt over all of it: `whole² − cached²` pairs of tokens. Scaled from a prompt as
 * short as that end, or from the whole one, whichever says less: measured curves are flat where prompts are short.
 */
function ofComputed({ promptTokens, cachedTokens }: StepWork, secondsOf: (tokens: number) => number): number {
  const short = secondsOf(promptTokens);
  if (cachedTokens === 0) return short;
  const whole = promptTokens + cachedTokens;
  const pairs = whole ** 2 - cachedTokens ** 2;
  return Math.min((short * pairs) / promptTokens ** 2, (secondsOf(whole) * pairs) / whole ** 2);
}
