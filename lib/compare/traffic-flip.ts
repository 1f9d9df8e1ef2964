import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';

/** A bill as a function of traffic: `fixedUsd` + `usageUsd` × multiple of the planned traffic. */
interface CostLine {
  readonly fixedUsd: number;
  readonly usageUsd: number;
}

/** Splits a monthly bill into what stays and what grows with use. */
export function costLine(estimate: Estimate): CostLine {
  const usageUsd = estimate.lines
    .filter((line) => line.state === 'usage')
    .reduce((sum, line) => sum + (line.monthlyUsd ?? 0), 0);
  return { fixedUsd: estimate.totals.monthlyUsd.base - usageUsd, usageUsd };
}

/**
 * Multiple of the planned traffic at which two bills are equal; `null` where they never are. Closed form of
 * fixed₁ + usage₁ × m = fixed₂ + usage₂ × m; holds while the fleets stay as they are.
 */
export function breakEvenMultiple(a: CostLine, b: CostLine): number | null {
  const slope = a.usageUsd - b.usageUsd;
  if (slope === 0) return null;
  const multiple = (b.fixedUsd - a.fixedUsd) / slope;
  return multiple > 0 && Number.isFinite(multiple) ? multiple : null;
}

/**
 * One sentence: the traffic at which the order of the winner and the nearest rival that grows differently turns. A fleet
 * carries the peak times (1 + headroom); beyond that it must grow, and the sentence says so instead.
 */
export function trafficFlip(
  winner: OptionRow,
  rivals: readonly OptionRow[],
  estimates: ReadonlyMap<string, Estimate>,
): string[] {
  const bill = estimates.get(winner.id);
  if (bill === undefined || bill.atLeast) return [];
  const line = costLine(bill);
  const flips = rivals.flatMap((rival) => {
    const other = estimates.get(rival.id);
    if (other === undefined || other.atLeast) return [];
    const multiple = breakEvenMultiple(line, costLine(other));
    return multiple === null || isFarAway(multiple)
      ? []
      : [{ rival, multiple, limit: Math.min(limitOf(winner), limitOf(rival)) }];
  });
  const [flip] = flips.toSorted((a, b) => Math.abs(Math.log(a.multiple)) - Math.abs(Math.log(b.multiple)));
  if (flip === undefined) return [];
  const { rival, multiple, limit } = flip;
  const side = multiple < 1 ? 'Below' : 'Above';
  const sentence = `${side} ${times(multiple)} the planned traffic ${rival.id} would be cheaper`;
  return [
    multiple <= limit
      ? `${sentence}.`
      : `${sentence}, but the fleet carries only ${times(limit)}: it must grow before that.`,
  ];
}

/** Ten times the traffic, or a tenth of it, is another scenario: the fleets would be planned anew. */
function isFarAway(multiple: number): boolean {
  return multiple > 10 || multiple < 0.1;
}

function limitOf(row: OptionRow): number {
  return row.headroom === null ? Infinity : 1 + row.headroom;
}

function times(multiple: number): string {
  return `${multiple >= 10 ? Math.round(multiple) : Number(multiple.toPrecision(2))}×`;
}
