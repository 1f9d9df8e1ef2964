import * as z from 'zod';
import { LIMITS, type Portfolio } from '#lib/portfolio/portfolio';
import { JOB_KINDS } from '#lib/training/training';
import { currencyAmounts } from '#lib/report/documents/currency';
import {
  band,
  count,
  date,
  described,
  figure,
  flag,
  orNull,
  share,
  text,
  texts,
  usd,
} from '#lib/report/documents/figure';

const relaxation = z.strictObject({
  limit: z.enum(LIMITS),
  from: figure('The limit', 'as the limit says'),
  to: figure('The nearest value with which there is one', 'as the limit says'),
});

const choice = z.strictObject({
  scenario: z.string(),
  option: z.string(),
  target: z.string(),
  model: z.string(),
  nodes: orNull(text('Kind of node that it stands on; null where the provider runs the model')),
  nodesAlone: orNull(text('Kind of node that it would take alone')),
  aloneUsd: usd('Monthly bill on this option, with what is split from it, if nothing were shared'),
  atLeast: flag('Something of that bill has no price: it means "at least"'),
  cheapestAlone: described(
    z.strictObject({
      option: z.string(),
      usd: usd('Monthly bill there'),
      atLeast: flag('Something of it has no price'),
    }),
    'The option that is cheapest for it alone, within the limits',
  ),
  leadTimeDays: figure('Until the first request is served', 'days'),
  quality: described(
    z.strictObject({ metric: z.string(), score: z.number() }).nullable(),
    'Score after the loss of the weight format',
  ),
  split: described(
    z
      .strictObject({
        option: text('Option that serves what exceeds the base'),
        target: z.string(),
        model: z.string(),
        baseReplicas: count('Replicas of the base, spares included'),
        baseShare: share('Of the tokens, served by the base'),
        baseUsd: usd('Monthly bill of the base if nothing were shared'),
        overflowUsd: usd('Monthly bill of what exceeds it'),
        savesUsd: usd('Of the bill on the single option that is cheapest for it alone'),
      })
      .nullable(),
    'Another option that serves what exceeds the base load, whose option, model and nodes stand above; null where all of it goes to one',
  ),
});

const used = z.strictObject({
  option: z.string(),
  target: z.string(),
  scenarios: texts('Scenarios that run here'),
  monthlyUsd: usd('Of all of them, monthly equivalent'),
  upfrontUsd: usd('Due at the start'),
  sharingSavesUsd: usd('Their bills apart, less this'),
  atLeast: flag('A line has no price: the money means "at least"'),
  nodes: count('Nodes with GPUs'),
  gpus: count('GPUs'),
});

const replicas = z.strictObject({
  option: z.string(),
  model: z.string(),
  scenarios: texts('Scenarios that these replicas serve'),
  replicas: count('Replicas for the busiest hour of all, spares included'),
  replicasApart: count('Replicas if each scenario had its own'),
  gpus: count('GPUs of these replicas'),
  idleGpuHours: figure('Whole replicas without work by the profile, spares apart', 'GPU-hours/month'),
  idleNightGpuHours: figure('Of them from 22 to 6', 'GPU-hours/month'),
});

const commitment = z.strictObject({
  option: z.string(),
  shape: text('Kind of node'),
  term: text('Commitment'),
  committedNodes: count('Nodes to commit to'),
  mostNodes: count('Nodes in the busiest hour'),
  unusedShare: share('Committed node-hours that nobody needs'),
  hourlyUsd: usd('All of them by the hour, all month'),
  mixedUsd: usd('The committed ones, and the others in the hours that need them'),
});

const training = z.strictObject({
  training: text('Id of the training'),
  kind: z.enum(JOB_KINDS),
  model: z.string(),
  runsPerMonth: figure('How often it is trained', 'runs/month'),
  option: described(z.string().nullable(), 'Whose free hours it takes; `null` where all of it is bought'),
  accelerator: text('GPU that it runs on there, else the one that is bought'),
  gpus: count('GPUs that it runs on at a time'),
  hoursPerMonth: figure('In which it runs there', 'hours/month'),
  matchedShare: share('Of the training, in free hours'),
  byTheHourUsd: usd('All of it bought by the hour, a month'),
  boughtUsd: usd('What is still bought, a month'),
  savesUsd: usd('The difference'),
  basis: text('What all of it would be by the hour, and whose price that is'),
});

/** `landfall/portfolio/v1`. */
export const portfolioSchema = z.strictObject({
  schema: z.literal('landfall/portfolio/v1'),
  environment: z.string(),
  asOf: date('Day for which the bills are made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  status: described(
    z.enum(['optimal', 'bounded', 'infeasible']),
    '`optimal`: no assignment costs less; `bounded`: none costs less than (1 − gap) × this',
  ),
  gapShare: orNull(share('Largest saving that another assignment could bring')),
  choices: described(z.array(choice), 'Where each scenario goes'),
  options: described(z.array(used), 'Options that are used'),
  sharedReplicas: z.array(replicas),
  commitments: described(z.array(commitment), 'Base load on a commitment, the rest by the hour'),
  trainings: described(z.array(training), 'Trainings in the hours that serving leaves free'),
  monthlyUsd: orNull(band('Of all scenarios and trainings, what they share paid once', 'USD')),
  upfrontUsd: orNull(usd('Due at the start')),
  apartUsd: orNull(
    usd('The same choices, every scenario with its own fleet and fixed costs, trainings bought by the hour'),
  ),
  compared: described(
    z.strictObject({
      choice: z.record(z.string(), z.string()),
      apartUsd: orNull(usd('Bills added up, as the comparison does')),
      sharedUsd: orNull(usd('With what is shared paid once')),
      atLeast: flag('A line has no price: the money means "at least"'),
    }),
    'What the comparison chooses: `deploy`, else the cheapest alone',
  ),
  atLeast: flag('A line has no price: the money means "at least"'),
  limits: z.array(
    z.strictObject({
      limit: z.enum(LIMITS),
      allowed: figure('The limit', 'as the limit says'),
      reached: orNull(figure('What the portfolio has', 'as the limit says')),
    }),
  ),
  conflicts: texts('Why there is none'),
  relaxations: described(
    z.array(relaxation),
    'The smallest change of one limit that helps, the others unchanged',
  ),
  relaxedTogether: described(
    z.array(z.array(relaxation)),
    'Where no single change helps: the smallest changes of the fewest limits that help together',
  ),
  notes: texts('Assumed or risky, but valid'),
  inCurrency: currencyAmounts,
}) satisfies z.ZodType<Portfolio>;
