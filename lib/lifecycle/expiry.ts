import { LandfallError } from '#lib/errors/landfall-error';

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** What a review holds for where nobody says otherwise. */
export const USUAL_EXPIRY = '24h';

/** Longest that a review holds, in ms: a week. The world moves. */
const LONGEST_MS = 7 * UNITS_MS.d;

/** A clock that runs so far ahead of the one that wrote a bundle, in ms, is no reason to distrust it. */
const SKEW_MS = 5 * UNITS_MS.m;

/**
 * `24h`, `30m` or `7d` in ms.
 *
 * @throws LandfallError for another form, nothing, or more than a week
 */
export function expiryMs(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS_MS[unit as keyof typeof UNITS_MS] ?? Number.NaN);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new LandfallError({
    code: 'OUT_OF_RANGE',
    at: '--expires',
    got: `"${text}"`,
    expected: 'minutes, hours or days, up to a week: 30m, 24h, 7d',
    fix: `leave it out for ${USUAL_EXPIRY}`,
  });
}

/** `2026-11-30T09:00:00Z` so many ms later, in the same form. */
export function later(instant: string, ms: number): string {
  return `${new Date(Date.parse(instant) + ms).toISOString().slice(0, 19)}Z`;
}

/** Why a bundle may not be applied at this instant; `null` where it may. */
export function timeFault(
  { createdAt, expiresAt }: { readonly createdAt: string; readonly expiresAt: string },
  now: string,
): string | null {
  const [created, expires, today] = [createdAt, expiresAt, now].map((text) => Date.parse(text));
  if (created === undefined || expires === undefined || today === undefined) return null;
  if (!(expires - created <= LONGEST_MS)) return 'it claims to hold for more than a week';
  if (created > today + SKEW_MS) return `it was made at ${createdAt}, which is yet to come`;
  return today >= expires ? `it expired at ${expiresAt}` : null;
}

/** `23 h`, `40 min` until an instant, for people. */
export function timeLeft(expiresAt: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(expiresAt) - Date.parse(now)) / UNITS_MS.m));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} days`;
}
