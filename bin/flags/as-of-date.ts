import { textOf, type Flags, type Surroundings } from '#bin/command';
import { LandfallError } from '#lib/errors/landfall-error';

/** `--as-of` or today. Checks that the day exists: 2026-02-30 does not. */
export function asOfDate(flags: Flags, { today }: Surroundings): string {
  const asOf = textOf(flags, 'asOf') ?? today;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? Date.parse(`${asOf}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(asOf)) return asOf;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--as-of',
    got: `"${asOf}"`,
    expected: 'a date',
    fix: `write it as YYYY-MM-DD, e.g. ${today}`,
  });
}
