import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { becauseOfDocuments, joinedBecause, type Because } from '#lib/diff/because';
import type { DiffBill, MadeBy } from '#lib/diff/side';

const usd = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);
const line = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  label: fc.constantFrom('one', 'two'),
  tangible: fc.boolean(),
  quantity: usd,
  unitPriceUsd: fc.option(usd),
  monthlyUsd: fc.option(usd),
  resources: fc.constant([]),
});
const bill: fc.Arbitrary<DiffBill> = fc.record({
  totals: fc.record({ monthlyUsd: fc.record({ base: usd }), oneOffUsd: fc.option(usd) }),
  lines: fc.option(fc.uniqueArray(line, { selector: ({ key }) => key })),
  atLeast: fc.boolean(),
  unpriced: fc.constant([]),
});
const named = fc.option(fc.constantFrom('x', 'y'));
const madeBy: fc.Arbitrary<MadeBy> = fc.record({ version: named, specification: named, catalog: named });
const made = fc.record({ bill, madeBy });

const sumOf = ({ spec, catalog, engine, undivided = 0 }: Because) =>
  (spec ?? 0) + (catalog ?? 0) + (engine ?? 0) + undivided;
const deltaOf = (from: DiffBill, to: DiffBill) => to.totals.monthlyUsd.base - from.totals.monthlyUsd.base;

describe('the causes of a difference between documents', () => {
  it('add up to it, whatever the documents say', () => {
    fc.assert(
      fc.property(made, made, (from, to) => {
        expect(sumOf(becauseOfDocuments(from, to))).toBeCloseTo(deltaOf(from.bill, to.bill), 3);
      }),
    );
  });

  it('add up over scenarios too, and one that is open in one of them is open in all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(made, made), { maxLength: 4 }), (pairs) => {
        const parts = pairs.map(([from, to]) => becauseOfDocuments(from, to));
        const joined = joinedBecause(parts);
        const delta = pairs.reduce((sum, [from, to]) => sum + deltaOf(from.bill, to.bill), 0);
        expect(sumOf(joined)).toBeCloseTo(delta, 2);
        for (const cause of ['spec', 'catalog', 'engine'] as const) {
          expect(joined[cause] === null).toBe(parts.some((part) => part[cause] === null));
        }
      }),
    );
  });

  it('name the program only where a document says that another version made it', () => {
    fc.assert(
      fc.property(made, made, (from, to) => {
        fc.pre(from.madeBy.version !== null && from.madeBy.version === to.madeBy.version);
        expect(becauseOfDocuments(from, to).engine).toBe(0);
      }),
    );
  });
});

describe('a bill of another version', () => {
  const nodes = (unitPriceUsd: number, monthlyUsd: number): DiffBill => ({
    totals: { monthlyUsd: { base: monthlyUsd }, oneOffUsd: 0 },
    lines: [{ key: 'n', label: 'n', tangible: true, quantity: 10, unitPriceUsd, monthlyUsd, resources: [] }],
    atLeast: false,
    unpriced: [],
  });
  const by = (version: string, specification: string): MadeBy => ({ version, specification, catalog: 'c' });
  const cause = (before: MadeBy, after: MadeBy) =>
    becauseOfDocuments({ bill: nodes(10, 100), madeBy: before }, { bill: nodes(12, 144), madeBy: after });

  it('differs by its prices and its program, where the specification is the same', () => {
    expect(cause(by('1', 's'), by('2', 's'))).toEqual({ spec: 0, catalog: 24, engine: 20 });
  });

  it('does not say which of both it was, where the specification differs too', () => {
    expect(cause(by('1', 's'), by('2', 't'))).toEqual({
      spec: null,
      catalog: 24,
      engine: null,
      undivided: 20,
    });
  });

  it('differs by its specification alone, where program and prices are the same', () => {
    expect(cause(by('1', 's'), by('1', 't'))).toEqual({ spec: 44, catalog: 0, engine: 0 });
  });
});
