import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import type { Plan } from '#lib/plan/plan';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/pilot.yaml', catalog);

/** The plan of the pilot on EKS with answers of this 95th percentile. */
function planned(p95: number): Plan {
  const { assistant } = environment.scenarios;
  const { eks } = environment.options;
  if (assistant === undefined || eks === undefined) throw new Error('the environment has changed');
  const traffic = { ...assistant.traffic, outputTokens: { mean: 211, p95 } };
  const changed = {
    ...environment,
    scenarios: { assistant: { ...assistant, traffic } },
    options: { eks },
    deploy: {},
  };
  const [plan] = compareEnvironment({ environment: changed, catalog, asOf: '2026-11-23' }).plans.values();
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

it('gives running requests 45 s, or what the longest planned answer takes', () => {
  const drain = (plan: Plan) => plan.serving?.launch.drainSeconds;
  expect(drain(planned(451))).toBe(45);
  const long = planned(12_000);
  const { ttftMs, tpotMs } = long.sizing ?? { ttftMs: { high: Number.NaN }, tpotMs: { high: Number.NaN } };
  const seconds = Math.ceil((ttftMs.high + 12_000 * tpotMs.high) / 1_000);
  expect(seconds).toBeGreaterThan(60);
  expect(drain(long)).toBe(seconds);
  expect(long.serving?.launch.args.join(' ')).toContain(`--shutdown-timeout ${seconds}`);
});
