import type { BomLine, BomPhase } from '#lib/facility/bom';
import type { PurchasePhase } from '#lib/facility/facility';
import { addBands, mapBand, scaleBand } from '#lib/units/band';
import { roundTo, roundUsd } from '#lib/units/money';

/**
 * What each phase buys: the parts list of the servers that then stand, less what was bought before. What is there stays,
 * and a part of another make (modules of another size) is another part.
 */
export function bomPhases(
  phases: readonly PurchasePhase[],
  linesAt: (servers: number) => readonly BomLine[],
): BomPhase[] {
  const bought = new Map<string, number>();
  return phases.map(({ month, orderMonth, servers }, index): BomPhase => {
    const lines = linesAt(servers).flatMap((line): BomLine[] => {
      const part = `${line.key} ${line.label}`;
      const added = roundTo(line.quantity - (bought.get(part) ?? 0), 6);
      if (added <= 0) return [];
      bought.set(part, line.quantity);
      const usd = line.usd === null ? null : mapBand(scaleBand(line.usd, added / line.quantity), roundUsd);
      const basis = index === 0 ? line.basis : `more; in all ${line.basis}`;
      return [{ ...line, quantity: added, usd, basis }];
    });
    return {
      month,
      orderMonth,
      servers,
      lines,
      totalUsd: mapBand(addBands(lines.flatMap(({ usd }) => usd ?? [])), roundUsd),
      atLeast: lines.some(({ state }) => state === 'unpriced'),
    };
  });
}
