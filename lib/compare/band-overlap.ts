import type { OptionRow } from '#lib/compare/comparison';
import { grouped } from '#lib/units/grouped';

/**
 * One sentence: whether the doubt of all inputs together could turn the order. Bands that do not overlap answer it
 * without asking each input; where they do, `landfall sensitivity` asks.
 */
export function bandOverlap(winner: OptionRow, rivals: readonly OptionRow[]): string[] {
  const band = winner.monthlyUsd;
  const priced = rivals.flatMap(({ id, atLeast, monthlyUsd }) =>
    atLeast || monthlyUsd === null ? [] : [{ id, low: monthlyUsd.low }],
  );
  if (band === null || winner.atLeast || priced.length === 0) return [];
  const overlapping = priced.filter(({ low }) => low <= band.high).toSorted((a, b) => a.low - b.low);
  const [nearest] = overlapping;
  if (nearest === undefined) {
    return [
      `With every input at its dear end ${winner.id} still costs less (${grouped(band.high)} USD) than any other at its cheap end.`,
    ];
  }
  return [
    `${winner.id} could cost up to ${grouped(band.high)} USD, ${nearest.id} as little as ${grouped(nearest.low)}: \`landfall sensitivity\` says how likely that turns the order, and by which input.`,
  ];
}
