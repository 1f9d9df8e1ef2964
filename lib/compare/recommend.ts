import { isAtLeast } from '#lib/compare/at-least';
import { certainty, type Certainty } from '#lib/compare/certainty';
import { certaintySentence } from '#lib/compare/certainty-sentence';
import type { CompiledBills } from '#lib/compare/compiled-bills';
import type { OptionRow } from '#lib/compare/comparison';
import { guardrailSentences } from '#lib/compare/guardrail-sentences';
import { trafficFlip, type NodesAtHorizon } from '#lib/compare/traffic-flip';
import type { Estimate } from '#lib/cost/estimate';
import { isHardlyLoaded } from '#lib/plan/notes/hardly-loaded';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';

export interface Recommendation {
  readonly recommended: string | null;
  /** `null` where no other fully priced option could cost less. */
  readonly certainty: Certainty | null;
  /** The option next to it; `null` where no other fits. */
  readonly runnerUp: string | null;
  readonly why: readonly string[];
}

/**
 * The cheapest of the Pareto set by monthly cost. An option whose total means "at least" is recommended only where no
 * option is fully priced: a lower bound proves that an option is dear, never that it is cheap.
 */
export function recommend(
  rows: readonly OptionRow[],
  pareto: readonly OptionRow[],
  estimates: ReadonlyMap<string, Estimate>,
  billsOf: (ids: readonly string[]) => CompiledBills | null = () => null,
  nodesAtHorizon: NodesAtHorizon = () => null,
  currency: Currency = US_DOLLAR,
): Recommendation {
  const [winner] = pareto.toSorted(byCertaintyThenCost);
  if (winner === undefined) {
    return {
      recommended: null,
      certainty: null,
      runnerUp: null,
      why: [`none of ${count(rows.length, 'option')} fits; each row says why`],
    };
  }
  const rivals = rows.filter((row) => row.feasible && row !== winner).toSorted(byCertaintyThenCost);
  const sure = certainty(winner, rivals, billsOf);
  return {
    recommended: winner.id,
    certainty: sure,
    runnerUp: sure?.rival ?? rivals[0]?.id ?? null,
    why: [
      headline(winner, rivals, currency),
      ...certaintySentence(winner, rivals, sure, currency),
      ...trafficFlip(winner, rivals, estimates, nodesAtHorizon),
      ...guardrailSentences(rows, estimates, currency),
      ...idle(rows, estimates),
      ...people(winner),
      ...doubts(winner),
      ...leftOut(winner, rivals, currency),
    ],
  };
}

function byCertaintyThenCost(a: OptionRow, b: OptionRow): number {
  return Number(a.atLeast) - Number(b.atLeast) || costOf(a) - costOf(b) || (a.id < b.id ? -1 : 1);
}

function headline(winner: OptionRow, rivals: readonly OptionRow[], currency: Currency): string {
  const money = (amount: number) => amountIn(currency, amount);
  const cost = `${atLeast(winner)}${money(costOf(winner))} a month`;
  const [next] = rivals;
  if (next === undefined) return `${winner.id} is the only option that fits, at ${cost}.`;
  const difference = costOf(next) - costOf(winner);
  const equal = rivals.filter((row) => row.atLeast === winner.atLeast && isSame(winner, row));
  if (equal.length > 0) {
    return `${listed([winner, ...equal].map(({ id }) => id))} cost the same, ${cost}${
      equal.length === 1 ? '' : ' each'
    }: let something other than cost decide.`;
  }
  const rest =
    difference < 0
      ? `${money(-difference)} less as far as it is priced`
      : `${money(difference)} a month${costOf(winner) === 0 ? '' : ` (${more(difference / costOf(winner))} more)`}`;
  const nextCost = `${money(costOf(next))}${isAtLeast(next) ? ' or more' : ''}`;
  return `${winner.id} costs ${cost}; next is ${next.id} at ${nextCost}, ${rest}.`;
}

/** Whoever reads whole dollars sees no difference. */
function isSame(a: OptionRow, b: OptionRow): boolean {
  return Math.round(Math.abs(costOf(a) - costOf(b))) === 0;
}

function atLeast(row: OptionRow): string {
  return isAtLeast(row) ? 'at least ' : '';
}

function more(share: number): string {
  return share < 0.005 ? 'less than 1 %' : percent(share);
}

function listed(ids: readonly string[]): string {
  return `${ids.slice(0, -1).join(', ')} and ${ids.at(-1) ?? ''}`;
}

/** Fleets that stand all month for a load that is as good as none. */
function idle(rows: readonly OptionRow[], estimates: ReadonlyMap<string, Estimate>): string[] {
  const ids = rows.flatMap(({ id, replicas, headroom }) => {
    const stands = headroom !== null && estimates.get(id)?.scaling === undefined;
    return stands && isHardlyLoaded(replicas / (1 + headroom)) ? [id] : [];
  });
  return ids.length === 0
    ? []
    : [`The peak takes less than 1 % of a replica; one stands all month all the same on ${ids.join(', ')}.`];
}

function people(winner: OptionRow): string[] {
  const share = (winner.intangibleMonthlyUsd ?? 0) / costOf(winner);
  return share >= 0.25 ? [`People and other intangible cost are ${percent(share)} of ${winner.id}.`] : [];
}

/** What the recommendation rests on without knowing it. */
function doubts(winner: OptionRow): string[] {
  const unpriced =
    winner.unpriced.length === 0
      ? []
      : [
          `${winner.id} has ${count(winner.unpriced.length, 'line')} without a price: ${winner.unpriced.join(', ')}.`,
        ];
  return winner.ttftMs === null
    ? [...unpriced, `${winner.id}'s provider states no latency; measure it before relying on it.`]
    : unpriced;
}

/** Options that look cheaper only because a price is missing. */
function leftOut(winner: OptionRow, rivals: readonly OptionRow[], currency: Currency): string[] {
  return rivals
    .filter((row) => row.atLeast && !winner.atLeast && costOf(row) < costOf(winner))
    .map(
      (row) =>
        `${row.id} starts at ${amountIn(currency, costOf(row))} but lacks prices (${row.unpriced.join(', ')}): write yours under finance.prices.`,
    );
}

function costOf(row: OptionRow): number {
  return row.monthlyUsd?.base ?? Infinity;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
