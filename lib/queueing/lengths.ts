/** Lengths of prompts or answers in tokens, taken for lognormal: close to what traces of chat and of code show. */
export interface Lengths {
  readonly mean: number;
  /** Standard deviation ÷ mean. */
  readonly variation: number;
}

/** A length and the share of requests it stands for. */
export interface LengthPoint {
  readonly tokens: number;
  readonly share: number;
}

/** Gauss–Hermite nodes and weights of a standard normal, seven points (Abramowitz and Stegun, table 25.10, rescaled). */
const NORMAL_POINTS: readonly (readonly [node: number, share: number])[] = [
  [-3.750_439_717_725_742, 0.000_548_268_855_972_218],
  [-2.366_759_410_734_541, 0.030_757_123_967_586_5],
  [-1.154_405_394_739_968, 0.240_123_178_605_013],
  [0, 0.457_142_857_142_857],
  [1.154_405_394_739_968, 0.240_123_178_605_013],
  [2.366_759_410_734_541, 0.030_757_123_967_586_5],
  [3.750_439_717_725_742, 0.000_548_268_855_972_218],
];

/** Seven lengths that stand for all. */
export function lengthPoints({ mean, variation }: Lengths): readonly LengthPoint[] {
  if (variation === 0) return [{ tokens: mean, share: 1 }];
  const variance = Math.log(1 + variation ** 2);
  return NORMAL_POINTS.map(([node, share]) => ({
    tokens: mean * Math.exp(Math.sqrt(variance) * node - variance / 2),
    share,
  }));
}

/** `E[length^order]`, as a lognormal distribution has it. */
export function lengthMoment({ mean, variation }: Lengths, order: number): number {
  return mean ** order * (1 + variation ** 2) ** ((order * (order - 1)) / 2);
}
