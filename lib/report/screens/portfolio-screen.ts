import type { LimitId, LimitState, Portfolio, Relaxation } from '#lib/portfolio/portfolio';
import { column, details, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { count, percent, quantity, signedUsd, usd, usdBand } from '#lib/report/format';

/** What `landfall portfolio` shows: which scenario runs where, what sharing saves, and what limits it. */
export function portfolioScreen(portfolio: Portfolio, path: string): Screen {
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${portfolio.environment} · portfolio`,
      details: [
        `as of ${portfolio.asOf} · ${count(portfolio.horizonMonths)} months · monthly equivalents in USD`,
        statusOf(portfolio),
      ],
    },
    ...choiceSections(portfolio),
    ...unlessEmpty({ kind: 'lines', lines: portfolio.choices.flatMap(splitLine) }),
    ...optionSections(portfolio),
    ...details(replicaSections(portfolio)),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Commitments for the base load',
      lines: portfolio.commitments.map(
        ({ option, shape, term, committedNodes, mostNodes, unusedShare, hourlyUsd, mixedUsd }) =>
          `${option}: ${count(committedNodes)} of ${count(mostNodes)} × ${shape} on ${term} (${percent(unusedShare)} unused), the rest by the hour: ${usd(mixedUsd)} instead of ${usd(hourlyUsd)} a month by the hour`,
      ),
    }),
    ...details(trainingSections(portfolio)),
    ...totalSections(portfolio),
    ...unlessEmpty({ kind: 'lines', heading: 'Limits', lines: portfolio.limits.map(limitLine) }),
    ...unlessEmpty({ kind: 'lines', heading: 'Why there is none', lines: portfolio.conflicts }),
    ...unlessEmpty({ kind: 'lines', heading: 'What would help', lines: relaxationLines(portfolio) }),
    ...details(unlessEmpty({ kind: 'lines', heading: 'Notes', lines: portfolio.notes })),
    { kind: 'next', commands: [`landfall compare ${path}`] },
  ];
}

function statusOf({ status, gapShare }: Portfolio): string {
  switch (status) {
    case 'optimal':
      return 'no other assignment of the ways tried costs less (the notes say what is not tried)';
    case 'bounded':
      return `no assignment costs more than ${percent(gapShare, 1)} less (proven bound)`;
    case 'infeasible':
      return 'no assignment keeps to every objective and limit';
  }
  return status;
}

function choiceSections({ choices }: Portfolio): readonly Section[] {
  return unlessEmpty({
    kind: 'table',
    columns: [
      column('scenario'),
      column('option'),
      column('model'),
      column('nodes', 'left', 1),
      column('USD/month alone', 'right'),
      column('cheapest alone', 'left', 1),
      column('lead days', 'right', 2),
      column('quality', 'right', 3),
    ],
    rows: choices.map((choice) => [
      choice.scenario,
      choice.split === null ? choice.option : `${choice.option} + ${choice.split.option}`,
      choice.model,
      nodesWords(choice),
      usd(choice.aloneUsd, choice.atLeast),
      choice.split === null && choice.cheapestAlone.option === choice.option
        ? 'the same'
        : `${choice.cheapestAlone.option} ${usd(choice.cheapestAlone.usd, choice.cheapestAlone.atLeast)}`,
      count(choice.leadTimeDays),
      choice.quality === null ? '–' : `${choice.quality.metric} ${quantity(choice.quality.score)}`,
    ]),
  });
}

/** Base and overflow in one sentence, and what that saves where nothing is shared. */
function splitLine({
  scenario,
  option,
  model,
  split,
  cheapestAlone,
}: Portfolio['choices'][number]): string[] {
  if (split === null) return [];
  const { baseReplicas, baseShare, savesUsd } = split;
  const base = `base ${count(baseReplicas)} ${baseReplicas === 1 ? 'replica' : 'replicas'} on ${option}`;
  const rest = split.model === model ? split.option : `${split.option} (${split.model})`;
  const whole = `than all of it on ${cheapestAlone.option} (${usd(cheapestAlone.usd, cheapestAlone.atLeast)})`;
  const weighed =
    savesUsd < 0
      ? `Alone ${usd(-savesUsd)} USD/month more ${whole}, less beside what shares the base`
      : `Alone ${usd(savesUsd)} USD/month less ${whole}`;
  return [`${scenario}: ${base}, ${percent(baseShare)} of the tokens; the rest on ${rest}. ${weighed}`];
}

/** Where sharing moves a scenario to other nodes, those that it would take alone too. */
function nodesWords({ nodes, nodesAlone }: Portfolio['choices'][number]): string {
  if (nodes === null) return '–';
  return nodes === nodesAlone ? nodes : `${nodes}, alone ${nodesAlone}`;
}

function optionSections({ options }: Portfolio): readonly Section[] {
  return unlessEmpty({
    kind: 'table',
    columns: [
      column('option used'),
      column('scenarios'),
      column('nodes', 'right'),
      column('GPUs', 'right'),
      column('USD/month', 'right'),
      column('sharing', 'right'),
      column('at the start', 'right', 1),
    ],
    rows: options.map((one) => [
      one.option,
      one.scenarios.join(', '),
      one.gpus === 0 ? '–' : count(one.nodes),
      one.gpus === 0 ? 'managed' : count(one.gpus),
      usd(one.monthlyUsd, one.atLeast),
      signedUsd(-one.sharingSavesUsd),
      usd(one.upfrontUsd, one.atLeast),
    ]),
  });
}

function replicaSections({ sharedReplicas }: Portfolio): readonly Section[] {
  return unlessEmpty({
    kind: 'table',
    columns: [
      column('replicas of'),
      column('on'),
      column('for'),
      column('replicas', 'right'),
      column('apart', 'right'),
      column('GPUs', 'right'),
      column('idle GPU-h', 'right'),
      column('at night', 'right'),
    ],
    rows: sharedReplicas.map((one) => [
      one.model,
      one.option,
      one.scenarios.join(', '),
      count(one.replicas),
      count(one.replicasApart),
      count(one.gpus),
      count(one.idleGpuHours),
      count(one.idleNightGpuHours),
    ]),
  });
}

function trainingSections({ trainings }: Portfolio): readonly Section[] {
  if (trainings.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        column('training'),
        column('of'),
        column('free hours of'),
        column('GPUs', 'right'),
        column('h/month', 'right'),
        column('in free hours', 'right'),
        column('by the hour', 'right'),
        column('saves', 'right'),
        column('kind', 'left', 1),
      ],
      rows: trainings.map((one) => [
        one.training,
        one.model,
        one.option ?? 'none',
        `${count(one.gpus)} × ${one.accelerator}`,
        quantity(one.hoursPerMonth),
        percent(one.matchedShare),
        usd(one.boughtUsd),
        usd(one.savesUsd),
        one.kind,
      ]),
    },
    {
      kind: 'lines',
      lines: trainings.map(
        ({ training, byTheHourUsd, basis }) =>
          `${training}: all of it by the hour would be ${usd(byTheHourUsd)} USD/month: ${basis}`,
      ),
    },
  ];
}

function totalSections({
  monthlyUsd,
  upfrontUsd,
  apartUsd,
  compared,
  atLeast,
  trainings,
}: Portfolio): readonly Section[] {
  if (monthlyUsd === null) return [];
  const { choice, sharedUsd, apartUsd: comparedUsd } = compared;
  const words = Object.entries(choice).map(([scenario, option]) => `${scenario} on ${option}`);
  return [
    {
      kind: 'lines',
      heading: 'Total',
      lines: [
        `${usdBand(monthlyUsd, atLeast)} USD/month · ${usd(upfrontUsd, atLeast)} USD at the start`,
        `the same choices apart: ${usd(apartUsd, atLeast)} USD/month`,
        ...(comparedUsd === null
          ? []
          : [
              `what \`deploy\` names, or else compare recommends (${words.join(', ')}): ${usd(comparedUsd, compared.atLeast)} USD/month apart, ${usd(sharedUsd, compared.atLeast)} with what is shared paid once${trainings.length === 0 ? '' : ', trainings not included'}`,
            ]),
      ],
    },
  ];
}

const LIMIT_WORDS: Readonly<Record<LimitId, { readonly what: string; readonly unit: string }>> = {
  budgetUsdPerMonth: { what: 'cost at most', unit: 'USD/month' },
  upfrontUsd: { what: 'due at the start at most', unit: 'USD' },
  leadTimeDays: { what: 'served within', unit: 'days' },
  qualityFloor: { what: 'quality at least', unit: '' },
};

function limitLine({ limit, allowed, reached }: LimitState): string {
  const has = reached === null ? '' : `; it is ${quantity(reached)}`;
  return `${LIMIT_WORDS[limit].what} ${`${quantity(allowed)} ${unitFor(limit, allowed)}`.trim()}${has}`;
}

function relaxationLines({ status, relaxations, relaxedTogether, limits }: Portfolio): string[] {
  if (status !== 'infeasible' || limits.length === 0) return [];
  if (relaxations.length > 0) return relaxations.map(relaxationWords);
  if (relaxedTogether.length === 0) return ['no change of the limits makes a portfolio possible'];
  return [
    'no change of one limit alone; together:',
    ...relaxedTogether.map((changes) => changes.map(relaxationWords).join(', and ')),
  ];
}

function relaxationWords({ limit, from, to }: Relaxation): string {
  const words = `${LIMIT_WORDS[limit].what} ${limitWords(limit, to)} ${unitFor(limit, to)}`.trim();
  return `${words} instead of ${limitWords(limit, from)}`;
}

/** Money in whole units, up: a limit that is set to what is written here is kept to. */
function limitWords(limit: LimitId, amount: number): string {
  return limit === 'budgetUsdPerMonth' || limit === 'upfrontUsd'
    ? count(Math.ceil(amount))
    : count(amount, 4);
}

function unitFor(limit: LimitId, amount: number): string {
  const { unit } = LIMIT_WORDS[limit];
  return amount === 1 && unit === 'days' ? 'day' : unit;
}
