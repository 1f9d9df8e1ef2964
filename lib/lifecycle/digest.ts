import { createHash } from 'node:crypto';

/** JSON with the keys of every object in one order: equal for equal values. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Hexadecimal digits of a fingerprint: 16 bits. */
const FINGERPRINT_DIGITS = 4;

/**
 * Tells another value from this one, and nothing of either: one in 65,536 values has the same fingerprint, so that a
 * secret cannot be searched for by it. Where certainty is needed, digests of whole artifacts give it.
 */
export function fingerprint(value: unknown): string {
  return digestOf(value).slice(0, FINGERPRINT_DIGITS);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
