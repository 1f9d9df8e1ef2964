import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { HORIZON, VOLUME, type BillInput } from '#lib/cost/compiled/bill-input';
import { decisionCase } from '#lib/decision/decision-case';
import { asYaml, environmentPatch, type EnvironmentPart } from '#lib/decision/what-if/environment-patch';
import { makeWhatIf } from '#lib/decision/what-if/make-what-if';
import { openWhatIf } from '#lib/decision/what-if/open-what-if';
import { asDescribed, type WhatIf, type WhatIfCase } from '#lib/decision/what-if/what-if-case';
import { fromLink, linkOf } from '#lib/decision/what-if/what-if-link';
import { Finance } from '#lib/spec/schema/finance';
import { AS_OF, reportEnvironment } from '../../_support/report-environment';

const catalog = loadCatalog();
const environment = {
  ...reportEnvironment(),
  finance: {
    ...reportEnvironment().finance,
    benefitUsdPerMonth: 50_000,
    whileWaiting: 'bedrock',
    awsSupportPlan: 'business' as const,
  },
};
const [[scenarioId, scenario] = []] = Object.entries(environment.scenarios);
if (scenarioId === undefined || scenario === undefined) throw new Error('no scenario');
const decision = decisionCase({
  environment,
  scenarioId,
  scenario,
  catalog,
  asOf: AS_OF,
  followsPlanning: false,
});
/** As a page has it: through JSON, without catalog and planner. */
const whatIf = JSON.parse(
  JSON.stringify(makeWhatIf({ decision, environment, scenario, catalog })),
) as WhatIfCase;
const opened = openWhatIf(whatIf);
const described = asDescribed(whatIf);

/** A bill rounds each of its lines to a hundredth of a cent, a function none. */
const toTheCent = (a: number | null, b: number | undefined) => Math.abs((a ?? NaN) - (b ?? NaN)) < 0.005;

it('costs as described what the estimates say, to the cent', () => {
  const costs = opened.at(described);
  const wrong = decision.options.filter(({ id, estimate: { totals } }) => {
    const cost = costs.find((one) => one.id === id);
    return !(
      toTheCent(cost?.monthlyUsd ?? null, totals.monthlyUsd.base) &&
      toTheCent(cost?.presentValueUsd ?? null, totals.presentValueUsd)
    );
  });
  expect(wrong.map(({ id }) => id)).toEqual([]);
  expect(costs.map(({ id }) => id).sort()).toEqual(['bedrock', 'leased']);
});

it('ranks what does not fit below all that does, a lower bound too', () => {
  const cells = whatIf.cells.map((cell) => ({
    ...cell,
    options: cell.options.map((option) =>
      option.id === 'bedrock' ? { ...option, plan: null } : { ...option, atLeast: true },
    ),
  }));
  const costs = openWhatIf({ ...whatIf, cells }).at(described);
  expect(costs.map(({ id }) => id)).toEqual(['leased', 'bedrock']);
});

it('costs in every other cell, a price moved too, what the whole computation says', () => {
  const salary = decision.space.inputs.find(({ id }) => id === 'people.loaded-usd-per-year');
  const input = (id: string) => decision.space.inputs[decision.space.numberOf(id)] as BillInput;
  if (salary === undefined) throw new Error('nobody is paid');
  const moved: WhatIf[] = whatIf.cells.map(({ multiple, horizonMonths }, index) => ({
    multiple,
    horizonMonths,
    levers: { salary: 120_000 + 10_000 * index },
  }));
  const wrong = moved.flatMap((one) => {
    const changes = [
      { input: input(VOLUME), value: one.multiple },
      { input: input(HORIZON), value: one.horizonMonths },
      { input: salary, value: one.levers.salary ?? 0 },
    ];
    return opened.at(one).filter(({ id, monthlyUsd }) => {
      const planned = decision.planner.plan(id, changes)?.estimate.totals.monthlyUsd.base;
      return !toTheCent(monthlyUsd, planned);
    });
  });
  expect(moved.length).toBeGreaterThanOrEqual(25);
  expect(wrong).toEqual([]);
});

it('moves the order: a dearer token makes the fleet the cheapest', () => {
  const cheapest = (one: WhatIf) => opened.at(one)[0]?.id;
  const busiest = { ...described, multiple: Math.max(...whatIf.multiples) };
  expect(cheapest(described)).toBe('bedrock');
  expect(cheapest({ ...busiest, levers: { tokens: 2, accelerators: 0.5, team: 0.5 } })).toBe('leased');
});

it('offers only sliders that stand on their base and move something', () => {
  const idle = whatIf.levers.filter(({ id, base, low, high, step, does }) => {
    const isOnStep = Math.abs((base - low) / step - Math.round((base - low) / step)) < 1e-6;
    const costs = (value: number) =>
      opened.at({ ...described, levers: { [id]: value } }).map((cost) => cost.monthlyUsd);
    const moves = JSON.stringify(costs(low)) !== JSON.stringify(costs(high));
    return !(isOnStep && moves && low < high && (does === 'set' || base === 1));
  });
  expect(idle).toEqual([]);
  expect(whatIf.levers.map(({ id }) => id)).toContain('benefit');
});

const far: WhatIf = {
  multiple: 2,
  horizonMonths: 24,
  levers: { discount: 0.05, accelerators: 0.9, tokens: 0.8, salary: 150_000, team: 1.2, benefit: 40_000 },
};

it('is carried back to a file by lines that cost there, planned anew, what the reader saw', () => {
  const patch = parse(asYaml(environmentPatch(whatIf, far, AS_OF))) as {
    finance: EnvironmentPart;
    scenarios: Record<string, { traffic: EnvironmentPart }>;
  };
  const traffic = { ...scenario.traffic, ...patch.scenarios[scenarioId]?.traffic };
  const { comparison } = compareEnvironment({
    environment: {
      ...environment,
      finance: Finance.parse({ ...environment.finance, ...patch.finance }),
      scenarios: { [scenarioId]: { ...scenario, traffic } },
    },
    catalog,
    asOf: AS_OF,
    weighsDoubt: false,
  });
  const costs = new Map(opened.at(far).map(({ id, monthlyUsd }) => [id, monthlyUsd]));
  const rows = comparison.scenarios.flatMap(({ options }) => options);
  expect(whatIf.levers.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(far.levers)));
  expect(rows.filter(({ id, monthlyUsd }) => !toTheCent(costs.get(id) ?? null, monthlyUsd?.base))).toEqual(
    [],
  );
  expect(rows).toHaveLength(2);
  expect(environmentPatch(whatIf, described, AS_OF)).toEqual({});
});

it('comes back from a link; what a link may not set stays as described', () => {
  expect(fromLink(`#${linkOf([[whatIf, far]])}`, whatIf)).toEqual(far);
  expect(linkOf([[whatIf, described]])).toBe('');
  const hostile = ['multiple=7', 'horizon=x', 'tokens=1e9', 'team=', 'salary=NaN', 'unknown=1'];
  const link = `#${hostile.map((each) => `${scenarioId}.${each}`).join('&')}`;
  expect(fromLink(link, whatIf)).toEqual({ ...described, levers: { tokens: 2 } });
});
