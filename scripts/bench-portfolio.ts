// Twelve scenarios on eight options, of a level demand and growing, and eight whose fleets follow their load or stand on a
// commitment: what the whole answer and its search take, one thread.
import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { candidatesOf } from '#lib/portfolio/candidates';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { portfolioProblem } from '#lib/portfolio/search/openings';
import { sharedContext } from '#lib/portfolio/fleets/option-cost';
import { solveWithin } from '#lib/portfolio/search/relaxations';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';
import { atMost, best, type Rate } from './bench-rates';

const SCENARIOS = 12;
/** Of those that follow their load, or stand on a commitment: parts of a demand are planned by the hundred there. */
const ELASTIC_SCENARIOS = 8;
const GOAL_SECONDS = 5;
const AS_OF = '2026-11-23';

/** Plans, bills and search; then the search alone, the cost of every set counted anew, without and with a cap that binds. */
export function portfolioRates(catalog: Catalog): Rate[] {
  const shipped = loadEnvironment('environments/portfolio.yaml', catalog).environment;
  const environment = widened(shipped, SCENARIOS);
  const size = `${Object.keys(environment.scenarios).length} × ${Object.keys(environment.options).length}`;
  const prices = createPriceBook({ catalog });
  const context = sharedContext(prices, environment.finance);
  const compared = compareEnvironment({ environment, catalog, asOf: AS_OF });
  const all = candidatesOf(environment, compared, catalog, prices);
  const solved = (limits: PortfolioLimits) => solveWithin(portfolioProblem(all, catalog, context), limits);
  const free = solved({})?.solution;
  if (free === undefined) throw new Error('no portfolio');
  const upfrontUsd = makePortfolio({ environment, catalog, asOf: AS_OF }).upfrontUsd ?? 0;
  const capped = { upfrontUsd: upfrontUsd / 2 };
  const within = solved(capped)?.solution;
  if (within === undefined || within.cost <= free.cost) throw new Error('the cap does not bind');
  const seconds = (work: () => void) => best(work, 2);
  return [
    atMost(
      `portfolio ${size}, all of it`,
      seconds(() => makePortfolio({ environment, catalog, asOf: AS_OF })),
      's',
      GOAL_SECONDS,
    ),
    atMost(
      `portfolio ${size}, each growing, all of it`,
      best(() => makePortfolio({ environment: growing(environment), catalog, asOf: AS_OF }), 1),
      's',
      GOAL_SECONDS,
    ),
    ...Object.entries(ELASTIC).map(([name, chosen]) =>
      atMost(
        `portfolio of ${ELASTIC_SCENARIOS}, ${name}, all of it`,
        seconds(() =>
          makePortfolio({
            environment: elastic(widened(shipped, ELASTIC_SCENARIOS), chosen),
            catalog,
            asOf: AS_OF,
          }),
        ),
        's',
        GOAL_SECONDS,
      ),
    ),
    atMost(
      `portfolio ${size}, search`,
      seconds(() => solved({})),
      's',
      GOAL_SECONDS,
    ),
    atMost(
      `portfolio ${size}, search under a cap`,
      seconds(() => solved(capped)),
      's',
      GOAL_SECONDS,
    ),
  ];
}

/** The shipped scenarios in several volumes each, and two more options: another GPU, another way to pay. */
function widened(environment: Environment, count: number): Environment {
  const shipped = Object.entries(environment.scenarios);
  const scenarios = Array.from({ length: count }, (_, index) => {
    const [id, scenario] = shipped[index % shipped.length] ?? [];
    if (id === undefined || scenario === undefined) throw new Error('no scenario');
    const { traffic } = scenario;
    const times = 1 + Math.floor(index / shipped.length) * 0.3;
    const { mean, peak } = traffic.requestsPerSecond;
    const requestsPerSecond = { mean: mean * times, peak: peak * times };
    return [`${id}-${index}`, { ...scenario, traffic: { ...traffic, requestsPerSecond } }] as const;
  });
  const { leased, eks } = environment.options;
  if (leased?.target !== 'leased' || eks?.target !== 'aws-eks') throw new Error('no such options');
  return {
    ...environment,
    scenarios: Object.fromEntries(scenarios),
    options: {
      ...environment.options,
      'leased-h100': { ...leased, gpu: 'h100-sxm' },
      'eks-on-demand': { ...eks, purchase: 'on-demand' },
    },
    portfolio: {},
  };
}

/** Each scenario grows at its own rate, so that every set of them has a course of its own. */
function growing(environment: Environment): Environment {
  const scenarios = Object.entries(environment.scenarios).map(([id, scenario], index) => {
    const traffic = { ...scenario.traffic, growthPerMonth: 0.01 + 0.004 * index };
    return [id, { ...scenario, traffic }] as const;
  });
  return { ...environment, scenarios: Object.fromEntries(scenarios) };
}

const ELASTIC = {
  autoscaled: { scaling: { policy: 'autoscaled', minReplicas: 1, headroom: 0 } },
  committed: { commitment: 'auto' },
} as const satisfies Record<string, Partial<Environment['options'][string]>>;

/** The same where the nodes that AWS rents out by the hour are bought so. */
function elastic(environment: Environment, chosen: (typeof ELASTIC)[keyof typeof ELASTIC]): Environment {
  const options = Object.entries(environment.options).map(([id, option]) => [
    id,
    option.target === 'aws-eks' || option.target === 'aws-sagemaker' ? { ...option, ...chosen } : option,
  ]);
  return { ...environment, options: Object.fromEntries(options) };
}
