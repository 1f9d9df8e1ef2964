import type { Accelerator } from '#lib/catalog/accelerators';
import { memoryGib } from '#lib/catalog/accelerators';
import type { SizingConstants } from '#lib/catalog/calibration';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { computeOf } from '#lib/sizing/compute';
import { parametersOf, servedWeightBytes } from '#lib/sizing/weights';
import { mapBand, type Band } from '#lib/units/band';
import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';

/** A model that reads and writes nothing: an embedding model, or a reranker. */
export interface Reader {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly precision: Precision;
  /** Tokens of one text: attention grows with its square. */
  readonly tokensPerText: number;
}

/** Tokens per second that one replica reads. */
export interface ReadingRate {
  readonly tokensPerSecond: Band;
  /** No batch is read faster than the weights are. */
  readonly leastSeconds: number;
  readonly derivation: readonly Step[];
}

/**
 * Shares of the 121 dense BF16 TFLOPS of an L4 that BGE-large reaches (302 million parameters beside its embeddings, 24
 * layers of 1,024): 1,150,000 tokens in texts of 449 took 59.107 s by sentence-transformers, 23.367 s by TensorRT and
 * 18.491 s by text-embeddings-inference (michaelfeil/infinity@0d1c358, docs/docs/benchmarking.md).
 */
const ENCODER_SHARE: Band = {
  low: encoderShare(59.107),
  base: encoderShare(23.367),
  high: encoderShare(18.491),
};

function encoderShare(seconds: number): number {
  const [parameters, layers, hidden, tokens] = [302e6, 24, 1_024, 115_000 / 256];
  return ((2 * parameters + 4 * layers * hidden * tokens) * 1_150_000) / seconds / 121e12;
}

/**
 * Tokens per second that the one process before vLLM's engine reads, tokenises and hands on, by what its first tokens
 * are fitted to (8.9 µs each). A small model on a large accelerator waits for it: BGE-base answers 26 requests/s behind
 * one such process and 77 behind eight (vllm-project/vllm#26641), another model of that size 600 texts/s by one server
 * and 2,800 by four on the same GPU (#31678). Faster hosts and texts that come as tokens are not so held up.
 */
const HOST_TOKENS_PER_SECOND = 1e6 / 8.9;

/** Reserve for activations and the driver. */
const MEMORY_SHARE = 0.9;

/**
 * Tokens per second of a model that only prefills: `peak × MFU ÷ (2 × N + attention)`, N without the embeddings, which
 * are looked up. A decoder takes the prefill share that serving rows were fitted to, with the encoders' below it as
 * doubt; a bidirectional encoder takes what BGE-large was measured at, and the fitted share as its upper bound.
 */
export function readingRate(
  reader: Reader,
  constants: SizingConstants,
): ReadingRate | { readonly reasons: readonly string[] } {
  const { model, accelerator, precision, tokensPerText } = reader;
  const parameters = parametersOf(model);
  if (parameters === null || model.layers === 0) {
    return { reasons: [`the size of ${model.name} is not published, so its speed is not known`] };
  }
  if (tokensPerText > model.maxContextTokens) {
    return { reasons: [`${tokensPerText} tokens, ${model.name} reads ${model.maxContextTokens} at most`] };
  }
  const weightsGib = bytesToGib(servedWeightBytes(model, parameters, precision));
  const usableGib = memoryGib(accelerator) * MEMORY_SHARE;
  if (weightsGib > usableGib) {
    return {
      reasons: [
        `${model.name} takes ${weightsGib.toFixed(0)} GiB, one ${accelerator.name} holds ${usableGib.toFixed(0)}`,
      ],
    };
  }
  const isEncoder = model.attention === 'bidirectional';
  const { peakFlops, bandwidth, kind, family } = computeOf(model, accelerator, precision);
  const fitted =
    constant(constants, `mfu_pf_${kind}`) *
    (family === 'hopper' ? 1 : constant(constants, `pf_arch_${family}`)) *
    (model.moe === null ? 1 : constant(constants, 'moe_mfu_factor'));
  const share = shareBand(isEncoder, fitted, constant(constants, 'mfu_pf_bf16'));
  const flopsPerToken = readFlopsPerToken(model, parameters.active, tokensPerText);
  return {
    tokensPerSecond: heldUp(mapBand(share, (each) => (peakFlops * each) / flopsPerToken)),
    leastSeconds: servedWeightBytes(model, parameters, precision) / bandwidth,
    derivation: [
      {
        id: 'read-flops',
        label: 'Arithmetic of one token',
        formula: '2 × parameters + attention',
        value: flopsPerToken,
        unit: 'FLOP',
        inputs: [
          {
            name: 'parameters',
            value: multipliedParameters(model, parameters.active),
            unit: 'parameters',
            ...citing(model.sources[0]),
          },
          { name: 'attention', value: attentionFlops(model, tokensPerText), unit: 'FLOP' },
        ],
      },
      {
        id: 'read-rate',
        label: 'Tokens per second of one accelerator',
        formula: 'peak × share ÷ arithmetic',
        value: (peakFlops * share.base) / flopsPerToken,
        unit: 'tokens/s',
        inputs: [
          { name: 'peak', value: peakFlops, unit: 'FLOP/s', ...citing(accelerator.sources[0]) },
          { name: 'share', value: share.base, unit: 'share 0–1', source: constants.source },
        ],
      },
    ],
  };
}

/** The slow end is what the host hands on, where that is less. */
function heldUp(rate: Band): Band {
  return { ...rate, low: Math.min(rate.low, HOST_TOKENS_PER_SECOND) };
}

/** FLOP to read one token of a text so long: `2 × N + attention`, N without the embeddings, which are looked up. */
export function readFlopsPerToken(model: Model, activeParameters: number, tokensPerText: number): number {
  return 2 * multipliedParameters(model, activeParameters) + attentionFlops(model, tokensPerText);
}

function multipliedParameters(model: Model, activeParameters: number): number {
  return activeParameters - (model.embeddingParamsB ?? 0) * 1e9;
}

/** Every pair of tokens is seen by an encoder, half of them by a decoder: 2 products of 2 FLOP per element. */
function attentionFlops(model: Model, tokensPerText: number): number {
  const width = model.headDim === null ? model.hidden : model.heads * model.headDim;
  return (model.attention === 'bidirectional' ? 4 : 2) * model.layers * width * tokensPerText;
}

/** Formats and families differ from the L4's BF16 as the fitted shares do. */
function shareBand(isEncoder: boolean, fitted: number, fittedBf16: number): Band {
  const measured = mapBand(ENCODER_SHARE, (share) => share * (fitted / fittedBf16));
  return isEncoder
    ? { low: measured.low, base: measured.base, high: Math.max(measured.high, fitted) }
    : { low: Math.min(measured.base, fitted), base: fitted, high: Math.min(1, fitted * (1 + DECODER_DOUBT)) };
}

/** Most by which a model that was never fitted beat its prediction in nine of ten serving rows: 1.38. */
const DECODER_DOUBT = 0.38;

function constant(constants: SizingConstants, name: string): number {
  const value = constants.values[name];
  if (value === undefined) throw new Error(`the sizing constants have no ${name}`);
  return value;
}

function citing(source: string | undefined): { readonly source?: string } {
  return source === undefined ? {} : { source };
}
