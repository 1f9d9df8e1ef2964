import { describe, expect, it } from 'vitest';
import type { DiffDocument } from '#lib/diff/environment-diff';
import { diffScreen } from '#lib/report/screens/diff-screen';
import { displayWidth } from '#lib/report/display-width';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';

const none = { before: null, after: null };
const change = (path: string, before: unknown, after: unknown) =>
  ({ path, before, after, kind: 'changed' }) as const;

const diff: DiffDocument = {
  schema: 'landfall/diff/v1',
  from: 'a.yaml',
  to: 'b.yaml',
  verdict: '1 data-loss · +100 USD a month · 3 changes',
  dangers: [
    {
      class: 'data-loss',
      address: 'Retrieval/Store',
      before: 'qdrant',
      after: 'milvus',
      path: 'retrieval',
      at: 'retrieval',
    },
  ],
  cost: {
    before: 1_000,
    after: 1_100,
    delta: 100,
    because: { spec: 100, catalog: 0, engine: 0 },
    atLeast: true,
    unpriced: ['hosts'],
    oneOff: { before: 0, after: 0, delta: 0 },
    lines: [
      { key: 'nodes', before: 1_000, after: 1_100, delta: 100, state: 'changed' },
      { key: 'hosts', before: null, after: null, delta: null, state: 'unpriced' },
    ],
  },
  capacity: {
    gpus: { before: 8, after: 16 },
    replicas: none,
    tokensPerSecond: none,
    ttftMs: { before: null, after: 500 },
    tpotMs: none,
    headroom: none,
    availability: none,
    withoutOneNode: none,
    coldStartSeconds: none,
  },
  security: [change('managed.guardrail', true, false)],
  resources: [{ address: 'Cluster/GpuNodes', state: 'added' }],
  assumptions: [],
  changes: [
    change('purchases[x].basis', 'a', 'b'),
    change('managed.guardrail', true, false),
    change('model.id', 'a', 'b'),
  ],
};
const text = renderText(diffScreen(diff, { wide: false }));

describe('the diff screen', () => {
  it('stands in the order verdict, danger, cost, capacity, security, resources, decisions', () => {
    const places = ['1 data-loss', 'Dangers', 'Cost', 'Capacity', 'Security', 'Resources', 'Decisions'].map(
      (word) => text.indexOf(word),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('says at least where a line has no price, and shows that line without a figure', () => {
    expect(text).toContain('at least +100 USD/month (+10 %) · 1,000 → 1,100');
    expect(text).toMatch(/hosts +– +– +– +unpriced/);
  });

  it('shows both values of a flag', () => expect(text).toContain('managed.guardrail: true → false'));

  it('shows a decision once, the figures that follow from it last', () => {
    expect(text.match(/managed\.guardrail/g)).toHaveLength(1);
    expect(text.indexOf('model.id')).toBeLessThan(text.indexOf('purchases[x]'));
  });

  it('leaves out figures that neither side has', () => {
    expect(text).toContain('GPUs 8 → 16 · TTFT – → 500 ms');
    expect(text).not.toContain('TPOT');
  });

  it('sums up the lines that it does not list', () => {
    const line = diff.cost.lines[0]!;
    const lines = Array.from({ length: 15 }, (_, index) => ({ ...line, key: `line-${index}` }));
    const many = renderText(diffScreen({ ...diff, cost: { ...diff.cost, lines } }, { wide: false }));
    expect(many).toContain('and 3 lines more: +300');
  });

  it('stays within 100 columns, and keeps markup out of Markdown', () => {
    const odd = { ...diff, changes: [change('title', '<img src=x>', '客服助手'.repeat(60))] };
    const lines = renderText(diffScreen(odd, { wide: false })).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(100);
    expect(renderMarkdown(diffScreen(odd, { wide: false }))).not.toContain('<img');
  });
});
