import { overlapping, type Certainty } from '#lib/compare/certainty';
import type { OptionRow } from '#lib/compare/comparison';
import { amountIn, type Currency } from '#lib/units/currency';

/** From here on the order can be relied on; as far below a half it can be relied on to be the other way round. */
const LIKELY = 0.6;
const SURE = 0.95;

/** One sentence: whether the doubt of all inputs together could turn the order, and how likely that is. */
export function certaintySentence(
  winner: OptionRow,
  rivals: readonly OptionRow[],
  certainty: Certainty | null,
  currency: Currency,
): string[] {
  const band = winner.monthlyUsd;
  const hasRival = rivals.some(({ atLeast, monthlyUsd }) => !atLeast && monthlyUsd !== null);
  if (band === null || winner.atLeast || !hasRival) return [];
  if (certainty !== null)
    return [
      `${said(winner.id, certainty, currency)} \`landfall sensitivity\` draws it with fleets planned anew.`,
    ];
  const [nearest] = overlapping(winner, rivals);
  return [
    nearest === undefined
      ? `With every input at its dear end ${winner.id} still costs less (${amountIn(currency, band.high)}) than any other at its cheap end.`
      : `${winner.id} could cost up to ${amountIn(currency, band.high)}, ${nearest.id} as little as ${amountIn(currency, nearest.monthlyUsd?.low ?? 0)}: \`landfall sensitivity\` says how likely that turns the order, and by which input.`,
  ];
}

function said(winner: string, certainty: Certainty, currency: Currency): string {
  const { rival, cheaperShare, meanMarginUsd, mostBy } = certainty;
  const mostly = mostBy === null ? '' : `, mostly by ${inputName(mostBy)}`;
  const odds = (id: string, than: string, share: number) =>
    `${id} costs less than ${than} in ${aboutShare(share)} of what the inputs' bands allow`;
  const ofAll = amongAll(certainty);
  if (cheaperShare >= SURE) return `Sure: ${odds(winner, rival, cheaperShare)}${ofAll}.`;
  if (cheaperShare >= LIKELY) return `Likely: ${odds(winner, rival, cheaperShare)}${mostly}${ofAll}.`;
  if (cheaperShare > 1 - LIKELY) {
    return `Within the noise: ${odds(winner, rival, cheaperShare)}${mostly}${ofAll}; cost alone does not tell them apart.`;
  }
  return `Doubtful: ${odds(rival, winner, 1 - cheaperShare)}; the best estimates say otherwise, but the doubt of ${winner} reaches farther up${mostly}, so that on average ${rival} costs ${amountIn(currency, -meanMarginUsd)} a month less.`;
}

/** Several rivals take more of the draws together than the nearest of them alone. */
function amongAll({ cheaperShare, cheapestShare }: Certainty): string {
  const share = aboutShare(cheapestShare);
  return share === aboutShare(cheaperShare) ? '' : `; it is the cheapest of all in ${share}`;
}

/** To the nearest 5 %: so few draws say no more. */
function aboutShare(share: number): string {
  return share > 0.97 ? 'nearly all' : `about ${Math.round(share * 20) * 5} %`;
}

function inputName(id: string): string {
  return id.startsWith('fleet/') ? 'the size of the fleet' : id;
}
