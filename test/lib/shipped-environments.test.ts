import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { serialize } from '../_support/serialize';
import { comparisonScreen } from '#lib/report/screens/comparison-screen';
import { displayWidth } from '#lib/report/display-width';
import { estimateScreen } from '#lib/report/screens/estimate-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';
import { loadEnvironment } from '#lib/spec/load-environment';
import { targets } from '#lib/targets/index';
import { expectGolden } from '../_support/golden';

/** The goldens' date: prices age, numbers do not move. */
const AS_OF = '2026-11-23';

const catalog = loadCatalog();
const shipped = readdirSync('environments')
  .filter((name) => name.endsWith('.yaml'))
  .map((file) => {
    const path = `environments/${file}`;
    const { environment } = loadEnvironment(path, catalog);
    return {
      name: environment.name,
      path,
      environment,
      ...compareEnvironment({ environment, catalog, asOf: AS_OF }),
    };
  });

it('ships the five cases', () => {
  expect(shipped.map(({ name }) => name)).toEqual(['knowledge', 'pilot', 'portfolio', 'scale', 'support']);
});

it('lacks no price', () => {
  const unpriced = shipped.flatMap(({ name, estimates }) =>
    [...estimates].flatMap(([key, estimate]) => estimate.unpriced.map((line) => `${name}: ${key}: ${line}`)),
  );
  expect(unpriced).toEqual([]);
});

describe.each(shipped)('$name', ({ path, environment, comparison, estimates }) => {
  const screen = comparisonScreen(comparison, { path, scenarios: environment.scenarios, sort: 'cost' });
  const rows = comparison.scenarios.flatMap(({ options }) => options);
  const lines = [...estimates.values()].flatMap((estimate) => estimate.lines);

  it('compares all six targets', () => {
    expect(new Set(rows.map(({ target }) => target))).toEqual(new Set(targets.ids));
  });

  it('has an option of every target that fits', () => {
    expect(rows.filter(({ feasible }) => !feasible).map(({ id, reasons }) => [id, reasons])).toEqual([]);
  });

  it('says of every intangible dollar what it comes from', () => {
    for (const { id, intangibles, intangibleMonthlyUsd } of rows) {
      const sum = intangibles.reduce((usd, { monthlyUsd }) => usd + monthlyUsd.base, 0);
      expect([id, sum]).toEqual([id, expect.closeTo(intangibleMonthlyUsd ?? 0, 1)]);
    }
  });

  it('has no line without a source, but for what is free or has no price', () => {
    const bare = lines.filter(
      ({ source, state }) => source === null && !['free', 'unpriced'].includes(state),
    );
    expect(bare.map(({ key }) => key)).toEqual([]);
  });

  it('lists every line without a price, counts none of them as 0, and says "at least"', () => {
    for (const estimate of estimates.values()) {
      const unpriced = estimate.lines.filter(({ state }) => state === 'unpriced');
      expect(estimate.unpriced).toEqual(unpriced.map(({ key }) => key));
      expect(unpriced.filter(({ monthlyUsd }) => monthlyUsd !== null)).toEqual([]);
      expect(estimate.atLeast).toBe(unpriced.length > 0);
    }
  });

  it('adds its lines up to its totals', () => {
    for (const { lines: bill, totals } of estimates.values()) {
      const sum = bill.reduce((usd, { monthlyUsd }) => usd + (monthlyUsd ?? 0), 0);
      expect(sum).toBeCloseTo(totals.monthlyUsd.base, 2);
      expect(totals.tangibleMonthlyUsd + totals.intangibleMonthlyUsd).toBeCloseTo(totals.monthlyUsd.base, 2);
    }
  });

  it('fits 100 columns on every screen', () => {
    const bills = [...estimates.values()].map((estimate) => renderText(estimateScreen(estimate, path), {}));
    const wide = [renderText(screen, {}), ...bills]
      .flatMap((text) => text.split('\n'))
      .filter((line) => displayWidth(line) > 100);
    expect(wide).toEqual([]);
  });

  it('fits 100 columns with Chinese names in it', () => {
    const scenarios = comparison.scenarios.map((scenario) => ({
      ...scenario,
      title: '客户支持助手与知识库问答系统的对比场景',
      options: scenario.options.map((option) => ({ ...option, title: '自建数据中心的图形处理器集群方案' })),
    }));
    const chinese = comparisonScreen(
      { ...comparison, scenarios },
      { path, scenarios: environment.scenarios, sort: 'cost' },
    );
    const text = renderText(chinese, {});
    expect(text).toContain('客户支持助手');
    expect(text.split('\n').filter((line) => displayWidth(line) > 100)).toEqual([]);
  });
});

// Bills of one scenario each are enough to review what changed in all of them.
describe.each(shipped.filter(({ comparison }) => comparison.scenarios.length === 1))('$name', (one) => {
  const { name, path, environment, comparison, estimates } = one;
  const screen = comparisonScreen(comparison, { path, scenarios: environment.scenarios, sort: 'cost' });

  it('compares as reviewed', () => expectGolden(`${name}/compare.md`, renderMarkdown(screen)));

  it.each([...estimates])('bills %s as reviewed', (key, estimate) => {
    const text = renderText(estimateScreen(estimate, path), { wide: true });
    expectGolden(`${name}/${key.split('/').at(-1) ?? key}.bill.txt`, text);
  });
});

// One environment's plans are enough to review what changed in all of them.
describe('support', () => {
  const plans = shipped.find(({ name }) => name === 'support')?.plans ?? new Map();
  it.each([...plans])('plans %s as reviewed', (key, plan) => {
    expectGolden(`support/${key.split('/').at(-1) ?? key}.plan.json`, serialize(plan));
  });
});
