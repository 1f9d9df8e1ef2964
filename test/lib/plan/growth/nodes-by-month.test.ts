import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { overridesOf } from '#lib/cost/finance-overrides';
import { makePlan } from '#lib/plan/make-plan';
import { nodeCounter, nodesByMonth, type FleetGrowth } from '#lib/plan/growth/nodes-by-month';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { loadEnvironment } from '#lib/spec/load-environment';

const growth: FleetGrowth = {
  nodes: 3,
  gpusPerNode: 8,
  partsPerNode: 8,
  minimumNodes: 1,
  sizeForMonth: 6,
  replicas: [
    {
      perDescribedPeak: 9.5,
      beyondLoad: 0,
      availability: 0.999,
      domains: { replicaUp: 0.9995, nodeUp: 1, replicasPerNode: 1 },
      gpusPerReplica: 2,
      nodesPerReplica: 1,
    },
  ],
};

describe('the nodes of a month', () => {
  it('are its replicas and their spares in whole nodes, by hand', () => {
    // 1.02^5 × 9.5 = 10.49: 11 and one spare on 3 nodes; 1.02^11 × 9.5 = 11.81: 12 and one spare on 4.
    const nodes = nodesByMonth(nodeCounter(growth), growth, { growthPerMonth: 0.02 }, 12);
    expect(nodes).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4]);
    expect(9.5 * 1.02 ** 7).toBeLessThan(11);
    expect(9.5 * 1.02 ** 8).toBeGreaterThan(11);
  });

  it('are never fewer than the month before, whatever the season or the ramp, nor than those deployed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 24 }),
        fc.option(fc.record({ months: fc.integer({ min: 1, max: 24 }), startShare: fc.constant(0.1) }), {
          nil: undefined,
        }),
        (growthPerMonth, months, sizeForMonth, ramp) => {
          const seasonality = [1, 1, 1, 1, 0.9, 0.9, 0.8, 0.8, 1, 1.1, 1.2, 1.3];
          const path = { growthPerMonth, ramp, seasonality };
          const nodes = nodesByMonth(nodeCounter(growth), { sizeForMonth }, path, months);
          expect(nodes).toEqual(nodes.toSorted((a, b) => a - b));
          const longer = nodesByMonth(nodeCounter(growth), { sizeForMonth }, path, months + 7);
          expect(longer.slice(0, months + 1)).toEqual(nodes);
        },
      ),
      { numRuns: 50, seed: 3 },
    );
  });

  it('of larger growth are never fewer', () => {
    const at = (growthPerMonth: number) => nodesByMonth(nodeCounter(growth), growth, { growthPerMonth }, 60);
    for (let step = 1; step <= 40; step += 1) {
      const [less, more] = [at((step - 1) / 1000), at(step / 1000)];
      expect(more.every((nodes, month) => nodes >= (less[month] ?? 0))).toBe(true);
    }
  });
});

describe('a fleet that grows', () => {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment('environments/scale.yaml', catalog);
  const prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) });
  const sizer = rememberingSizer(catalog);
  const [scenarioId = '', scenario] = Object.entries(environment.scenarios)[0] ?? [];
  const planAt = (optionId: string, sizeForMonth: number) => {
    const option = environment.options[optionId];
    if (scenario === undefined || option === undefined) throw new Error('no such option');
    const result = makePlan({
      environmentName: environment.name,
      scenarioId,
      scenario: { ...scenario, traffic: { ...scenario.traffic, sizeForMonth } },
      optionId,
      option,
      finance: environment.finance,
      catalog,
      prices,
      sizer,
    });
    if (!result.feasible) throw new Error(result.reasons.join());
    return result.plan;
  };

  it.each(['sagemaker', 'eks', 'leased', 'colo', 'self-built'])(
    // What requests waiting take beyond the load is that of the deployed fleet; a larger one may wait a replica less.
    'has in every month the nodes that %s is planned with for that month, or one more, wherever the planning takes the same node',
    (optionId) => {
      const deployed = planAt(optionId, 6);
      if (deployed.growth === undefined) throw new Error('it does not grow');
      const nodes = nodesByMonth(nodeCounter(deployed.growth), deployed.growth, { growthPerMonth: 0.02 }, 60);
      const pool = ({ nodePools }: typeof deployed) => nodePools.find(({ role }) => role === 'gpu');
      const compared = [6, 9, 15, 24, 31, 36, 43, 52, 60].filter((month) => {
        const plan = planAt(optionId, month);
        if (pool(plan)?.shape !== pool(deployed)?.shape) return false;
        const more = (nodes[month] ?? Number.NaN) - (pool(plan)?.nodes.desired ?? Number.NaN);
        expect([0, 1], `month ${month}`).toContain(more);
        return true;
      });
      // Owned servers are planned with another one in most months.
      expect(compared.length).toBeGreaterThan(2);
    },
  );
});
