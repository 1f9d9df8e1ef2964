import { has, log2, pick, ratio, type KernelHardware } from '#lib/sizing/kernels/operators';

type Format = 'bfloat16' | 'fp8';

/** Head sizes that were measured; others use the nearest. */
function measuredHead(headDim: number): 64 | 128 | 256 {
  return headDim <= 96 ? 64 : headDim <= 192 ? 128 : 256;
}

/** Only one window was measured on its own: 128 tokens with heads of 64. Elsewhere a window shortens the context. */
function measuredWindow(windowTokens: number, head: number): number {
  return windowTokens === 128 && head === 64 ? 128 : 0;
}

export interface PromptAttention {
  readonly prompts: number;
  readonly tokens: number;
  readonly heads: number;
  readonly headDim: number;
  /** 0 for none. */
  readonly windowTokens: number;
  readonly math: Format;
  readonly kv: Format;
}

/** Seconds of causal attention over whole prompts, one layer. */
export function promptAttention(hardware: KernelHardware, shape: PromptAttention): number {
  if (shape.prompts <= 0 || shape.tokens <= 0) return 0;
  const tokens = Math.max(shape.tokens, 1);
  const window = shape.windowTokens !== 0 && tokens > shape.windowTokens ? shape.windowTokens : 0;
  const head = measuredHead(shape.headDim);
  const grid = measuredWindow(window, head);
  const key = promptCurve(hardware, `${head}|${grid}`, shape);
  const pairs = window === 0 ? (tokens * (tokens + 1)) / 2 : window * tokens - window ** 2 / 2;
  const { prompts, heads, headDim } = shape;
  const bound =
    5e-6 +
    (4 * prompts * heads * headDim * pairs) / hardware.peak16 +
    (8 * prompts * tokens * heads * headDim) / hardware.bandwidth;
  return key === null ? bound : bound * ratio(hardware, 'ctx', key, [log2(tokens), log2(prompts * heads)]);
}

/** The curve of the engine's own formats, else of those that it may have; of another engine where it has none. */
function promptCurve(
  hardware: KernelHardware,
  kind: string,
  { math, kv }: Pick<PromptAttention, 'math' | 'kv'>,
): string | null {
  const asked = `prompts ${kind}|${math}|${kv}`;
  const known = hardware.found.get(asked);
  if (known !== undefined) return known[0] ?? null;
  const own = [`${math}|${kv}`, 'bfloat16|bfloat16', 'fp8|fp8']
    .map((formats) => `ctx ${hardware.engine}|${kind}|${formats}`)
    .find((key) => has(hardware, key));
  const found = own ?? pick(hardware, 'ctx', `${kind}|bfloat16|bfloat16`);
  hardware.found.set(asked, found === null ? [] : [found]);
  return found;
}

export interface DecodeAttention {
  readonly sequences: number;
  readonly contextTokens: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly windowTokens: number;
  readonly kv: Format;
}

/** Seconds in which running sequences attend to their caches, one layer, one step. */
export function decodeAttention(hardware: KernelHardware, shape: DecodeAttention): number {
  const { sequences, contextTokens, heads, headDim, windowTokens, kv } = shape;
  if (sequences <= 0) return 0;
  const head = measuredHead(headDim);
  const grid = measuredWindow(windowTokens, head);
  const key =
    pick(hardware, 'gen', `${head}|${grid}|${kv}`) ??
    pick(hardware, 'gen', `${head}|0|${kv}`) ??
    pick(hardware, 'gen', `${head}|0|bfloat16`);
  const kvHeads = Math.max(shape.kvHeads, 1);
  const read = windowTokens === 0 ? contextTokens : Math.min(contextTokens, windowTokens);
  const bound =
    4e-6 +
    (2 * sequences * kvHeads * read * headDim * (kv === 'fp8' ? 1 : 2)) / hardware.bandwidth +
    (4 * sequences * heads * read * headDim) / hardware.peak16;
  if (key === null) return bound;
  const point = [log2(sequences * kvHeads), log2(grid === 0 ? read : contextTokens), log2(heads / kvHeads)];
  return bound * ratio(hardware, 'gen', key, point);
}

/** Seconds of latent attention over whole prompts, one layer. */
export function latentPromptAttention(
  hardware: KernelHardware,
  prompts: number,
  tokens: number,
  heads: number,
  kv: Format,
): number {
  if (prompts <= 0) return 0;
  const key = pick(hardware, 'mla_ctx', kv) ?? pick(hardware, 'mla_ctx', 'bfloat16');
  const bound =
    8e-6 +
    (320 * prompts * heads * tokens * (tokens + 1)) / hardware.peak16 +
    (1280 * prompts * tokens * heads) / hardware.bandwidth;
  return key === null
    ? bound
    : bound * ratio(hardware, 'mla_ctx', key, [log2(tokens), log2(prompts * heads)]);
}

/** Seconds of latent attention of running sequences, absorbed products included, one layer, one step. */
export function latentDecodeAttention(
  hardware: KernelHardware,
  sequences: number,
  contextTokens: number,
  heads: number,
  kv: Format,
): number {
  if (sequences <= 0) return 0;
  const key = pick(hardware, 'mla_gen', kv) ?? pick(hardware, 'mla_gen', 'bfloat16');
  const bound =
    5e-6 +
    (sequences * contextTokens * 576 * (kv === 'fp8' ? 1 : 2)) / hardware.bandwidth +
    (2176 * sequences * heads * contextTokens) / hardware.peak16;
  const point = [log2(sequences), log2(contextTokens), log2(heads)];
  const attention = key === null ? bound : bound * ratio(hardware, 'mla_gen', key, point);
  return attention + absorbedProducts(hardware, sequences, heads);
}

function absorbedProducts(hardware: KernelHardware, tokens: number, heads: number): number {
  const bound =
    2e-6 +
    (131_072 * tokens * heads) / hardware.peak16 +
    (131_072 * heads + 1280 * tokens * heads) / hardware.bandwidth;
  return has(hardware, 'bmm')
    ? 2 * bound * ratio(hardware, 'bmm', 'bmm', [log2(tokens), log2(heads)])
    : 2 * bound;
}

/** Architectures whose sparse attention was measured as a whole, projections included; told apart by their width. */
const SPARSE = [
  { architecture: 'DeepseekV32ForCausalLM', hidden: 7168 },
  { architecture: 'GlmMoeDsaForCausalLM', hidden: 6144 },
] as const;

/** Seconds of sparse attention, one layer with its projections; `null` where it was not measured. */
export function sparseAttention(
  hardware: KernelHardware,
  phase: 'gen' | 'ctx',
  shape: { sequences: number; tokens: number; heads: number; format: string; hidden: number },
): number | null {
  const distance = ({ hidden }: (typeof SPARSE)[number]) => Math.abs(hidden - shape.hidden);
  const architectures = SPARSE.toSorted((a, b) => distance(a) - distance(b));
  const engines = [hardware.engine, 'trtllm', 'sglang', 'vllm'];
  for (const engine of engines) {
    for (const { architecture } of architectures) {
      for (const format of [shape.format, 'fp8_block', 'bfloat16']) {
        const key = `dsa_${phase} ${engine}|${architecture}|bfloat16|${format}`;
        if (!has(hardware, key)) continue;
        const { sequences, tokens, heads } = shape;
        const [s, t, h] = [log2(sequences), log2(tokens), log2(heads)];
        if (phase === 'gen') return 1e-4 * ratio(hardware, 'dsa_gen', key, [s, t, h]);
        return (1e-4 + sequences * tokens * 2e-7) * ratio(hardware, 'dsa_ctx', key, [t, s, h]);
      }
    }
  }
  return null;
}

/** Seconds of the gated delta rule, one layer: running sequences one token each, prompts `tokens` in all. */
export function gatedDelta(
  hardware: KernelHardware,
  sequences: number,
  tokens: number,
  valueHeads: number,
): number {
  let seconds = 0;
  if (sequences > 0) {
    const bound = 4e-6 + (sequences * valueHeads * 131_072) / hardware.bandwidth;
    const point = [log2(sequences), log2(valueHeads)];
    seconds += has(hardware, 'gdn_dec') ? bound * ratio(hardware, 'gdn_dec', 'gdn_dec', point) : bound;
  }
  if (tokens > 0) {
    const bound = 2e-5 + (tokens * valueHeads * 1536) / hardware.bandwidth;
    const point = [log2(tokens), log2(valueHeads)];
    seconds += has(hardware, 'gdn_ctx') ? bound * ratio(hardware, 'gdn_ctx', 'gdn_ctx', point) : bound;
  }
  return seconds;
}
