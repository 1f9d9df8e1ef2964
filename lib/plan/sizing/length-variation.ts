/** The 95th percentile of a standard normal. */
const Z95 = 1.644_853_627;

export interface LengthFigures {
  readonly mean: number;
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
  readonly variation?: number | undefined;
}

/**
 * Standard deviation ÷ mean of a length: as stated, else that of the lognormal distribution with its median and 95th
 * percentile, `σ² = 2 ln(mean ÷ p50)` and `σ = z − √(z² − 2 ln(p95 ÷ mean))`, the mean of both `σ²` where both are known.
 * `undefined` where nothing but the mean is.
 */
export function variationOf({ mean, p50, p95, variation }: LengthFigures): number | undefined {
  if (variation !== undefined) return variation;
  const variances: number[] = [];
  if (p50 !== undefined) variances.push(2 * Math.log(Math.max(1, mean / p50)));
  if (p95 !== undefined) {
    const above = Math.log(Math.max(1, p95 / mean));
    variances.push((Z95 - Math.sqrt(Math.max(0, Z95 ** 2 - 2 * above))) ** 2);
  }
  if (variances.length === 0) return undefined;
  const variance = variances.reduce((sum, each) => sum + each, 0) / variances.length;
  return Math.sqrt(Math.exp(variance) - 1);
}
