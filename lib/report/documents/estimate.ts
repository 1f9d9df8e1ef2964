import * as z from 'zod';
import { originSchema } from '#lib/report/documents/origin';
import { PRICE_LAYERS, SOURCE_METHODS } from '#lib/catalog/provenance';
import { CATEGORIES } from '#lib/catalog/purchase';
import type { CashFlow, Estimate, LineItem, NodeAllocation } from '#lib/cost/estimate';
import { RATE_FIELDS } from '#lib/report/documents/currency';
import {
  band,
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
import { billedGrowthSchema } from '#lib/report/documents/growth';
import { commitmentSchema, scalingSchema } from '#lib/report/documents/scaling';

/** Where a price comes from. */
export const priceSourceSchema = z.strictObject({
  id: text('Source id'),
  publisher: z.string(),
  asOf: date('Date of the fact itself'),
  method: z.enum([...SOURCE_METHODS, 'derived', 'override']),
  layer: described(
    z.enum(PRICE_LAYERS).optional(),
    'Where the price was found; absent where it is an assumption',
  ),
});

const line = z
  .strictObject({
    key: text('Stable and resource-shaped: `gpu-nodes.instance`'),
    label: z.string(),
    category: z.enum(CATEGORIES),
    tangible: flag('False for people, delay and downtime'),
    quantity: figure('How much of the unit', 'as `unit` says'),
    unit: z.string(),
    unitPriceUsd: orNull(usd('USD per unit; `null` where there is no price')),
    monthlyUsd: orNull(
      usd('Monthly equivalent over the horizon: the present value of all cash of the line, as an annuity'),
    ),
    monthlyBandUsd: orNull(band('The same with its doubt', 'USD')),
    oneOffUsd: orNull(usd('Paid once, at the start')),
    presentValueUsd: orNull(usd('Of all cash of the line over the horizon')),
    basis: text('The arithmetic in words and numbers'),
    source: described(priceSourceSchema.nullable(), 'Where the price comes from'),
    resources: texts('Addresses that this line pays for'),
    state: z.enum(['priced', 'free', 'unpriced', 'usage']),
    derived: flag('A factor stands between the listed price and the one used'),
    assumed: flag("The price is an assumption rather than somebody's list price"),
  })
  .meta({ id: 'Line', description: 'One line of the bill' }) satisfies z.ZodType<LineItem>;

const reconciliation = z.strictObject({
  planMonthlyUsd: usd("Monthly total of the plan's bill"),
  artifactMonthlyUsd: usd('Monthly total of the bill of the synthesized artifacts'),
  differences: z.array(
    z.strictObject({
      key: z.string(),
      plan: orNull(usd('`null` where the plan has no such line')),
      artifact: orNull(usd('`null` where the artifacts have no such line')),
      why: z.string(),
    }),
  ),
  unaccountedResources: texts('Resources that no line pays for'),
});

const allocation = z
  .strictObject({
    pools: z.array(
      z.strictObject({
        key: described(z.string(), 'Key of the line that pays for the nodes'),
        instanceType: z.string(),
        nodes: figure('Nodes that are billed', 'nodes'),
        takenNodes: figure('Nodes that the pods take; above `nodes` the cluster would have to grow', 'nodes'),
        monthlyUsd: orNull(usd('Of the line')),
        allocatedUsd: orNull(usd('What requests take of it')),
        idleUsd: orNull(usd('What they leave')),
      }),
    ),
    workloads: z.array(
      z.strictObject({
        key: described(z.string(), 'Address of the object'),
        kind: z.string(),
        namespace: z.string().nullable(),
        name: z.string(),
        pods: described(
          z.strictObject({ low: z.number(), base: z.number(), high: z.number() }),
          'Pods, between what an autoscaler may leave and make',
        ),
        perPod: described(
          z.strictObject({ cpus: z.number(), memoryGib: z.number(), accelerators: z.number() }).nullable(),
          'Requests of one pod; `null` where only the deployment knows them',
        ),
        pool: described(z.string().nullable(), 'Key of the pool that it stands on'),
        nodes: orNull(figure('Nodes that its pods take together', 'nodes')),
        by: described(
          z.enum(['accelerators', 'cpus', 'memory']).nullable(),
          'Which request is the largest share of a node',
        ),
        monthlyUsd: orNull(usd('Part of the line of the pool, not an amount on top of it')),
        why: described(z.string(), 'What keeps its share open'),
      }),
    ),
  })
  .meta({
    id: 'NodeAllocation',
    description: 'How pods share the nodes that are billed',
  }) satisfies z.ZodType<NodeAllocation>;

/** Money that is out before the launch. */
export const beforeLaunchSchema = described(
  z.array(z.strictObject({ days: figure('Before the launch', 'days'), usd: usd('Paid then') })),
  'What of that is paid before the launch, the earliest first',
);

const cash = z
  .strictObject({
    byMonthUsd: described(
      z.array(z.number()),
      'USD that leave: first by the launch, then at the end of each month',
    ),
    tangibleByMonthUsd: described(z.array(z.number()), 'The same without intangible lines'),
    monthZeroUsd: usd('Due at the launch or before it'),
    beforeLaunch: beforeLaunchSchema,
    peakUsd: usd('Most that is out at any time, less the stated benefit received by then'),
  })
  .meta({
    id: 'CashFlow',
    description: 'Money in time; a forgone benefit moves none',
  }) satisfies z.ZodType<CashFlow>;

/** `landfall/estimate/v1`. */
export const estimateSchema = z.strictObject({
  schema: z.literal('landfall/estimate/v1'),
  environment: z.string(),
  scenario: z.string(),
  option: z.string(),
  target: z.string(),
  asOf: date('Day for which the bill is made'),
  horizonMonths: figure('Months over which cash is counted', 'months'),
  lines: z.array(line),
  totals: z.strictObject({
    monthlyUsd: band('All lines, monthly equivalent', 'USD'),
    tangibleMonthlyUsd: usd('Paid in money'),
    intangibleMonthlyUsd: usd('People, delay and downtime'),
    oneOffUsd: usd('Paid once, at the start'),
    presentValueUsd: usd('Of all cash over the horizon'),
    netPresentValueUsd: orNull(
      usd('Present value of the stated benefit less that of all cost; `null` where no benefit is stated'),
    ),
  }),
  cash,
  growth: described(
    billedGrowthSchema,
    'What the growth of the traffic makes of the bill; absent without growth',
  ).optional(),
  scaling: described(
    scalingSchema,
    'How the fleet follows its load; absent where all of it stands',
  ).optional(),
  commitment: described(
    commitmentSchema,
    'Base load bought for a term; absent where there is none',
  ).optional(),
  underuse: described(
    z
      .strictObject({
        idleShare: share('1 − utilisation of the installed throughput'),
        monthlyUsd: usd('That share of what the fleet costs whether it works or not'),
      })
      .nullable(),
    'Paid for and idle: part of the total; `null` where nothing was sized',
  ),
  inCurrency: described(
    z
      .strictObject({
        ...RATE_FIELDS,
        monthly: band('Of the monthly total', 'as `currency` says'),
        oneOff: figure('Paid once, at the start', 'as `currency` says'),
        presentValue: figure('Of all cash over the horizon', 'as `currency` says'),
      })
      .optional(),
    'Totals in another currency, where one was asked for',
  ),
  atLeast: flag('A line has no price: every total means "at least"'),
  waitAtLeast: described(
    z.literal(true).optional(),
    'What serves until the option is ready lacks prices: every total means "at least" by that alone',
  ),
  unpriced: texts('Keys of the lines without a price'),
  stale: texts('Keys of the lines whose price is past the time for which its kind can be trusted'),
  notes: texts('Assumed or risky, but valid'),
  prices: described(
    z.strictObject({
      oldestPrice: orNull(date('Oldest listed price of a line')),
      newestPrice: orNull(date('Newest listed price of a line')),
      derivedShare: share('Share of the money that rests on derived prices'),
      assumedShare: share('Share of the money that rests on assumptions'),
    }),
    'How old and how firm the prices are',
  ),
  budget: described(
    z
      .strictObject({
        budgetUsd: usd('What a month may cost'),
        monthlyUsd: usd('What it costs: the base of the monthly total'),
        overUsd: usd('Above the budget, or 0'),
        state: z.enum(['within', 'within-so-far', 'over']),
      })
      .optional(),
    'Where the bill was held to one; `within-so-far` where lines without a price come on top',
  ),
  reconciliation: described(
    reconciliation.nullable(),
    'Two bills beside each other; `null` where one was made',
  ),
  madeBy: originSchema,
  allocation: allocation.optional(),
}) satisfies z.ZodType<Estimate>;
