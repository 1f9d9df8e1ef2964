import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { OFFICE } from '../../../_support/scaled';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
/** Savings plans of p5.48xlarge, as shares of its price: one year 0.63, three 0.432. */
const THREE_YEARS = 0.432;

function result(chosen: object, horizonMonths = 36, market = prices) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: ['llama-3.1-70b'],
      traffic: {
        requestsPerSecond: { mean: 60, peak: 250 },
        inputTokens: { mean: 1000 },
        outputTokens: { mean: 200 },
        profile: OFFICE,
      },
    }),
    optionId: 'eks',
    option: option().parse({ target: 'aws-eks', instance: 'p5.48xlarge', ...chosen }),
    finance: Finance.parse({ horizonMonths }),
    catalog,
    prices: market,
  });
}

function planned(...asked: Parameters<typeof result>): Plan {
  const found = result(...asked);
  if (!found.feasible) throw new Error(found.reasons.join('; '));
  return found.plan;
}

function lineOf({ purchases }: Plan, key: string) {
  const line = purchases.find((purchase) => purchase.key === key);
  if (line?.kind !== 'recurring') throw new Error(`no ${key}`);
  return line;
}

const nodesUsd = (plan: Plan, horizonMonths = 36) =>
  estimateFromPlan(plan, { prices, finance: Finance.parse({ horizonMonths }), asOf: '2026-11-28' })
    .lines.filter(({ key }) => /^(gpu-nodes\.(instance|committed)|commitment\.unused)$/.test(key))
    .reduce((sum, { presentValueUsd }) => sum + (presentValueUsd ?? 0), 0);

describe('a commitment to the base load', () => {
  const scaling = { policy: 'scheduled' };

  it('takes the nodes that are needed in more of the hours than the term costs of the price', () => {
    const plan = planned({ scaling, commitment: 'auto' });
    const desired = plan.nodePools[0]?.nodes.desired ?? 0;
    const day = plan.scaling?.paidShare ?? 0;
    expect(plan.commitment).toMatchObject({ term: 'savings-plan-3y', breakEvenShare: THREE_YEARS });
    // The office needs all nodes in a quarter of the hours and few in the others.
    expect(day).toBeLessThan(0.4);
    expect(plan.commitment?.nodes).toBeGreaterThan(0);
    expect(plan.commitment?.nodes).toBeLessThan(desired / 2);
    expect(plan.commitment?.unusedShare).toBe(0);
  });

  it('shows both lines, which together are the hours of the fleet and what of the commitment is unused', () => {
    const auto = planned({ scaling, commitment: 'auto' });
    const held = planned({ scaling, commitment: { term: 'savings-plan-3y', nodes: 4 } });
    for (const plan of [auto, held]) {
      const committed = lineOf(plan, 'gpu-nodes.committed').quantityPerMonth;
      const unused = committed * (plan.commitment?.unusedShare ?? Number.NaN);
      const total = lineOf(plan, 'gpu-nodes.instance').quantityPerMonth + committed - unused;
      expect(total).toBeCloseTo(plan.scaling?.nodeHoursPerMonth.base ?? Number.NaN, 1);
    }
    expect(held.commitment).toMatchObject({ nodes: 4 });
    expect(held.commitment?.unusedShare).toBeGreaterThan(0.5);
    expect(lineOf(held, 'gpu-nodes.committed').basis).toMatch(/4 nodes × 730 h, \d+(\.\d)? % of them unused/);
  });

  it('costs no more than all by the hour, and no more than all committed', () => {
    const auto = nodesUsd(planned({ scaling, commitment: 'auto' }));
    expect(auto).toBeLessThan(nodesUsd(planned({ scaling })));
    expect(auto).toBeLessThan(nodesUsd(planned({ purchase: 'savings-plan-3y' })));
  });

  it('commits to a fleet that stands as a whole: as the purchase of a savings plan does', () => {
    const plan = planned({ commitment: 'auto' });
    const bought = planned({ purchase: 'savings-plan-3y' });
    expect(plan.commitment?.nodes).toBe(plan.nodePools[0]?.nodes.desired);
    expect(nodesUsd(plan)).toBeCloseTo(nodesUsd(bought), 0);
    expect(lineOf(plan, 'gpu-nodes.instance').quantityPerMonth).toBe(0);
  });

  it('pays for a term to its end: of twelve months three years never pay, and one does', () => {
    const plan = planned({ commitment: 'auto' }, 12);
    expect(plan.commitment).toMatchObject({ term: 'savings-plan-1y', breakEvenShare: 0.63 });
    const forced = planned({ commitment: { term: 'savings-plan-3y' } }, 12);
    expect(forced.commitment).toBeUndefined();
    expect(forced.notes.join(' ')).toContain('no term that has a price saves anything');
    const held = planned({ commitment: { term: 'savings-plan-3y', nodes: 1 } }, 12);
    expect(lineOf(held, 'commitment.unused').basis).toContain('1 nodes × 24 months left of 36');
    // 24 months are due at the end of 12: at 9 %, 24 ÷ 1.09 ÷ 11.456 months' worth.
    expect(held.commitment?.breakEvenShare).toBeCloseTo(THREE_YEARS * (1 + 24 / 1.09 / 11.4563), 3);
    const { lines } = estimateFromPlan(held, {
      prices,
      finance: Finance.parse({ horizonMonths: 12 }),
      asOf: '2026-11-28',
    });
    const paid = lines
      .filter(({ key }) => key === 'gpu-nodes.committed' || key === 'commitment.unused')
      .reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0);
    // What the bill pays for a node that is committed to, over its hours at the hourly price.
    expect(paid / (730 * 55.04)).toBeCloseTo(held.commitment?.breakEvenShare ?? Number.NaN, 3);
  });

  it('does not commit twice', () => {
    const found = result({ purchase: 'savings-plan-1y', commitment: 'auto' });
    expect(found.feasible ? [] : found.reasons).toEqual([expect.stringContaining('all committed to')]);
  });

  it('decides which nodes are cheapest', () => {
    const stated = { usd: 0.1, document: 'a contract', asOf: '2026-11-01' };
    const cheap = { 'aws/savings-plan-factor/p5.48xlarge/us-east-1/reserved-3y/ratio': stated };
    const market = createPriceBook({ catalog, overrides: { prices: cheap, assumptions: {} } });
    const shapeOf = (chosen: object) =>
      planned({ instance: undefined, ...chosen }, 36, market).nodePools[0]?.shape;
    expect(shapeOf({})).not.toBe('p5.48xlarge');
    expect(shapeOf({ commitment: 'auto' })).toBe('p5.48xlarge');
    expect(shapeOf({ commitment: 'auto', scaling })).toBe('p5.48xlarge');
  });

  it.each([{ commitment: 'auto' }, { commitment: 'auto', scaling }, { scaling }, {}])(
    'leaves no type of node on which the fleet and its people cost less: %j',
    (asked) => {
      const costOf = (plan: Plan) =>
        estimateFromPlan(plan, { prices, finance: Finance.parse({ horizonMonths: 36 }), asOf: '2026-11-28' })
          .lines.filter(({ key }) => /^(gpu-nodes\.(instance|committed)|people\.run.*)$/.test(key))
          .reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0);
      const chosen = costOf(planned({ ...asked, instance: undefined }));
      const types = [...catalog.instances.values()].filter(({ accelerator }) => accelerator !== null);
      const pinned = types.flatMap(({ id }) => {
        const found = result({ ...asked, instance: id });
        return found.feasible ? [costOf(found.plan)] : [];
      });
      expect(pinned.length).toBeGreaterThan(10);
      // The bill rounds each line to a hundredth of a cent.
      expect(chosen).toBeLessThanOrEqual(Math.min(...pinned) + 0.01);
    },
  );
});
