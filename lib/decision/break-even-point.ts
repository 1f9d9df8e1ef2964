export const BREAK_EVEN_OVER = ['month', 'volume', 'utilisation', 'gpu-price', 'power-price'] as const;
export type BreakEvenOver = (typeof BREAK_EVEN_OVER)[number];

/** Where two options cost the same over one quantity. */
export interface BreakEvenPoint {
  readonly over: BreakEvenOver;
  readonly unit: string;
  /** The quantity as it is; `null` where there is none. */
  readonly base: number | null;
  /** Where they cost the same; `null` where they never do in the range that was searched. */
  readonly value: number | null;
  readonly verdict: 'crosses' | 'never' | 'beyond-capacity' | 'not-applicable';
  /** Finished sentences. */
  readonly says: readonly string[];
}
