import { roundTo } from '#lib/units/money';

const STABLE_DECIMALS = 9;

/** JSON with sorted keys and numbers rounded to nine decimals: equal values give equal text on every machine. */
export function serialize(value: unknown): string {
  return `${JSON.stringify(canonical(value), null, 2)}\n`;
}

function canonical(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('a document cannot hold a number that is not finite');
    // Beyond 2^53 ÷ 10^9 there are no such decimals to round.
    return Math.abs(value) > 9e6 ? value : roundTo(value, STABLE_DECIMALS);
  }
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, canonical(held)]),
  );
}
