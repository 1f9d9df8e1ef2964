/** Thresholds that are added one by one before the rest is taken as an integral. */
const COUNTED = 64;

/**
 * Mean of ⌈X⌉ where X is lognormal with this mean and standard deviation ÷ mean: Σ over k ≥ 0 of P(X > k), whose tail is
 * ∫ P(X > x) dx from K − ½ on = E[(X − K + ½)⁺]. Without a variation all are alike: ⌈mean⌉.
 */
export function meanRoundedUp(mean: number, variation: number | undefined): number {
  if (mean <= 0) return 0;
  if (variation === undefined || variation === 0) return Math.ceil(mean);
  const sigma = Math.sqrt(Math.log1p(variation ** 2));
  const mu = Math.log(mean) - sigma ** 2 / 2;
  let sum = 1;
  for (let threshold = 1; threshold < COUNTED; threshold += 1) {
    sum += normalShareBelow((mu - Math.log(threshold)) / sigma);
  }
  const from = COUNTED - 0.5;
  const above = (mu - Math.log(from)) / sigma;
  return sum + mean * normalShareBelow(above + sigma) - from * normalShareBelow(above);
}

/** Share of a standard normal below a value, to 1.5 × 10⁻⁷ (Abramowitz and Stegun 1964, 7.1.26). */
function normalShareBelow(value: number): number {
  const x = Math.abs(value) / Math.SQRT2;
  const t = 1 / (1 + 0.327_591_1 * x);
  const polynomial =
    ((((1.061_405_429 * t - 1.453_152_027) * t + 1.421_413_741) * t - 0.284_496_736) * t + 0.254_829_592) * t;
  const erf = 1 - polynomial * Math.exp(-x * x);
  return value < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
