import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { overridesOf } from '#lib/cost/finance-overrides';
import { isExact } from '#lib/portfolio/search/assignment';
import { candidatesOf, type Candidates } from '#lib/portfolio/candidates';
import { commitmentAdvice } from '#lib/portfolio/commitments';
import { conflictsOf } from '#lib/portfolio/conflicts';
import { isHardlyLoaded } from '#lib/plan/notes/hardly-loaded';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import { aloneUsd, type Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { portfolioBand } from '#lib/portfolio/portfolio-band';
import { relaxations, relaxedTogether } from '#lib/portfolio/search/relaxations';
import { choicesOf, limitStates, sharedReplicasOf, usedOptions } from '#lib/portfolio/result-parts';
import { itemsOf } from '#lib/portfolio/search/solve';
import { solveWithSplits } from '#lib/portfolio/splits/solve-split';
import { trainingsOf } from '#lib/portfolio/training/training-result';
import { trainingWorks } from '#lib/portfolio/training/training-work';
import type { Environment } from '#lib/spec/schema/environment';
import { addBands, mapBand } from '#lib/units/band';
import { US_DOLLAR, type Currency } from '#lib/units/currency';
import { roundTo, roundUsd } from '#lib/units/money';

export interface PortfolioRequest {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day for which the bills are made: `2026-11-23`. */
  readonly asOf: string;
  /** In which sentences name amounts; all figures are in USD. @default - USD */
  readonly currency?: Currency;
  /** Answers that others have asked for already. @default - its own */
  readonly sizer?: Sizer;
}

/**
 * Which scenario should run where: the cheapest assignment to the environment's options that meets every objective and
 * every limit, with what scenarios of one option share paid once. A portfolio that cannot be is a value with its reasons
 * and the smallest change of a limit that helps, or of several together.
 */
export function makePortfolio({
  environment,
  catalog,
  asOf,
  currency = US_DOLLAR,
  sizer = rememberingSizer(catalog),
}: PortfolioRequest): Portfolio {
  const { finance } = environment;
  const compared = compareEnvironment({ environment, catalog, asOf, weighsDoubt: false, sizer });
  const prices = createPriceBook({ catalog, overrides: overridesOf(finance) });
  const { works, unpriced } = trainingWorks(environment.portfolio?.training ?? {}, catalog, prices);
  const all = candidatesOf(environment, compared, catalog, prices, { works, sizer });
  const context = sharedContext(prices, finance);
  const limits = environment.portfolio ?? {};
  const head = {
    schema: 'landfall/portfolio/v1',
    environment: environment.name,
    asOf,
    horizonMonths: finance.horizonMonths,
    compared: comparedWith(all, compared.comparison.portfolio, context),
  } as const;
  const request = { environment, catalog, prices, asOf, sizer };
  const { problem, found } = solveWithSplits(all, request, context);
  if (found === null) {
    const single = relaxations(problem, limits);
    return {
      ...head,
      ...NOTHING,
      status: 'infeasible',
      limits: limitStates(limits, null, catalog),
      conflicts: conflictsOf(all, compared.comparison, limits, { catalog, currency }),
      relaxations: single,
      relaxedTogether: single.length > 0 ? [] : relaxedTogether(problem, limits),
      notes: isExact(itemsOf(all), all.options.length)
        ? []
        : ['too many scenarios for the exact search: it found none, which does not prove that there is none'],
    };
  }
  const { solution, candidates } = found;
  const { placed } = solution;
  const used = usedOptions(candidates, placed, context);
  const gapShare = solution.cost <= 0 ? 0 : Math.max(0, 1 - solution.lowerBound / solution.cost);
  const isOptimal = gapShare < 1e-9;
  const trainings = trainingsOf(candidates, solution.optionOf, placed, prices);
  const serving = portfolioBand(candidates, placed, prices, environment);
  const monthlyUsd = mapBand(addBands([serving, ...trainings.boughtUsd]), roundUsd);
  const members = placed.flat();
  return {
    ...head,
    status: isOptimal ? 'optimal' : 'bounded',
    gapShare: roundTo(gapShare, 6),
    choices: choicesOf(candidates, placed, context),
    options: used,
    sharedReplicas: sharedReplicasOf(candidates, placed, prices),
    commitments: commitmentAdvice(candidates, placed, prices),
    trainings: trainings.shown,
    monthlyUsd,
    upfrontUsd: roundUsd(used.reduce((sum, one) => sum + one.upfrontUsd, 0)),
    apartUsd: roundUsd(
      members.reduce((sum, member) => sum + aloneUsd(member), 0) +
        works.reduce((sum, { byTheHour }) => sum + byTheHour.usd.base, 0),
    ),
    atLeast: unpriced.length > 0 || members.some(({ estimate }) => estimate.atLeast),
    limits: limitStates(limits, { used, members, monthlyUsd: monthlyUsd.base }, catalog),
    conflicts: [],
    relaxations: [],
    relaxedTogether: [],
    notes: [
      ...unpriced.map(
        ({ id, reasons }) =>
          `the training ${id} has no price, and is not in the total: ${reasons.join('; ')}`,
      ),
      ...notesOf(members),
      ...splitNotes(members),
      ...sureness(candidates, isOptimal),
    ],
  };
}

const NOTHING = {
  gapShare: null,
  choices: [],
  options: [],
  sharedReplicas: [],
  commitments: [],
  trainings: [],
  monthlyUsd: null,
  upfrontUsd: null,
  apartUsd: null,
  atLeast: false,
} as const;

/** What the comparison chooses, with every bill alone and with what is shared paid once. */
function comparedWith(
  { options, scenarios, members }: Candidates,
  { choice, monthlyUsd, atLeast }: ReturnType<typeof compareEnvironment>['comparison']['portfolio'],
  context: Parameters<typeof optionCosts>[1],
): Portfolio['compared'] {
  const shared = options.reduce((usd, option, index) => {
    const own = scenarios.flatMap((scenario, at) =>
      choice[scenario] === option.optionId ? (members[index]?.[at] ?? []) : [],
    );
    return usd + optionCosts(option, context)(own).monthlyUsd;
  }, 0);
  return {
    choice,
    apartUsd: monthlyUsd?.base ?? null,
    sharedUsd: monthlyUsd === null ? null : roundUsd(shared),
    atLeast,
  };
}

/** What the search proved, what it left out, and what its figures are. */
function sureness(candidates: Candidates, isOptimal: boolean): string[] {
  const { scenarios, works, options } = candidates;
  const items = [
    counted(scenarios.length, 'scenario'),
    ...(works.length === 0 ? [] : [counted(works.length, 'training')]),
  ];
  const proven = `of all ways to give ${items.join(' and ')} to ${counted(options.length, 'option')} within the objectives and limits`;
  const isSearched = isExact(itemsOf(candidates), options.length);
  return [
    isOptimal
      ? `proven: ${proven} none costs less; each was priced, or ruled out by what it costs at the very least`
      : isSearched
        ? `${proven} the best was found that could be priced; some ways to mix their nodes were too many, and the gap bounds what they could save`
        : `too many ways to give ${items.join(' and ')} to ${counted(options.length, 'option')} for the exact search: the best that was found, and the gap bounds what a better one could save`,
    'not searched: scenarios with retrieval split between options, bases of other sizes than those that are cheapest alone or beside the others on their option, and nodes or models that no scenario here takes by itself',
    'the choice is made at base figures; the band of the total has all lines low, or all high, together',
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a split needs that no plan provisions. */
function splitNotes(members: readonly Member[]): string[] {
  return members.flatMap(({ scenarioId, plan, overflow }): string[] =>
    overflow === undefined
      ? []
      : [
          `${scenarioId}: a gateway that you run must pass on to ${overflow.member.plan.option} what the replicas on ${plan.option} cannot take (such as LiteLLM: a limit on the base's deployment and \`fallbacks\`); neither it nor its cost is planned here`,
          `${scenarioId}: the base is the same number of replicas in every hour, and what exceeds it is counted as if all traffic of an hour came at the hour's peak, the most that it can be`,
        ],
  );
}

function notesOf(members: readonly Member[]): string[] {
  const flat = members
    .filter(({ scenario, needs }) => scenario.traffic.profile === undefined && needs.length > 0)
    .map(({ scenarioId }) => scenarioId);
  const idle = members
    .filter(({ needs }) => needs.length > 0 && isHardlyLoaded(Math.max(...needs)))
    .map(({ scenarioId }) => scenarioId);
  return [
    ...(idle.length === 0
      ? []
      : [
          `${idle.join(', ')}: the peak takes less than 1 % of a replica, and one is kept all the same where no other scenario's carries it`,
        ]),
    ...(flat.length === 0
      ? []
      : [
          `without a traffic profile the peak of ${flat.join(', ')} may come in any hour: peaks add up, and no hour is idle`,
        ]),
  ];
}
