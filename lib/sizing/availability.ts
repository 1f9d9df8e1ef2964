/** Share of time in which one replica is up: `MTBF ÷ (MTBF + MTTR)`, both in hours. */
export function replicaAvailability(mtbfHours: number, mttrHours: number): number {
  return mtbfHours / (mtbfHours + mttrHours);
}

/** Probability that at least `needed` of `total` independent replicas are up (binomial, k of n). */
export function groupAvailability(needed: number, total: number, each: number): number {
  if (needed > total) return 0;
  if (each >= 1) return 1;
  // Summed from the far tail of failures, in logarithms: factorials of large fleets overflow otherwise.
  let logProbability = total * Math.log(each);
  let sum = 0;
  for (let failed = 0; failed <= total - needed; failed += 1) {
    sum += Math.exp(logProbability);
    logProbability += Math.log((total - failed) / (failed + 1)) + Math.log1p(-each) - Math.log(each);
  }
  return Math.min(1, sum);
}

/** Fewest replicas beyond `needed` that keep `needed` up for the asked share of time; `null` beyond `limit` spares. */
export function sparesFor(needed: number, each: number, asked: number, limit = 1_000): number | null {
  for (let spares = 0; spares <= limit; spares += 1) {
    if (groupAvailability(needed, needed + spares, each) >= asked) return spares;
  }
  return null;
}
