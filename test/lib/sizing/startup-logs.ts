import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { imported } from '../model-import/config-file';
import { demandFor } from './demand';

/** What an engine wrote when it started. Memory in GiB; what it holds for the cache is of one GPU. */
export interface StartupLog {
  readonly source: string;
  readonly model: Model;
  readonly precision: Precision;
  readonly tensor: number;
  readonly totalGib: number;
  readonly share: number;
  readonly cacheGib: number;
  readonly tokens?: number;
  /** Tokens of a step, where the run had another limit than usual on such a GPU. */
  readonly budgetTokens?: number;
  /** Weights of one GPU as loaded, where the log says. */
  readonly weightsGib?: number;
  /** Sequences at once, where the run had another limit. */
  readonly sequences?: number;
  /** Whose limits those are. @default - h100-sxm */
  readonly gpu?: string;
}

export const catalogModel = (id: string) => demandFor(id, 'h100-sxm').model;
const LLAMA = catalogModel('llama-3.1-8b');
const qwen = (hidden: number, ffn: number, layers: number, heads: number) =>
  imported('qwen3-8b', {
    hidden_size: hidden,
    intermediate_size: ffn,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    num_key_value_heads: 8,
  });
const QWEN3_14B = qwen(5120, 17_408, 40, 40);
const QWEN3_4B: Model = { ...qwen(2560, 9728, 36, 32), tiedEmbeddings: true, paramsTotalB: 4.02 };
const QWEN25_14B: Model = { ...qwen(5120, 13_824, 48, 40), paramsTotalB: 14.77 };

/** Lines of start-up logs that users of vLLM published: `Available KV cache memory`, `# GPU blocks` × 16. */
export const LOGS: readonly StartupLog[] = [
  {
    source: 'vllm#10517, RTX 3090, 20k unchunked',
    model: LLAMA,
    precision: 'bf16',
    tensor: 1,
    totalGib: 23.58,
    share: 0.9,
    cacheGib: 3.81,
    tokens: 31_232,
    budgetTokens: 20_000,
  },
  {
    source: 'vllm#10517, RTX 3090, 29k unchunked',
    model: LLAMA,
    precision: 'bf16',
    tensor: 1,
    totalGib: 23.58,
    share: 0.9,
    cacheGib: 2.89,
    tokens: 23_648,
    budgetTokens: 29_000,
  },
  {
    source: 'A100-SXM4-40GB, FlashAttention 2',
    model: LLAMA,
    precision: 'bf16',
    tensor: 1,
    totalGib: 39.38,
    share: 0.9,
    cacheGib: 19.92,
    tokens: 163_168,
  },
  {
    source: 'vllm#12569, H100, W8A8',
    model: catalogModel('llama-3.1-70b'),
    precision: 'int8',
    tensor: 1,
    totalGib: 79.11,
    share: 0.98,
    cacheGib: 6.74,
    tokens: 22_096,
  },
  {
    source: 'Qwen3-14B on 46 GB, first log',
    model: QWEN3_14B,
    precision: 'bf16',
    tensor: 1,
    totalGib: 44.53,
    share: 0.9,
    cacheGib: 11.57,
    tokens: 75_824,
  },
  {
    source: 'Qwen3-14B on 46 GB, second log',
    model: QWEN3_14B,
    precision: 'bf16',
    tensor: 1,
    totalGib: 44.53,
    share: 0.9,
    cacheGib: 11.0,
    tokens: 72_064,
  },
  {
    source: 'Qwen3-4B on RTX 3060, 10k unchunked',
    model: QWEN3_4B,
    precision: 'bf16',
    tensor: 1,
    totalGib: 12,
    share: 0.95,
    cacheGib: 3.06,
    tokens: 22_304,
    budgetTokens: 10_000,
  },
  {
    source: 'vllm#13061, 2 × RTX 4090',
    model: QWEN25_14B,
    precision: 'bf16',
    tensor: 2,
    totalGib: 23.65,
    share: 0.98,
    cacheGib: 8.69,
  },
  {
    source: 'Llama 3.1 8B with EAGLE on H100',
    model: LLAMA,
    precision: 'bf16',
    tensor: 1,
    totalGib: 79.18,
    share: 0.9,
    cacheGib: 51.63,
  },
];

/** Mixtures under releases from 0.10.2 on that loaded before they profiled. */
export const EXPERTS: readonly StartupLog[] = [
  {
    source: 'gpt-oss-20b on A100-80GB, vLLM 0.19.0 (myoceane.fr, 2026-04-18)',
    model: catalogModel('gpt-oss-20b'),
    gpu: 'a100-80-sxm',
    precision: 'fp4',
    tensor: 1,
    weightsGib: 13.72,
    totalGib: 79.25,
    share: 0.65,
    cacheGib: 36.56,
  },
  {
    source: 'gpt-oss-120b on H100, vLLM 0.11.2, 2,048 tokens and 6 sequences (blog.huikang.dev, 2025-12-28)',
    model: catalogModel('gpt-oss-120b'),
    precision: 'fp4',
    tensor: 1,
    weightsGib: 65.97,
    totalGib: 79.18,
    share: 0.96,
    cacheGib: 8.99,
    budgetTokens: 2048,
    sequences: 6,
  },
  {
    source: 'Qwen3-235B-A22B-Instruct-2507-FP8, 8 × L40S, vLLM 0.10.2',
    model: catalogModel('qwen3-235b-a22b'),
    precision: 'fp8',
    tensor: 8,
    weightsGib: 27.72,
    totalGib: 44.42,
    share: 0.9,
    cacheGib: 10.64,
  },
  {
    source: 'Qwen3-30B-A3B-Instruct-2507-FP8, 2 × L40S, vLLM 0.10.2',
    model: catalogModel('qwen3-30b-a3b'),
    precision: 'fp8',
    tensor: 2,
    totalGib: 44.42,
    share: 0.95,
    cacheGib: 25.91,
    tokens: 566_016,
  },
  {
    source: 'Kimi-K2-Thinking, 8 × H200, vLLM of November 2025',
    model: catalogModel('kimi-k2'),
    precision: 'int4',
    tensor: 8,
    weightsGib: 69.2,
    totalGib: 139.8,
    share: 0.9,
    cacheGib: 46.8,
    tokens: 715_072,
  },
  {
    source: 'GLM-5.2-NVFP4, 4 × B200, vLLM 0.26.0, 4.99 GiB for graphs',
    model: catalogModel('glm-5'),
    precision: 'fp4',
    tensor: 4,
    weightsGib: 106.69,
    totalGib: 184.31,
    share: 0.92,
    cacheGib: 50.62 + 4.99,
  },
];

/** Mixtures under releases that counted what loading takes as if it were taken in every step. */
export const EARLY_EXPERTS: readonly StartupLog[] = [
  {
    source: 'vllm#21348, Qwen3-235B-A22B-FP8, 4 × H100',
    model: catalogModel('qwen3-235b-a22b'),
    precision: 'fp8',
    tensor: 4,
    totalGib: 79.11,
    share: 0.9,
    cacheGib: 8.11,
    tokens: 178_880,
  },
  {
    source: 'vllm#27508, gpt-oss-120b, H100, vLLM 0.11.0',
    model: catalogModel('gpt-oss-120b'),
    precision: 'fp4',
    tensor: 1,
    weightsGib: 65.97,
    totalGib: 79.18,
    share: 0.95,
    cacheGib: 1.71,
    budgetTokens: 1024,
  },
  {
    source: 'vllm#23278, gpt-oss-120b, H100, vLLM 0.10.1',
    model: catalogModel('gpt-oss-120b'),
    precision: 'fp4',
    tensor: 1,
    weightsGib: 65.97,
    totalGib: 79.18,
    share: 0.9,
    cacheGib: -2.14,
  },
];
