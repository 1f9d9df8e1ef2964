import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '#bin/command';
import { jsonOutput } from '#bin/output/json-pieces';
import { EvaluatedRows } from '#lib/evaluation/evaluated-rows';

const LONG = 2001;
const piecesOf = (document: object): readonly string[] => {
  const output = jsonOutput(document);
  return typeof output === 'string' ? [output] : Array.from(output);
};
const longList = (item: unknown) => Array.from({ length: LONG }, () => item);

describe('a document in pieces', () => {
  it('is one text where it is short', () => {
    expect(jsonOutput({ a: [1, { b: [] }] })).toBe(json({ a: [1, { b: [] }] }));
  });

  it('is the text that it would be as a whole, in more than one piece', () => {
    const row = { id: 'a\n"b"', none: undefined, empty: {}, list: [null, 'x', { deep: true }] };
    const document = { schema: 'x', left: undefined, rows: longList(row), after: { more: longList(0.1) } };
    const pieces = piecesOf(document);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(json(document));
  });

  it('is that whatever stands in it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (before, item) => {
        const document = { before, list: longList(item) };
        expect(piecesOf(document).join('')).toBe(json(document));
      }),
      { numRuns: 20 },
    );
  });

  it('finds a long list below others', () => {
    const document = { projects: [{ breakdown: { resources: longList({ a: 1 }) } }, undefined] };
    const pieces = piecesOf(document);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(json(document));
  });
});

describe('rows that are made when they are asked for', () => {
  it('are written as a list', () => {
    const row = { id: 'a', quantity: 'x', measured: 1, predicted: 2.5, low: 0, high: 3, seen: null };
    const rows = new EvaluatedRows();
    expect(piecesOf({ rows })).toEqual([json({ rows: [] })]);
    for (let index = 0; index < LONG; index += 1) rows.add(row);
    expect(piecesOf({ rows }).join('')).toBe(json({ rows: longList(row) }));
  });
});
