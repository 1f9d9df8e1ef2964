import { describe, expect, it } from 'vitest';
import { ownRuns } from '#lib/calibration/own-runs';
import { loadCatalog } from '#lib/catalog/load';
import type { RawRow } from '#lib/evaluation/benchmark-file';
import { SERVING_ROW } from '../../_support/serving-row';

const run: RawRow = {
  ...SERVING_ROW,
  out_tok_s_per_gpu_derived: 2400,
};

describe("a user's own runs", () => {
  const catalog = loadCatalog();

  it('are prepared, and others skipped with their reason', () => {
    const { runs, skipped } = ownRuns([run, { ...run, gpu: 'h1000' }], catalog, 'own.json');
    expect(runs.map(({ id }) => id)).toEqual(['rows[0]']);
    expect(skipped).toEqual([{ id: 'rows[1]', reason: expect.stringContaining('h1000') }]);
  });

  it('are refused once they are more than a fit can compare, before the rest is read', () => {
    let read = 0;
    function* endless(): Generator<RawRow> {
      for (;;) {
        yield read % 2 === 0 ? run : { ...run, precision: 'fp8' };
        read += 1;
      }
    }
    const problems = [expect.objectContaining({ code: 'FILE_TOO_LARGE', at: 'own.json' })];
    expect(() => ownRuns(endless(), catalog, 'own.json')).toThrow(expect.objectContaining({ problems }));
    expect(read).toBe(4000);
  });
});
