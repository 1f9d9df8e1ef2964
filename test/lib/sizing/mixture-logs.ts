/** What a start-up log of a mixture says of the activations that the engine reserved, and of what made them. */
export interface ActivationLog {
  readonly source: string;
  readonly hidden: number;
  readonly topK: number;
  readonly expertFfn: number;
  /** Feed-forward width of dense layers; 0 where there is none or experts together are wider. */
  readonly ffn: number;
  readonly vocabulary: number;
  readonly tensor: number;
  /** Tokens of a step that the profile ran, of all groups where groups gather their tokens. */
  readonly tokens: number;
  readonly sequences: number;
  /** Peak activation of one GPU, GiB. */
  readonly activationGib: number;
}

const QWEN3_NEXT = { hidden: 2048, topK: 10, expertFfn: 512, ffn: 0, vocabulary: 151_936 };
const GLM_53_FLASH = { hidden: 4096, topK: 8, expertFfn: 2048, ffn: 12_288, vocabulary: 154_880 };
const DEEPSEEK_V4_FLASH = { hidden: 4096, topK: 6, expertFfn: 2048, ffn: 0, vocabulary: 129_280 };
const GPT_OSS = { hidden: 2880, topK: 4, expertFfn: 2880, ffn: 0, vocabulary: 201_088 };

/** Of a budget that the logs give, what is left beside weights, cache and a context of 0.35 GiB. */
const beside = (usableGib: number, ...taken: readonly number[]) =>
  taken.reduce((left, each) => left - each, usableGib - 0.35);

/** `GiB for peak activation`, or what the budget leaves of it. Releases that counted loading in the peak are left out. */
export const ACTIVATION_LOGS: readonly ActivationLog[] = [
  {
    source: 'Qwen3-235B-A22B-Instruct-2507-FP8, TP 8 and EP 8 on L40S, vLLM 0.10.2',
    hidden: 4096,
    topK: 8,
    expertFfn: 1536,
    ffn: 0,
    vocabulary: 151_936,
    tensor: 8,
    tokens: 2048,
    sequences: 256,
    activationGib: 1.4,
  },
  {
    source: 'Qwen3-Next-80B-A3B in BF16, TP 2 on H200, vLLM 0.10.2, sampler of PyTorch',
    ...QWEN3_NEXT,
    tensor: 2,
    tokens: 8192,
    sequences: 1024,
    activationGib: 5.58,
  },
  {
    source: 'vllm#24881, Qwen3-Next-80B-A3B, TP 4 on H100, vLLM 0.10.2',
    ...QWEN3_NEXT,
    tensor: 4,
    tokens: 8192,
    sequences: 1024,
    activationGib: 4.71,
  },
  {
    source: 'GLM-5.2-NVFP4, TP 4 and EP 4 on B200, vLLM 0.26.0',
    hidden: 6144,
    topK: 8,
    expertFfn: 2048,
    ffn: 12_288,
    vocabulary: 154_880,
    tensor: 4,
    tokens: 8192,
    sequences: 1024,
    activationGib: 6.31,
  },
  {
    source: 'GLM-5.3-Flash in FP8, TP 8 on H200, vLLM 0.28.1rc1',
    ...GLM_53_FLASH,
    tensor: 8,
    tokens: 8192,
    sequences: 512,
    activationGib: 4.04,
  },
  {
    source: 'GLM-5.3-Flash-NVFP4, TP 3 and EP 3 on 95 GiB, vLLM 0.26.1rc0',
    ...GLM_53_FLASH,
    tensor: 3,
    tokens: 8192,
    sequences: 8,
    activationGib: 4.19,
  },
  {
    source: 'DeepSeek-V4-Flash, TP 2 on 95 GiB, vLLM 0.26.1rc0',
    ...DEEPSEEK_V4_FLASH,
    tensor: 2,
    tokens: 4096,
    sequences: 8,
    activationGib: 1.66,
  },
  {
    source: 'DeepSeek-V4-Flash-0731, TP 2 on GB10',
    ...DEEPSEEK_V4_FLASH,
    tensor: 2,
    tokens: 4096,
    sequences: 6,
    activationGib: 2.11,
  },
  {
    source: 'Qwen3-30B-A3B in BF16, two groups that gather their tokens',
    hidden: 2048,
    topK: 8,
    expertFfn: 768,
    ffn: 0,
    vocabulary: 151_936,
    tensor: 1,
    tokens: 2 * 8192,
    sequences: 1024,
    activationGib: 5.58,
  },
  {
    source: 'Kimi-K2-Thinking, TP 8 on H200: 69.2 GiB of weights, vLLM recipe of November 2025',
    hidden: 7168,
    topK: 8,
    expertFfn: 2048,
    ffn: 18_432,
    vocabulary: 163_840,
    tensor: 8,
    tokens: 8192,
    sequences: 1024,
    activationGib: beside(0.9 * 139.8, 69.2, 46.8, 8 * 0.26),
  },
  {
    source: 'blog.huikang.dev: gpt-oss-120b on H100, vLLM 0.11.2',
    ...GPT_OSS,
    tensor: 1,
    tokens: 2048,
    sequences: 6,
    activationGib: beside(0.96 * 79.18, 65.97, 8.99),
  },
  {
    source: 'myoceane.fr: gpt-oss-20b on A100, vLLM 0.19.0',
    ...GPT_OSS,
    tensor: 1,
    tokens: 2048,
    sequences: 256,
    activationGib: beside(0.65 * 79.25, 13.72, 36.56),
  },
];
