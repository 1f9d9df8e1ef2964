import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';

/** A bill as a function of traffic: `fixedUsd` + `usageUsd` × multiple of the planned traffic. */
interface CostLine {
  readonly fixedUsd: number;
  readonly usageUsd: number;
}

/** Splits a monthly bill into what stays and what grows with use. */
function costLine(estimate: Estimate): CostLine {
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

/** Nodes of an option's fleet by the horizon at a multiple of the planned traffic; `null` where it stays as deployed. */
export type NodesAtHorizon = (optionId: string) => ((timesPlanned: number) => number) | null;

/**
 * One sentence: the traffic at which the order of the winner and the nearest rival that grows differently turns. The bills
 * are those of the planned fleets, and the sentence says where that traffic takes others: a fleet that stays carries the
 * peak times (1 + headroom), one that grows has other nodes by the horizon.
 */
export function trafficFlip(
  winner: OptionRow,
  rivals: readonly OptionRow[],
  estimates: ReadonlyMap<string, Estimate>,
  nodesAtHorizon: NodesAtHorizon = () => null,
): string[] {
  const bill = estimates.get(winner.id);
  if (bill === undefined || bill.atLeast) return [];
  const line = costLine(bill);
  const flips = rivals.flatMap((rival) => {
    const other = estimates.get(rival.id);
    if (other === undefined || other.atLeast) return [];
    const multiple = breakEvenMultiple(line, costLine(other));
    return multiple === null || isFarAway(multiple) ? [] : [{ rival, multiple }];
  });
  const [flip] = flips.toSorted((a, b) => Math.abs(Math.log(a.multiple)) - Math.abs(Math.log(b.multiple)));
  if (flip === undefined) return [];
  const { rival, multiple } = flip;
  const side = multiple < 1 ? 'Below' : 'Above';
  const sentence = `${side} ${times(multiple)} the planned traffic ${rival.id} would be cheaper`;
  const both = [winner, rival];
  const grown = both.flatMap(({ id }) => otherNodes(id, nodesAtHorizon(id), multiple));
  if (grown.length > 0) {
    return [
      `${sentence}, counting the fleets planned now; by month ${bill.horizonMonths} that traffic takes ${grown.join(' and ')}.`,
    ];
  }
  const [least] = both
    .filter(({ id }) => nodesAtHorizon(id) === null)
    .toSorted((a, b) => limitOf(a) - limitOf(b));
  return [
    least === undefined || multiple <= limitOf(least)
      ? `${sentence}.`
      : `${sentence}, but the fleet of ${least.id} carries only ${times(limitOf(least))}: it must grow before that.`,
  ];
}

function otherNodes(id: string, nodesAt: ReturnType<NodesAtHorizon>, multiple: number): string[] {
  if (nodesAt === null) return [];
  const [planned, taken] = [nodesAt(1), nodesAt(multiple)];
  return planned === taken ? [] : [`${taken} GPU nodes of ${id}, not ${planned}`];
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
