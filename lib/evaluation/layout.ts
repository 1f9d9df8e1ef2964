/** How a run spread its model over GPUs. */
export interface Layout {
  readonly tensor: number;
  readonly pipeline: number;
  readonly attentionData: number;
  /** `null` where it is not named. */
  readonly expertParallel: number | null;
}

const WHOLE = /^(?:(?:DEP|TEP|ADP|TP|PP|EP|DP)[1-9]\d{0,3})+$/;
const PART = /(DEP|TEP|ADP|TP|PP|EP|DP)(\d+)/g;
/** What stands between the parts, or between a degree and its name. */
const BETWEEN = /[-_ +/=:()]|,(?= *[A-Z])/g;

/**
 * Reads `TP8`, `TP4PP2`, `DEP8` (attention data parallelism with experts spread over the same GPUs), `DEP2PP4`.
 * `TEP8` (tensor parallelism with experts spread over the same GPUs), in any case, with or without dashes between the
 * parts; `ADP8` is attention data parallelism, by TensorRT-LLM's word, and leaves the experts open. `null` for any other text.
 */
export function layoutOf(text: string): Layout | null {
  const compact = text.toUpperCase().replaceAll(BETWEEN, '');
  if (!WHOLE.test(compact)) return null;
  const degrees = new Map<string, number>();
  for (const [, kind = '', degree] of compact.matchAll(PART)) {
    if (degrees.has(kind)) return null;
    degrees.set(kind, Number(degree));
  }
  return {
    tensor: degrees.get('TP') ?? degrees.get('TEP') ?? 1,
    pipeline: degrees.get('PP') ?? 1,
    attentionData: degrees.get('DEP') ?? degrees.get('ADP') ?? degrees.get('DP') ?? 1,
    expertParallel: degrees.get('EP') ?? degrees.get('DEP') ?? degrees.get('TEP') ?? null,
  };
}

/**
 * True where the degrees use every GPU. Engines count attention data parallelism in two ways: beside the tensor degree
 * (vLLM: tp 1, dp 8 on 8 GPUs) or within it (SGLang: tp 8, dp 8 on 8 GPUs).
 */
export function usesAll(
  { tensor, pipeline, attentionData }: Omit<Layout, 'expertParallel'>,
  gpus: number,
): boolean {
  return (
    tensor * pipeline * attentionData === gpus || (tensor * pipeline === gpus && tensor % attentionData === 0)
  );
}
