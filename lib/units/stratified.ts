import { seedOf, uniformNumbers } from '#lib/units/random';

/**
 * `count` uniform numbers, one in each of `count` equal parts of [0, 1), in random order: a Latin hypercube's column. A
 * mean over such draws is nearer the true one than over independent draws.
 */
export function stratified(count: number, seed: number, name: string): Float64Array {
  const uniform = uniformNumbers(seedOf(seed, name));
  const parts = Float64Array.from({ length: count }, (_, part) => (part + uniform()) / count);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(uniform() * (last + 1));
    const held = parts[last] ?? 0;
    parts[last] = parts[other] ?? 0;
    parts[other] = held;
  }
  return parts;
}
