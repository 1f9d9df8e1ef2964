import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecurringPurchase } from '#lib/catalog/purchase';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { artifactBill } from '#lib/cost/artifacts/artifact-bill';
import { lineItem } from '#lib/cost/line-item';
import { reconcile } from '#lib/cost/reconcile';

const prices = createPriceBook({ catalog: loadCatalog() });
const CONTEXT = { prices, horizonMonths: 36, discountRatePerYear: 0.09, growthPerMonth: 0 };

function nodeGroup(count: number): ReadResource {
  return {
    address: 'nodes',
    path: 'Cluster/GpuNodes/Resource',
    format: 'cloudformation',
    type: 'AWS::EKS::Nodegroup',
    region: 'us-east-1',
    properties: { InstanceTypes: ['m6i.xlarge'], ScalingConfig: { DesiredSize: count }, DiskSize: 100 },
    references: [],
    presence: null,
  };
}

function bought(
  key: string,
  service: string,
  sku: string,
  unit: string,
  quantity: number,
): RecurringPurchase {
  return {
    kind: 'recurring',
    key,
    label: key,
    category: 'compute',
    quantityPerMonth: quantity,
    price: { seller: 'aws', service, sku, region: 'us-east-1', term: 'on-demand', unit },
    basis: '',
    resources: ['Cluster/GpuNodes'],
  };
}

const purchases = (nodes: number) => [
  bought('instance', 'ec2', 'm6i.xlarge', 'instance-hour', nodes * 730),
  bought('disk', 'ebs', 'gp3 storage', 'GB-month', nodes * 100),
];

function reconciled(plannedNodes: number, builtNodes: number) {
  const planned = purchases(plannedNodes);
  const lines = planned.map((purchase) => lineItem(purchase, CONTEXT));
  const bill = artifactBill([nodeGroup(builtNodes)], {
    ...CONTEXT,
    asOf: '2026-11-23',
    region: 'us-east-1',
    usage: new Map(),
  });
  return reconcile(planned, { lines }, bill);
}

describe('the two books', () => {
  it('agree where the artifacts hold what the plan buys', () => {
    const { differences, planMonthlyUsd, artifactMonthlyUsd, unaccountedResources } = reconciled(3, 3);
    expect([differences, unaccountedResources]).toEqual([[], []]);
    expect(planMonthlyUsd).toBe(artifactMonthlyUsd);
    expect(planMonthlyUsd).toBeCloseTo(3 * 730 * 0.192 + 24, 2);
  });

  it('catch every mutation of a quantity in one of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (planned, built) => {
        expect(reconciled(planned, built).differences.length > 0).toBe(planned !== built);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('name what the artifacts hold and the plan does not buy', () => {
    const bill = artifactBill([nodeGroup(1)], {
      ...CONTEXT,
      asOf: '2026-11-23',
      region: 'us-east-1',
      usage: new Map(),
    });
    const { differences } = reconcile([], { lines: [] }, bill);
    expect(differences.map(({ why }) => why)).toEqual([
      'the plan buys none of it',
      'the plan buys none of it',
    ]);
  });

  it('name what the plan buys of resources that nothing synthesized asks for', () => {
    const planned = purchases(1);
    const lines = planned.map((purchase) => lineItem(purchase, CONTEXT));
    const bill = artifactBill([], { ...CONTEXT, asOf: '2026-11-23', region: 'us-east-1', usage: new Map() });
    expect(reconcile(planned, { lines }, bill).differences).toHaveLength(2);
  });

  it('state the cause where nodes come and go: the artifacts show as many as they start with', () => {
    const planned = purchases(3).map((purchase) =>
      purchase.kind === 'recurring'
        ? { ...purchase, quantityPerMonth: purchase.quantityPerMonth / 2, comesAndGoes: true as const }
        : purchase,
    );
    const lines = planned.map((purchase) => lineItem(purchase, CONTEXT));
    const bill = artifactBill([nodeGroup(3)], {
      ...CONTEXT,
      asOf: '2026-11-23',
      region: 'us-east-1',
      usage: new Map(),
    });
    const { differences } = reconcile(planned, { lines }, bill);
    expect(differences.length).toBeGreaterThan(0);
    for (const { why } of differences) expect(why).toContain('the hours in which its nodes stand');
  });
});
