import { describe, expect, it } from 'vitest';
import type { Explanation } from '#lib/cost/explain/explain';
import { displayWidth } from '#lib/report/display-width';
import { explainScreen } from '#lib/report/screens/explain-screen';
import { renderText } from '#lib/report/text';

const step = (id: string, value: number, children: readonly Explanation[] = []): Explanation => ({
  path: `eks.steps.${id}`,
  label: id,
  value,
  unit: 'ms',
  formula: `formula of ${id}`,
  inputs: [{ name: 'load', value: 3, unit: 'ms', source: 'datasheet' }],
  source: null,
  children,
});
const line = (key: string, value: number | null): Explanation => ({
  ...step(key, 0),
  path: `eks.lines.${key}`,
  label: key,
  value,
  unit: 'USD/month',
  source: { id: 'list', publisher: 'P', asOf: '2026-11', method: 'price-page' },
});
const asked = (children: readonly Explanation[], value: number, unit: string): Explanation => ({
  ...step('asked', value, children),
  path: 'eks.asked',
  unit,
  inputs: [],
});

const context = { path: 'e.yaml', scenario: undefined, sources: new Map() };
const show = (explanation: Explanation) => renderText(explainScreen(explanation, context));

describe('the explain screen', () => {
  it('says with the whole bill what another way to pay for the fleet would save', () => {
    const saved = {
      option: 'eks',
      payment: 'commitment',
      monthlyUsd: 60,
      savesUsd: 40,
      paidShare: 1,
    } as const;
    const screen = explainScreen(asked([line('nodes', 100)], 100, 'USD/month'), {
      ...context,
      otherwise: [saved],
    });
    expect(renderText(screen).replaceAll(/\n */g, ' ')).toContain(
      'Paid otherwise eks with its base load bought for a term would cost 60.00, 40.00 less: commitment: auto',
    );
  });

  it('shows a sum as a table of its parts, with their shares', () => {
    expect(show(asked([line('nodes', 75), line('people', 25)], 100, 'USD/month'))).toMatch(
      /75\.00 +75 % +nodes/,
    );
  });

  it('calls a part without a price unpriced, never 0', () => {
    expect(show(asked([line('people', 100), line('nodes', null)], 100, 'USD/month'))).toMatch(
      /unpriced +nodes/,
    );
  });

  it('shows a step once, under the one that it feeds', () => {
    const fed = step('fed', 1);
    const text = show(asked([fed, step('first', 5, [fed]), step('second', 6)], 11, 'ms'));
    expect(text.match(/^ *fed = /gm)).toEqual(['    fed = ']);
  });

  it('explains a figure by the step that gives it', () => {
    expect(show(asked([step('only', 7)], 7, 'ms'))).toContain('= formula of only');
  });

  it('names the source of an input, and of one that the environment sets', () => {
    const text = show(asked([step('a', 1), step('b', 2)], 9, 'ms'));
    expect(text).toContain('load 3 ms [datasheet]');
    expect(text).toMatch(/datasheet +set in the environment/);
  });

  it('stays within 100 columns, whatever the text', () => {
    const wide = { ...step('a', 1), label: '推理服务'.repeat(40), formula: '权重 × 数量 '.repeat(30) };
    const lines = show(asked([wide, { ...wide, path: 'eks.steps.b' }], 9, 'ms')).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(100);
  });
});
