/** Cash of USD 1 a month over the horizon, paid at the end of each month: nothing now, then 1 × (1 + growth)^(t − 1). */
export function monthlyCash(horizonMonths: number, growthPerMonth = 0): number[] {
  return [0, ...Array.from({ length: horizonMonths }, (_, month) => (1 + growthPerMonth) ** month)];
}

/** Cash of USD 1 paid now and never again. */
export function onceCash(horizonMonths: number): number[] {
  return [1, ...Array.from({ length: horizonMonths }, () => 0)];
}
