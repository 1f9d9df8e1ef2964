import type { DecisionCase } from '#lib/decision/decision-case';
import type { Flip } from '#lib/decision/flip';
import type { OptionSpread } from '#lib/decision/monte-carlo';
import { leaning } from '#lib/decision/leaning';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';
import { figure } from '#lib/units/figure';

/** What the draws and the flips mean for the recommendation, in finished sentences. */
export function findingsOf(
  recommended: string | null,
  spreads: readonly OptionSpread[],
  flips: readonly Flip[],
  decision: DecisionCase,
  draws: number,
  currency: Currency = US_DOLLAR,
): string[] {
  if (recommended === null) return ['No option fits, so there is nothing to turn.'];
  return [
    ...likelihood(recommended, spreads, draws),
    ...disagreement(recommended, spreads, decision, currency),
    ...turns(recommended, flips, decision),
  ];
}

/** Inputs that are named for making the average differ from the best estimates. */
const LEANING = 3;

/** Why another option is cheapest more often than the recommended one. */
function disagreement(
  recommended: string,
  spreads: readonly OptionSpread[],
  decision: DecisionCase,
  currency: Currency,
): string[] {
  const [oftenest] = spreads
    .filter(({ cheapestShare }) => cheapestShare !== null)
    .toSorted((a, b) => (b.cheapestShare ?? 0) - (a.cheapestShare ?? 0));
  const own = spreads.find(({ id }) => id === recommended);
  if (oftenest === undefined || own === undefined || oftenest.id === recommended) return [];
  const [winner, rival] = [recommended, oftenest.id].map((id) =>
    decision.options.find((one) => one.id === id),
  );
  if (winner === undefined || rival === undefined) return [];
  const inputs = leaning(winner, rival, decision).slice(0, LEANING);
  return [
    `The recommendation goes by the best estimates. Over all draws ${rival.id} costs ${amountIn(currency, oftenest.meanUsd)} a month on average and ${winner.id} ${amountIn(currency, own.meanUsd)}: ${inputs.join(', ')} may turn out farther against ${winner.id} than for it.`,
  ];
}

function likelihood(recommended: string, spreads: readonly OptionSpread[], draws: number): string[] {
  const competing = spreads.flatMap(({ id, cheapestShare }) =>
    cheapestShare === null ? [] : [{ id, cheapestShare }],
  );
  if (competing.length < 2) return [`${recommended} has no fully priced rival.`];
  const said = competing
    .filter(({ cheapestShare }) => cheapestShare > 0)
    .toSorted((a, b) => b.cheapestShare - a.cheapestShare)
    .map(({ id, cheapestShare }) => `${id} in ${figure(cheapestShare * 100, 3)} %`);
  return [`Cheapest of ${figure(draws)} draws: ${said.join(', ')}.`];
}

function turns(recommended: string, flips: readonly Flip[], { space, options }: DecisionCase): string[] {
  const inside = flips.filter(({ withinBand }) => withinBand);
  const sentence = (flip: Flip) => {
    const { input, value, band, cheapestThen } = flip;
    const known = space.inputs[space.numberOf(input)];
    const range =
      band.low === band.high
        ? `${figure(band.base)} here`
        : `${figure(band.base)} here, ${figure(band.low)} to ${figure(band.high)} thought possible`;
    return `${input} ${threshold(value, band.base, known?.whole === true)} ${known?.unit ?? ''} (${range}): ${cheapestThen} is cheaper than ${recommended}${doubted(flip)}.`;
  };
  const none =
    options.length < 2
      ? []
      : ['No single input within its band makes another option cheaper than the recommended one.'];
  const outside = flips.filter(({ withinBand }) => !withinBand);
  return [
    ...(inside.length === 0 ? none : inside.map(sentence)),
    ...(outside.length === 0 ? [] : outside.map((flip) => `Beyond its band: ${sentence(flip)}`)),
  ];
}

/** Between two whole numbers nothing can be. */
function threshold(value: number, base: number, isWhole: boolean): string {
  if (!isWhole) return `${value > base ? 'above' : 'below'} ${figure(value)}`;
  return value > base ? `from ${Math.ceil(value)}` : `down to ${Math.floor(value)}`;
}

/** A fleet may be planned otherwise where an input is far from its base. */
function doubted({ confirmed }: Flip): string {
  return confirmed === false ? ' with the fleets as planned; planned anew it is not' : '';
}

/** Below P10, or above P90. */
const EDGE = 0.1;

const isAtItsEdge = ({ belowBaseShare: share }: OptionSpread) => share < EDGE || share > 1 - EDGE;

/** A bill that hardly any draw stays below is no middle of anything: whoever budgets takes P50. */
function standing({ id, belowBaseShare: share }: OptionSpread): string {
  return share < EDGE
    ? `${id} costs less than its bill in ${figure(share * 100, 2)} % of the draws: every input stands at its base there, and together they reach farther up than down; P50 is the middle`
    : `${id} costs more than its bill in ${figure((1 - share) * 100, 2)} % of the draws: every input stands at its base there, and together they reach farther down than up; P50 is the middle`;
}

/** What a reader must know of how the figures came about. */
export function notesOf({ options, space }: DecisionCase, spreads: readonly OptionSpread[]): string[] {
  const held = new Map<string, string[]>();
  for (const { id, otherPlanAt } of options) {
    for (const number of otherPlanAt) {
      const input = space.inputs[number]?.id ?? '';
      held.set(input, [...(held.get(input) ?? []), id]);
    }
  }
  const incomplete = options.filter(({ estimate }) => estimate.atLeast).map(({ id }) => id);
  return [
    'draws: triangular over each band, the same for all options; P50 lies above the base where bands reach farther up than down',
    ...spreads.filter(isAtItsEdge).map(standing),
    'fleets are as planned, in whole nodes over the doubt of their throughput',
    'a listed price is wider by its age (price.drift-share-per-90-days); prices of different sellers drift apart from each other',
    ...[...held].map(
      ([input, ids]) =>
        `${input} would make ${ids.join(', ')} buy other things at an end of its band: the bar is planned anew, the draws hold it at base`,
    ),
    ...(incomplete.length === 0 || incomplete.length === options.length
      ? []
      : [
          `${incomplete.join(', ')}: a price is missing, so the money means "at least" and takes no part in who is cheapest`,
        ]),
  ];
}
