/** How a run spread its model over GPUs. */
export interface Layout {
  readonly tensor: number;
  readonly pipeline: number;
  readonly attentionData: number;
}

const WHOLE = /^(?:(?:DEP|TEP|TP|PP|EP|DP)[1-9]\d{0,3})+$/;
const PART = /(DEP|TEP|TP|PP|EP|DP)(\d+)/g;

/**
 * Reads `TP8`, `TP4PP2`, `DEP8` (attention data parallelism with experts spread over the same GPUs), `DEP2PP4`.
 * `null` for any other text.
 */
export function layoutOf(text: string): Layout | null {
  if (!WHOLE.test(text)) return null;
  const degrees = new Map<string, number>();
  for (const [, kind = '', degree] of text.matchAll(PART)) {
    if (degrees.has(kind)) return null;
    degrees.set(kind, Number(degree));
  }
  return {
    tensor: degrees.get('TP') ?? degrees.get('TEP') ?? 1,
    pipeline: degrees.get('PP') ?? 1,
    attentionData: degrees.get('DEP') ?? degrees.get('DP') ?? 1,
  };
}

/**
 * True where the degrees use every GPU. Engines count attention data parallelism in two ways: beside the tensor degree
 * (vLLM: tp 1, dp 8 on 8 GPUs) or within it (SGLang: tp 8, dp 8 on 8 GPUs).
 */
export function usesAll({ tensor, pipeline, attentionData }: Layout, gpus: number): boolean {
  return (
    tensor * pipeline * attentionData === gpus || (tensor * pipeline === gpus && tensor % attentionData === 0)
  );
}
