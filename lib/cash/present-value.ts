/**
 * Rate of one month that compounds to the yearly one: (1 + r)^(1/12) − 1. Both are shares, not percent. Written so that
 * nothing cancels at rates near 0.
 */
export function monthlyRate(discountRatePerYear: number): number {
  return Math.expm1(Math.log1p(discountRatePerYear) / 12);
}

/** Present value of 1 at the end of each of `months` months; at a rate of 0, the number of months. */
export function annuityFactor(months: number, discountRatePerYear: number): number {
  const rate = monthlyRate(discountRatePerYear);
  return rate === 0 ? months : -Math.expm1(-months * Math.log1p(rate)) / rate;
}

/** What USD 1 at the end of month t is worth now, for t = 0 to `months`. */
export function discountFactors(months: number, discountRatePerYear: number): Float64Array {
  const perMonth = 1 / (1 + monthlyRate(discountRatePerYear));
  const factors = new Float64Array(months + 1);
  let factor = 1;
  for (let month = 0; month <= months; month += 1) {
    factors[month] = factor;
    factor *= perMonth;
  }
  return factors;
}

/** Present value of a cash series in USD: the first figure falls now, each further one a month later. */
export function presentValue(cash: readonly number[], discountRatePerYear: number): number {
  const growth = 1 + monthlyRate(discountRatePerYear);
  let sum = 0;
  // By index: pairs of a month and its amount would be made anew for each line and month.
  for (let month = 0; month < cash.length; month += 1) {
    const amount = cash[month] ?? 0;
    if (amount !== 0) sum += amount / growth ** month;
  }
  return sum;
}

/** The level monthly amount, paid at the end of each month, that is worth `presentValueUsd` today. */
export function monthlyEquivalent(
  presentValueUsd: number,
  months: number,
  discountRatePerYear: number,
): number {
  return presentValueUsd / annuityFactor(months, discountRatePerYear);
}
