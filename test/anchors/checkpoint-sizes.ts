import type { QuantisedPart } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';

/** The size that somebody published of a checkpoint, or that an engine logged when it had loaded one. */
export interface CheckpointSize {
  readonly checkpoint: string;
  readonly source: string;
  readonly model: string;
  readonly precision: Precision;
  /** 10^9 bytes, of the files or of all GPUs together. */
  readonly gb: number;
  /** What this checkpoint quantises, where it is another than the model's usual one. */
  readonly part?: QuantisedPart;
  /** Format of the layer that predicts a further token, and whether it brings embeddings of its own. */
  readonly further?: { readonly bytes: number; readonly hasEmbeddings: boolean };
  /** A tower for images is among the files, of a size that the catalog does not hold. */
  readonly hasTower?: true;
  /** GPUs over which an engine loaded it; what they hold beside each other is counted then. */
  readonly loadedOn?: number;
}

const GIB = 2 ** 30 / 1e9;
const BF16_FURTHER = { bytes: 2, hasEmbeddings: false };

export const CHECKPOINT_SIZES: readonly CheckpointSize[] = [
  {
    checkpoint: 'deepseek-ai/DeepSeek-R1',
    source: 'its files: 688,586,727,753 bytes',
    model: 'deepseek-r1',
    precision: 'fp8',
    gb: 688.587,
    further: { bytes: 1, hasEmbeddings: true },
  },
  {
    checkpoint: 'nvidia/DeepSeek-R1-0528-NVFP4-v2',
    source: 'edwardsp/blobcache: 413,340,567,567 bytes',
    model: 'deepseek-r1',
    precision: 'fp4',
    gb: 413.341,
    further: { bytes: 2, hasEmbeddings: true },
  },
  {
    checkpoint: 'zai-org/GLM-5.2',
    source: 'its index: 1,506,659,919,872 bytes',
    model: 'glm-5',
    precision: 'bf16',
    gb: 1506.66,
    further: BF16_FURTHER,
  },
  {
    checkpoint: 'nvidia/GLM-5-NVFP4',
    source: 'a device profile: 410.66 GiB',
    model: 'glm-5',
    precision: 'fp4',
    gb: 410.66 * GIB,
  },
  {
    checkpoint: 'CortexLM/GLM-5.1-NVFP4-MTP',
    source: 'its card: about 441 GB, head and MTP in BF16',
    model: 'glm-5',
    precision: 'fp4',
    gb: 441,
    part: 'everything',
    further: BF16_FURTHER,
  },
  {
    checkpoint: 'wafer-ai/Kimi-K2.6-NVFP4',
    source: 'its card: about 590 GB, attention and head in BF16',
    model: 'kimi-k2',
    precision: 'fp4',
    gb: 590,
    part: 'feed-forward',
    hasTower: true,
  },
  {
    checkpoint: 'Qwen/Qwen3.5-397B-A17B-GPTQ-Int4',
    source: 'its index: 235,657,499,488 bytes',
    model: 'qwen3.5-397b-a17b',
    precision: 'int4',
    gb: 235.657,
    further: BF16_FURTHER,
    hasTower: true,
  },
  {
    checkpoint: 'nvidia/Qwen3-235B-A22B-NVFP4',
    source: 'authors of a loader: 134 GB',
    model: 'qwen3-235b-a22b',
    precision: 'fp4',
    gb: 134,
  },
  {
    checkpoint: 'nvidia/Qwen3.6-35B-A3B-NVFP4',
    source: 'creeta.com: about 23 GB',
    model: 'qwen3.6-35b-a3b',
    precision: 'fp4',
    gb: 23,
  },
  {
    checkpoint: 'openai/gpt-oss-120b',
    source: 'its files: 65,248,893,184 bytes',
    model: 'gpt-oss-120b',
    precision: 'fp4',
    gb: 65.249,
  },
  {
    checkpoint: 'MiniMaxAI/MiniMax-M2.5',
    source: 'a device profile: 214.33 GiB',
    model: 'minimax-m2',
    precision: 'fp8',
    gb: 214.33 * GIB,
  },
  {
    checkpoint: 'Qwen/Qwen3.5-122B-A10B-FP8',
    source: 'a device profile: 118.43 GiB',
    model: 'qwen3.5-122b-a10b',
    precision: 'fp8',
    gb: 118.43 * GIB,
    further: BF16_FURTHER,
    hasTower: true,
  },
  {
    checkpoint: 'Qwen/Qwen3.5-35B-A3B',
    source: 'a device profile: 66.97 GiB',
    model: 'qwen3.5-35b-a3b',
    precision: 'bf16',
    gb: 66.97 * GIB,
    further: BF16_FURTHER,
    hasTower: true,
  },
  {
    checkpoint: 'Qwen/Qwen3.5-27B',
    source: 'a device profile: 51.75 GiB',
    model: 'qwen3.5-27b',
    precision: 'bf16',
    gb: 51.75 * GIB,
    further: BF16_FURTHER,
    hasTower: true,
  },
  {
    checkpoint: 'Qwen/Qwen3-8B',
    source: 'the hub: 16.4 GB',
    model: 'qwen3-8b',
    precision: 'bf16',
    gb: 16.4,
  },
  {
    checkpoint: 'meta-llama/Llama-4-Scout-17B-16E',
    source: 'its files: 217,283,738,720 bytes',
    model: 'llama-4-scout',
    precision: 'bf16',
    gb: 217.284,
    hasTower: true,
  },
  {
    checkpoint: 'google/gemma-3-27b-it',
    source: 'its files: 54,864,980,440 bytes',
    model: 'gemma-3-27b',
    precision: 'bf16',
    gb: 54.865,
    hasTower: true,
  },
  {
    checkpoint: 'hugging-quants/Llama-3.1-405B-AWQ-INT4',
    source: 'its card: around 203 GiB',
    model: 'llama-3.1-405b',
    precision: 'int4',
    gb: 203 * GIB,
  },
  {
    checkpoint: 'shuyuej/Qwen2-72B-Instruct-GPTQ',
    source: 'the hub: eight files, 41.50 GB',
    model: 'qwen2.5-72b',
    precision: 'int4',
    gb: 41.5,
  },
  {
    checkpoint: 'graelo/Qwen2.5-7B-Instruct-1M-AWQ',
    source: 'the hub: 4.48 + 1.09 GB',
    model: 'qwen2.5-7b',
    precision: 'int4',
    gb: 5.57,
  },
  {
    checkpoint: 'casperhansen/mixtral-instruct-awq',
    source: 'the hub: 9.97 + 9.98 + 4.70 GB',
    model: 'mixtral-8x7b',
    precision: 'int4',
    gb: 24.65,
  },
  {
    checkpoint: 'hiuman/llama-3.1-8B-intruct-awq-quantization',
    source: 'the hub: 4.68 + 1.05 GB',
    model: 'llama-3.1-8b',
    precision: 'int4',
    gb: 5.73,
  },
  {
    checkpoint: 'neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8',
    source: 'the hub: 5.00 + 4.08 GB',
    model: 'llama-3.1-8b',
    precision: 'fp8',
    gb: 9.08,
  },
  {
    checkpoint: 'neuralmagic/Meta-Llama-3.1-8B-Instruct-quantized.w8a8',
    source: 'the hub: 5.00 + 4.08 GB',
    model: 'llama-3.1-8b',
    precision: 'int8',
    gb: 9.08,
  },
  {
    checkpoint: 'Llama-3.1-70B W8A8, loaded',
    source: 'vllm#12569: 67.72 GiB',
    model: 'llama-3.1-70b',
    precision: 'int8',
    gb: 67.72 * GIB,
    loadedOn: 1,
  },
  {
    checkpoint: 'nytopop/Qwen3-30B-A3B.w4a16, loaded',
    source: 'vllm#17327: 15.68 GiB',
    model: 'qwen3-30b-a3b',
    precision: 'int4',
    gb: 15.6841 * GIB,
    loadedOn: 1,
  },
  {
    checkpoint: 'Qwen3-235B-A22B-FP8, loaded on 8 L40S',
    source: 'a log: 27.72 GiB each',
    model: 'qwen3-235b-a22b',
    precision: 'fp8',
    gb: 8 * 27.72 * GIB,
    loadedOn: 8,
  },
  {
    checkpoint: 'DeepSeek-R1, loaded on 8 Gaudi',
    source: 'HabanaAI/vllm-fork#809: 79.41 GiB each',
    model: 'deepseek-r1',
    precision: 'fp8',
    gb: 8 * 79.41 * GIB,
    loadedOn: 8,
  },
  {
    checkpoint: 'Kimi-K2-Thinking, loaded on 8 H200',
    source: 'a log: 69.2 GiB each',
    model: 'kimi-k2',
    precision: 'int4',
    gb: 8 * 69.2 * GIB,
    loadedOn: 8,
  },
  {
    checkpoint: 'nvidia/GLM-5.2-NVFP4, loaded on 4 B200',
    source: 'a log: 106.69 GiB each',
    model: 'glm-5',
    precision: 'fp4',
    gb: 4 * 106.69 * GIB,
    loadedOn: 4,
  },
];
