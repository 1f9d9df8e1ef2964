import type { Accelerator, DenseTflops } from '#lib/catalog/accelerators';

/** Whether the one accelerator does at least what the other does, by their ids. */
export type DatasheetOrder = (gpu: string, other: string) => boolean;

/** Compute types in which weights are served. */
const FORMATS = ['bf16', 'fp8', 'fp4'] as const satisfies readonly (keyof DenseTflops)[];

/**
 * By the datasheets, within one family: no figure is lower and one is higher, so that whatever runs on the other runs here
 * in the same layout, and no slower. Between families it would say nothing: they reach unlike shares of their peaks.
 */
export function datasheetOrder(accelerators: ReadonlyMap<string, Accelerator>): DatasheetOrder {
  return (gpu, other) => {
    const [a, b] = [accelerators.get(gpu), accelerators.get(other)];
    if (a === undefined || b === undefined || a.family !== b.family) return false;
    const figures = pairsOf(a, b);
    return figures.every(([of, than]) => of >= than) && figures.some(([of, than]) => of > than);
  };
}

function pairsOf(a: Accelerator, b: Accelerator): readonly (readonly [number, number])[] {
  const memory =
    a.usableGib === null || b.usableGib === null
      ? ([a.memoryGb, b.memoryGb] as const)
      : ([a.usableGib, b.usableGib] as const);
  // What the other computes in no such type it computes in a wider one.
  const rates = FORMATS.map((format) => [a.denseTflops[format] ?? 0, b.denseTflops[format] ?? 0] as const);
  return [
    memory,
    [a.bandwidthGbPerSecond, b.bandwidthGbPerSecond],
    [a.link.gbPerSecond, b.link.gbPerSecond],
    [a.link.domain, b.link.domain],
    ...rates,
  ];
}
