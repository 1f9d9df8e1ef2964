import type { PriceBook } from '#lib/catalog/prices';
import type { AssumedPurchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cash/line-context';
import { pricedLine, type PricedLine } from '#lib/cost/line-item';
import type { Way } from '#lib/routes/ways';

/** Working hours of a year, holidays and absences taken off. */
const WORKING_HOURS_PER_YEAR = 1_800;
const LOADED = 'people.loaded-usd-per-year';

type Effort = Pick<
  AssumedPurchase,
  'key' | 'label' | 'quantity' | 'unit' | 'assumptions' | 'when' | 'basis'
> & {
  readonly tangible?: boolean;
};

/** People who introduce a way and keep it up, the evaluation of every release, and data made by hand. */
export function effortLines({ id, tokens }: Way, context: LineContext): PricedLine[] {
  // What nobody adapts takes nobody: running the service is in the serving already.
  if (id === 'direct') return [];
  const efforts: Effort[] = [
    {
      key: `${id}.people`,
      label: 'People who introduce it',
      quantity: 1 / 12,
      unit: 'year',
      assumptions: [`routes.${id}.person-months`, LOADED],
      when: 'once',
      basis: 'person-months ÷ 12 × loaded cost a year',
    },
    {
      key: `${id}.upkeep`,
      label: 'People who keep it up',
      quantity: 1 / 144,
      unit: 'year',
      assumptions: [`routes.${id}.person-months-per-year`, LOADED],
      when: 'monthly',
      basis: 'person-months a year ÷ 12 ÷ 12 × loaded cost a year',
    },
    {
      key: `${id}.evaluation`,
      label: 'Evaluation of releases by people',
      quantity: 1 / (12 * WORKING_HOURS_PER_YEAR),
      unit: 'year',
      assumptions: ['routes.evaluation.person-hours', 'routes.releases-per-year', LOADED],
      when: 'monthly',
      basis: `hours × releases a year ÷ 12 × loaded cost of a year of ${WORKING_HOURS_PER_YEAR} hours`,
    },
    ...(tokens === 'examples'
      ? [
          {
            key: `${id}.data`,
            label: 'Preparing examples',
            quantity: 1 / 60,
            unit: 'hour',
            assumptions: [
              'routes.tuning.examples',
              'routes.tuning.minutes-per-example',
              'routes.annotator-usd-per-hour',
            ],
            when: 'once',
            basis: 'examples × minutes ÷ 60',
            tangible: true,
          } as const,
        ]
      : []),
  ];
  return efforts.map((effort) =>
    pricedLine({ kind: 'assumed', category: 'people', tangible: false, resources: [], ...effort }, context),
  );
}

/** Low, base and high of a product of assumptions. */
export function productOf(ids: readonly string[], prices: PriceBook) {
  const at = (bound: 'low' | 'base' | 'high') =>
    ids.reduce((product, id) => product * prices.assumption(id)[bound], 1);
  return { low: at('low'), base: at('base'), high: at('high') };
}
