import type { LineItem } from '#lib/cost/estimate';

/** Prices older than this are worth a look before money is committed; GPU rents have moved a third in eight months. */
const NOTEWORTHY_AGE_DAYS = 180;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Days from a fact's date to `asOf`. A date without day or month counts from its first day: the oldest it can be.
 */
export function ageInDays(factAsOf: string, asOf: string): number {
  return Math.round((startOf(asOf) - startOf(factAsOf)) / MILLISECONDS_PER_DAY);
}

/** Oldest and newest dates among the listed prices of these lines; `null` where none is listed. */
export function priceDates(lines: readonly LineItem[]): { oldest: string | null; newest: string | null } {
  const dates = lines
    .filter((line) => !line.assumed)
    .flatMap((line) => line.source?.asOf ?? [])
    .toSorted((a, b) => startOf(a) - startOf(b));
  return { oldest: dates[0] ?? null, newest: dates.at(-1) ?? null };
}

/** One note that names the lines whose listed price is old. */
export function ageNotes(lines: readonly LineItem[], asOf: string): string[] {
  const old = lines.filter(
    (line) =>
      !line.assumed && line.source !== null && ageInDays(line.source.asOf, asOf) > NOTEWORTHY_AGE_DAYS,
  );
  if (old.length === 0) return [];
  const { oldest } = priceDates(old);
  return [
    `${old.length} of ${lines.length} lines use prices over ${NOTEWORTHY_AGE_DAYS} days old (the oldest of ${oldest}): ` +
      old.map((line) => line.key).join(', '),
  ];
}

function startOf(date: string): number {
  const [year = '1970', month = '01', day = '01'] = date.split('-');
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
