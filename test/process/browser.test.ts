import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { decisionCase } from '#lib/decision/decision-case';
import { monteCarlo } from '#lib/decision/monte-carlo';
import { loadEnvironment } from '#lib/spec/load-environment';
import { bill, options } from '../anchors/reference-options';

const asOf = '2026-11-23';

it('a page without Node computes what the command line does: bills, comparison and draws', async () => {
  const bundled = await build({
    entryPoints: ['test/_support/browser-entry.ts'],
    bundle: true,
    // An import of a module of Node fails the build.
    platform: 'browser',
    format: 'iife',
    conditions: ['source'],
    write: false,
    logLevel: 'silent',
  });
  const catalog = loadCatalog();
  const { environment } = loadEnvironment('environments/knowledge.yaml', catalog);
  const [[scenarioId, scenario] = []] = Object.entries(environment.scenarios);
  if (scenarioId === undefined || scenario === undefined) throw new Error('no scenario');
  const given = { environment, scenarioId, scenario, asOf };
  const page: { catalog: typeof catalog; case: typeof given; result?: unknown } = { catalog, case: given };
  const context = createContext({ page });
  expect(runInContext('typeof process + typeof require + typeof Buffer', context)).toBe(
    'undefinedundefinedundefined',
  );
  runInContext(bundled.outputFiles[0]?.text ?? '', context);
  const here = {
    reference: Object.entries(options).map(([name, purchases]) => [
      name,
      bill(purchases).totals.presentValueUsd,
    ]),
    comparison: compareEnvironment({ environment, catalog, asOf }).comparison,
    spreads: monteCarlo(decisionCase({ ...given, catalog }), { draws: 200, seed: 1 }),
  };
  expect(JSON.stringify(page.result)).toBe(JSON.stringify(here));
  expect(here.reference[0]?.[1]).toBeCloseTo(1_726_489.93, 2);
});
