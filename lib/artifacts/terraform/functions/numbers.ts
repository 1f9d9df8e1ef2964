import { MAXIMUM_ITEMS, type FunctionTable } from '#lib/artifacts/terraform/functions/operands';
import { Failure, list, number, rounded, text, truth, whole } from '#lib/artifacts/terraform/values';

/** Functions of numbers and of truth. All operands are known. */
export const NUMBERS: FunctionTable = {
  abs: (value) => Math.abs(number(value)),
  ceil: (value) => Math.ceil(number(value)),
  floor: (value) => Math.floor(number(value)),
  max: (...values) => Math.max(...atLeastOne(values.map(number))),
  min: (...values) => Math.min(...atLeastOne(values.map(number))),
  pow: (base, exponent) => number(base) ** number(exponent),
  signum: (value) => Math.sign(number(value)),
  log: (value, base) => Math.log(number(value)) / Math.log(number(base)),
  sum: (values) => rounded(atLeastOne(list(values).map(number)).reduce((sum, value) => sum + value, 0)),
  parseint: (value, base) => {
    const radix = whole(base);
    const parsed = Number.parseInt(text(value), radix);
    if (radix < 2 || radix > 36 || parsed.toString(radix) !== text(value).toLowerCase()) {
      throw new Failure('no whole number');
    }
    return parsed;
  },
  range: (...limits) => {
    const [first = 0, second, third] = limits.map(number);
    const [start, end] = second === undefined ? [0, first] : [first, second];
    const step = third ?? (end < start ? -1 : 1);
    const count = Math.max(0, Math.ceil((end - start) / step));
    if (step === 0 || !(count <= MAXIMUM_ITEMS)) throw new Failure('no range');
    return Array.from({ length: count }, (_, index) => rounded(start + index * step));
  },
  alltrue: (values) => list(values).every((value) => truth(value)),
  anytrue: (values) => list(values).some((value) => truth(value)),
};

function atLeastOne(values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new Failure('no numbers');
  return values;
}
