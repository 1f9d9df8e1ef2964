import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benchmarkRows } from '#lib/evaluation/benchmark-file';
import { MAXIMUM_VALUE_CHARACTERS } from '#lib/evaluation/json-values';

const read = (...chunks: readonly string[]) => [...benchmarkRows(chunks, 'a.json')];
const cut = (text: string, places: readonly number[]) => {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...ends].map((start, index) => text.slice(start, ends[index]));
};
const problemOf = (chunks: readonly string[]): unknown => {
  try {
    read(...chunks);
    return null;
  } catch (error) {
    return (error as { readonly problems: readonly { readonly at: string }[] }).problems[0]?.at;
  }
};

describe('a benchmarks file', () => {
  const run = { id: 'one "quoted\\" {[', gpus: 8, by: { list: [1, null, 'x'] } };

  it('is a list of rows, bare or under `rows`', () => {
    expect(read(JSON.stringify([run]))).toEqual([run]);
    expect(read(JSON.stringify({ schema: 'x', rows: [run], after: { rows: [1] } }))).toEqual([run]);
    expect(read('[]')).toEqual([]);
    expect(read('{"rows":[]}')).toEqual([]);
  });

  it.each([
    ['a bracket that never closes', '{"rows": [\n  {"id": 1},\n  {"id": ', 'a.json:3:10', 'JSON_SYNTAX'],
    ['a value that is none', '{"rows": [\n  {"id": }\n]}', 'a.json:2:10', 'JSON_SYNTAX'],
    ['a comma too many', '[{"id": 1},\n ]', 'a.json:2:2', 'JSON_SYNTAX'],
    ['no comma', '[{"id": 1}\n {"id": 2}]', 'a.json:2:2', 'JSON_SYNTAX'],
    ['a word that ends too late', '[{}, nullx]', 'a.json:1:10', 'JSON_SYNTAX'],
    ['more behind its end', '[{}] []', 'a.json:1:6', 'JSON_SYNTAX'],
    ['a key without quotes', '{rows: []}', 'a.json:1:2', 'JSON_SYNTAX'],
    ['a key without a colon', '{"rows" []}', 'a.json:1:9', 'JSON_SYNTAX'],
    ['a string that never ends', '[{"id": "a}]', 'a.json:1:9', 'JSON_SYNTAX'],
    ['nothing', '', 'a.json:1:1', 'JSON_SYNTAX'],
    ['no rows', '{"lines": []}', 'a.json:1:1', 'MISSING_KEY'],
    ['two lists of rows', '{"rows": [],\n "rows": []}', 'a.json:2:2', 'DUPLICATE_KEY'],
    ['rows that are no list', '{"rows": {"a": 1}}', 'a.json:1:10', 'WRONG_TYPE'],
    ['a row that is none', '[{},\n 1]', 'a.json:2:2', 'WRONG_TYPE'],
    ['a text', ' "rows"', 'a.json:1:2', 'WRONG_TYPE'],
  ])('with %s fails at its place', (_, text, at, code) => {
    const problems = [expect.objectContaining({ at, code })];
    expect(() => read(text)).toThrow(expect.objectContaining({ problems }));
  });

  it('is read alike however its text is cut into chunks', () => {
    const rows = fc.array(fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 })), {
      maxLength: 4,
    });
    const places = fc.array(fc.nat(), { maxLength: 6 });
    fc.assert(
      fc.property(rows, places, fc.nat({ max: 3 }), (list, ends, indent) => {
        const text = JSON.stringify({ note: 'é\n', rows: list }, null, indent);
        expect(read(...cut(text, ends))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 300 },
    );
  });

  it('fails at the same place however a broken text is cut into chunks', () => {
    const text = JSON.stringify({ note: 'a "b\\', rows: [run, { ...run, id: 2 }] }, null, 1);
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom('', '"', '}', ',', '\\', 'x'),
        fc.array(fc.nat(), { maxLength: 6 }),
        (place, mark, ends) => {
          const at = place % text.length;
          const broken = text.slice(0, at) + mark + text.slice(at + 1);
          expect(problemOf(cut(broken, ends))).toEqual(problemOf([broken]));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds no more of a long file than one run and one chunk', () => {
    const chunk = `${JSON.stringify(run)},`.repeat(1000);
    let asked = 0;
    function* chunks() {
      yield '[';
      for (; asked < 50; asked += 1) yield chunk;
    }
    const rows = benchmarkRows(chunks(), 'a.json');
    for (let row = 0; row < 1500; row += 1) rows.next();
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('refuses a value that is longer than memory should hold', () => {
    const part = 'x'.repeat(MAXIMUM_VALUE_CHARACTERS / 4);
    const text = [' [{},\n {"id"', ':"', part, part, part, part, part, part];
    const problems = [expect.objectContaining({ at: 'a.json:2:2', code: 'FILE_TOO_LARGE' })];
    expect(() => read(...text)).toThrow(expect.objectContaining({ problems }));
  });
});
