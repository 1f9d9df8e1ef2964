import { describe, expect, it } from 'vitest';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { estimateScreen } from '#lib/report/screens/estimate-screen';
import { renderText } from '#lib/report/text';
import type { Purchase } from '#lib/catalog/purchase';
import { bookOf, financeOf, monthly, planOf } from '../../../_support/bill-builders';

function screenOf(purchases: readonly Purchase[], asOf = '2026-11-23'): string {
  const prices = bookOf({ node: 2, disk: 1 });
  const estimate = estimateFromPlan(planOf(purchases), { prices, finance: financeOf(), asOf });
  return renderText(estimateScreen(estimate, 'e.yaml'));
}

/** A node under another key, as an app has many. */
const node = (key: string): Purchase => ({ ...monthly('node', 1), key });

describe('the screen of a bill', () => {
  it('shows no keys where each line has a label of its own', () => {
    expect(screenOf([monthly('node', 1), monthly('disk', 1)])).toMatch(/^ {2}line +category/m);
  });

  it('tells lines that share a label apart by their keys, which lead', () => {
    const screen = screenOf([node('web.node'), node('batch.node')]);
    expect(screen).toMatch(/^ {2}key +line/m);
    expect(screen).toMatch(/^ {2}web\.node +node/m);
  });

  it('names lines whose prices are of one age together', () => {
    const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => node(`${name}.node`));
    expect(screenOf(lines, '2027-12-01').replaceAll(/\s+/g, ' ')).toContain(
      'a.node, b.node, c.node, d.node, e.node and 2 more (395 days, limit 365)',
    );
  });
});
