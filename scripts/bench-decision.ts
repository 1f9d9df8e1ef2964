// Rates of the bill as a function, one thread, in one run.
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { Purchase } from '#lib/catalog/purchase';
import { compileBill } from '#lib/cost/compiled/bill-function';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import { DISCOUNT_RATE } from '#lib/cost/compiled/bill-input';
import { cashPatterns } from '#lib/cost/compiled/cash-pattern';
import { createInputSpace, type InputSpace } from '#lib/cost/compiled/input-space';
import { decisionCase, type DecisionCase } from '#lib/decision/decision-case';
import { monteCarlo } from '#lib/decision/monte-carlo';
import type { Plan } from '#lib/plan/plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import { portfolioRates } from './bench-portfolio';
import { atLeast, atMost, best, rate, report, type Rate } from './bench-rates';

const LINES = 200;

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/scale.yaml', catalog);
const [[scenarioId, scenario] = []] = Object.entries(environment.scenarios);
if (scenarioId === undefined || scenario === undefined) throw new Error('no scenario');
const decision = decisionCase({ environment, scenarioId, scenario, catalog, asOf: '2026-11-23' });
const longest = decision.options.toSorted((a, b) => b.plan.purchases.length - a.plan.purchases.length)[0];
const owned = decision.options.find(({ plan }) => plan.purchases.some(({ kind }) => kind === 'capital'));
if (longest === undefined || owned === undefined) throw new Error('no option fits');

report([
  closedForm(owned.bill, decision.space),
  overMonths(owned.plan),
  draws(decision),
  slider(owned.bill, decision.space),
  ...portfolioRates(catalog),
]);

/** Prices and assumptions change, the course of time stays: present values of a pattern are closed by then. */
function closedForm(bill: BillFunction, space: InputSpace): Rate {
  const values = space.base();
  const changing = space.numberOf('people.loaded-usd-per-year');
  const start = values[changing] ?? 0;
  const perSecond = rate(1_000_000, (index) => {
    values[changing] = start + index;
    bill.monthlyUsd(values);
  });
  return atLeast('closed form, one option', perSecond, 'scenarios/s', 300_000);
}

/** Every scenario has another cost of capital, so that all cash of all months is made and discounted anew. */
function overMonths(plan: Plan): Rate {
  const finance = { ...environment.finance, horizonMonths: 36 };
  const space = createInputSpace({ prices: createPriceBook({ catalog }), finance, growthPerMonth: 0.02 });
  const purchases = Array.from({ length: LINES }, (_, index): Purchase => {
    const original = plan.purchases[index % plan.purchases.length];
    if (original === undefined) throw new Error('a plan buys nothing');
    return { ...original, key: `${original.key}-${index}` };
  });
  const bill = compileBill({
    plan: { ...plan, purchases },
    space,
    patterns: cashPatterns(space, { growthPerMonth: 0.02 }),
  });
  const values = space.base();
  const discount = space.numberOf(DISCOUNT_RATE);
  const perSecond = rate(20_000, (index) => {
    values[discount] = 0.05 + index * 1e-6;
    bill.monthlyUsd(values);
  });
  return atLeast(`36 months, ${LINES} lines`, perSecond, 'scenarios/s', 10_000);
}

function draws(all: DecisionCase): Rate {
  const seconds = best(() => monteCarlo(all, { draws: 10_000, seed: 1 }));
  return atMost(`${all.options.length} options × 10,000 draws`, seconds, 's', 2);
}

function slider(bill: BillFunction, space: InputSpace): Rate {
  const values = space.base();
  const discount = space.numberOf(DISCOUNT_RATE);
  const perSecond = rate(2_000, (index) => {
    values[discount] = 0.05 + index * 1e-6;
    bill.monthlyUsd(values);
    bill.cashUsd(values);
  });
  return atMost('one slider move, cost and course', 1000 / perSecond, 'ms', 1);
}
