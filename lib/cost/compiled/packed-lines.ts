import type { Category } from '#lib/catalog/purchase';
import type { CashPattern } from '#lib/cost/compiled/cash-pattern';

/** A line: `usd` × its factors × its sums × its bends × what is computed, with the cash of its group. */
export interface Line extends LineGroup {
  readonly usd: number;
  readonly factors: number[];
  readonly sums: { readonly constant: number; readonly numbers: readonly number[] }[];
  readonly bends: Bend[];
  /** What no product says. @default - nothing */
  readonly computed?: Computed;
}

/** Lines that money treats alike: their amounts add up before time does anything to them. */
export interface LineGroup {
  readonly category: Category;
  readonly pattern: CashPattern;
  /** Of capital: what tax deducts instead of the cash. */
  readonly writtenOff: CashPattern | null;
  /** Bought of a seller that charges its support plan for it. */
  readonly isSupported: boolean;
}

/** A factor that is 1 at the input's base, and linear towards a multiple at either end. */
export interface Bend {
  readonly number: number;
  readonly base: number;
  readonly downPerUnit: number;
  readonly upPerUnit: number;
}

export interface Computed {
  /** Numbers of the inputs that it reads. */
  readonly reads: readonly number[];
  valueAt(values: Float64Array): number;
}

export interface PackedLines {
  readonly groups: readonly LineGroup[];
  /** Fills `amounts` with the USD of each group. */
  readonly addUp: (values: Float64Array, amounts: Float64Array) => void;
}

/** Lays the lines out in flat arrays. */
export function packed(lines: readonly Line[]): PackedLines {
  const { groups, groupOf } = grouped(lines);
  const usd = Float64Array.from(lines, (line) => line.usd);
  const factorEnds = endsOf(lines.map(({ factors }) => factors.length));
  const factors = Int32Array.from(lines.flatMap((line) => line.factors));
  const sumEnds = endsOf(lines.map(({ sums }) => sums.length));
  const sums = lines.flatMap((line) => line.sums);
  const constants = Float64Array.from(sums, ({ constant }) => constant);
  const partEnds = endsOf(sums.map(({ numbers }) => numbers.length));
  const parts = Int32Array.from(sums.flatMap(({ numbers }) => [...numbers]));
  const bendEnds = endsOf(lines.map(({ bends }) => bends.length));
  const bends = lines.flatMap((line) => line.bends);
  const computed = lines.map((line) => line.computed ?? null);
  const addUp = (values: Float64Array, amounts: Float64Array): void => {
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
      amount *= computed[line]?.valueAt(values) ?? 1;
      const index = groupOf[line] ?? 0;
      amounts[index] = (amounts[index] ?? 0) + amount;
    }
  };
  return { groups, addUp };
}

function grouped(lines: readonly Line[]): { groups: LineGroup[]; groupOf: Int32Array } {
  const groups: LineGroup[] = [];
  const numberOf = ({ category, pattern, writtenOff, isSupported }: LineGroup): number => {
    const known = groups.findIndex(
      (group) =>
        group.category === category &&
        group.pattern === pattern &&
        group.writtenOff === writtenOff &&
        group.isSupported === isSupported,
    );
    return known === -1 ? groups.push({ category, pattern, writtenOff, isSupported }) - 1 : known;
  };
  return { groupOf: Int32Array.from(lines, numberOf), groups };
}

function endsOf(lengths: readonly number[]): Int32Array {
  let end = 0;
  return Int32Array.from(lengths, (length) => (end += length));
}
