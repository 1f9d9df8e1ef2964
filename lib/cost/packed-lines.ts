import type { CashPattern } from '#lib/cost/cash-pattern';

/** A line: `usd` × its factors × its sums × its bends, with the cash of a pattern. */
export interface Line {
  readonly usd: number;
  readonly factors: number[];
  readonly sums: { readonly constant: number; readonly numbers: readonly number[] }[];
  readonly bends: Bend[];
  readonly pattern: CashPattern;
}

/** A factor that is 1 at the input's base, and linear towards a multiple at either end. */
export interface Bend {
  readonly number: number;
  readonly base: number;
  readonly downPerUnit: number;
  readonly upPerUnit: number;
}

/** Lays the lines out in flat arrays and returns what fills `amounts` with the USD of each pattern. */
export function packed(lines: readonly Line[], patterns: readonly CashPattern[]) {
  const usd = Float64Array.from(lines, (line) => line.usd);
  const patternOf = Int32Array.from(lines, (line) => patterns.indexOf(line.pattern));
  const factorEnds = endsOf(lines.map(({ factors }) => factors.length));
  const factors = Int32Array.from(lines.flatMap((line) => line.factors));
  const sumEnds = endsOf(lines.map(({ sums }) => sums.length));
  const sums = lines.flatMap((line) => line.sums);
  const constants = Float64Array.from(sums, ({ constant }) => constant);
  const partEnds = endsOf(sums.map(({ numbers }) => numbers.length));
  const parts = Int32Array.from(sums.flatMap(({ numbers }) => [...numbers]));
  const bendEnds = endsOf(lines.map(({ bends }) => bends.length));
  const bends = lines.flatMap((line) => line.bends);
  return (values: Float64Array, amounts: Float64Array): void => {
    amounts.fill(0);
    let [factor, sum, part, bent] = [0, 0, 0, 0];
    for (let line = 0; line < usd.length; line += 1) {
      let amount = usd[line] ?? 0;
      for (const end = factorEnds[line] ?? 0; factor < end; factor += 1) {
        amount *= values[factors[factor] ?? 0] ?? 0;
      }
      for (const end = sumEnds[line] ?? 0; sum < end; sum += 1) {
        let total = constants[sum] ?? 0;
        for (const last = partEnds[sum] ?? 0; part < last; part += 1) total += values[parts[part] ?? 0] ?? 0;
        amount *= total;
      }
      for (const end = bendEnds[line] ?? 0; bent < end; bent += 1) {
        const one = bends[bent];
        if (one === undefined) break;
        const away = (values[one.number] ?? 0) - one.base;
        amount *= Math.max(0, 1 + away * (away < 0 ? one.downPerUnit : one.upPerUnit));
      }
      const index = patternOf[line] ?? 0;
      amounts[index] = (amounts[index] ?? 0) + amount;
    }
  };
}

function endsOf(lengths: readonly number[]): Int32Array {
  let end = 0;
  return Int32Array.from(lengths, (length) => (end += length));
}
