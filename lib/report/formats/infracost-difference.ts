import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import { roundUsd } from '#lib/units/money';

/**
 * The lines that differ, each with its differences as its figures: so Infracost's `diff` holds a change in the form of
 * a bill. What is gone has the figures of its line below 0.
 */
export function differenceLines(
  past: readonly ArtifactLine[],
  now: readonly ArtifactLine[],
): readonly ArtifactLine[] {
  const before = new Map(past.map((line) => [line.item.key, line]));
  const after = new Map(now.map((line) => [line.item.key, line]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    difference(before.get(key), after.get(key)),
  );
}

function difference(past: ArtifactLine | undefined, now: ArtifactLine | undefined): readonly ArtifactLine[] {
  const line = now ?? past;
  if (line === undefined || line.priceId === null) return [];
  const [before, after] = [past?.item, now?.item];
  const quantity = (after?.quantity ?? 0) - (before?.quantity ?? 0);
  const unitPriceUsd = less(after?.unitPriceUsd, before?.unitPriceUsd);
  const monthlyUsd = less(after?.monthlyUsd, before?.monthlyUsd);
  const isSame = quantity === 0 && (unitPriceUsd ?? 0) === 0 && (monthlyUsd ?? 0) === 0;
  if (isSame && past !== undefined && now !== undefined) return [];
  return [{ ...line, item: { ...line.item, quantity, unitPriceUsd, monthlyUsd } }];
}

/** `null` where neither side has an amount. */
function less(after: number | null | undefined, before: number | null | undefined): number | null {
  if (typeof after !== 'number' && typeof before !== 'number') return null;
  return roundUsd((after ?? 0) - (before ?? 0));
}
