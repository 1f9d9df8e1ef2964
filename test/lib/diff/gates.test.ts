import { describe, expect, it } from 'vitest';
import { hasFailed, judgedGates } from '#lib/diff/gates';
import { DANGER_CLASSES, parseGate } from '#lib/spec/schema/review';
import { noDifference, type DiffDocument } from '../../_support/diff-document';

const judged = (text: string, changes: Partial<DiffDocument> = {}) => {
  const gate = parseGate(text);
  const [verdict] = judgedGates({ ...noDifference, ...changes }, gate === undefined ? [] : [gate]);
  if (verdict === undefined) throw new Error(`${text} is no gate`);
  return verdict;
};
const cost = (before: number, after: number, atLeast = false): Partial<DiffDocument> => ({
  cost: { ...noDifference.cost, before, after, delta: after - before, atLeast },
});

describe('a gate', () => {
  it.each(DANGER_CLASSES)('of %s fails by one danger of its class, and by no other', (name) => {
    const danger = { class: name, address: 'a', before: 'b', after: 'c', path: 'd', at: 'e' };
    expect(judged(name)).toMatchObject({ state: 'passed' });
    expect(judged(name, { dangers: [danger] })).toMatchObject({ state: 'failed', about: ['a: b → c'] });
    const other = DANGER_CLASSES.find((each) => each !== name) ?? name;
    expect(judged(other, { dangers: [danger] }).state).toBe('passed');
  });

  it.each([
    ['cost:+10%', cost(1_000, 1_100), 'passed'],
    ['cost:+10%', cost(1_000, 1_100.01), 'failed'],
    ['cost:+10%', cost(1_000, 500), 'passed'],
    ['cost:+10%', cost(0, 1), 'failed'],
    ['cost:+10%', cost(0, 0), 'passed'],
    ['cost:+0%', cost(0.1 + 0.2, 0.3), 'passed'],
    ['cost:+5000', cost(0, 5_000), 'passed'],
    ['cost:+5000', cost(0, 5_001), 'failed'],
    ['cost:+5000', cost(0, 4_000, true), 'open'],
    ['cost:+5000', cost(0, 6_000, true), 'failed'],
  ] as const)('%s of %j is %s', (text, changes, state) => {
    expect(judged(text, changes).state).toBe(state);
  });

  it('of prices fails by a line of the second side without one', () => {
    const unpriced = { cost: { ...noDifference.cost, unpriced: ['x'] } };
    expect([judged('unpriced').state, judged('unpriced', unpriced).state]).toEqual(['passed', 'failed']);
  });

  it('fails where a side does not say what it asks for', () => {
    expect(hasFailed(judged('data-loss', { notKnown: ['dangers'] }))).toBe(true);
    expect(judged('cost:+10%', { notKnown: ['dangers'] }).state).toBe('passed');
  });

  it.each(['', 'cost', 'cost:10%', 'cost:+', 'cost:+-1', 'cost:+1e9', 'cost:+10 %', 'Data-Loss', 'all'])(
    '"%s" is none',
    (text) => expect(parseGate(text)).toBeUndefined(),
  );
});
