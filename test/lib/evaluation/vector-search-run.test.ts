import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorFigures } from '#lib/evaluation/error-figures';
import { predictVectorSearchRow, readVectorSearchRun } from '#lib/evaluation/vector-search-run';
import type { VectorSearchRow } from '#lib/retrieval/search-row';

const ROW = {
  id: 'vdb-000',
  kind: 'vector_search',
  dataset: 'Cohere (Large)',
  db: 'QdrantCloud',
  label: '16c64g',
  qps: 323.3964,
  latency: 9.8,
  recall: 0.9507,
  filter_ratio: 0,
};

function runOf(row: Readonly<Record<string, unknown>>) {
  const result = readVectorSearchRun(row);
  if ('reason' in result) throw new Error(result.reason);
  return result.run;
}

/** The bundled rows under the field names of the benchmark. */
const rows = (
  JSON.parse(
    readFileSync(join(__dirname, '../../../lib/catalog/data/vector-search-rows.json'), 'utf8'),
  ) as VectorSearchRow[]
).map(({ store, queriesPerSecond, latencyMs, filterShare, ...rest }) => ({
  ...rest,
  kind: 'vector_search',
  db: store,
  qps: queriesPerSecond,
  latency: latencyMs,
  filter_ratio: filterShare,
}));

describe('a raw row of a search benchmark', () => {
  it('is read with its machine and its data', () => {
    expect(runOf(ROW)).toMatchObject({
      store: 'QdrantCloud',
      vectors: 10_000_000,
      dimensions: 768,
      vcpus: 16,
      memoryGib: 64,
      recall: 0.9507,
      filterShare: 0,
      queriesPerSecond: 323.3964,
      p99LatencyMs: 9.8,
    });
  });

  it('may be of a service with an empty label, and give no latency', () => {
    const { latency: _, ...row } = { ...ROW, db: 'S3Vectors', label: '' };
    expect(runOf(row)).toMatchObject({ vcpus: null, p99LatencyMs: null });
  });

  it.each([
    ['a kind of another benchmark', { kind: 'serving_closed_loop' }, 'kind'],
    ['a data set without a known size', { dataset: 'LAION' }, 'dataset'],
    ['no throughput', { qps: null }, 'qps is missing'],
    ['a throughput of 0', { qps: 0 }, 'qps is 0'],
    ['a recall in percent', { recall: 95 }, 'recall is 95, not a share up to 1'],
    ['a filter that leaves nothing', { filter_ratio: 1 }, 'filter_ratio is 1'],
    ['a filter in words', { filter_ratio: 'half' }, 'filter_ratio'],
    ['a label that is a number', { label: 7 }, 'label is 7, not a text'],
  ])('with %s is a reason', (_, change, reason) => {
    expect(readVectorSearchRun({ ...ROW, ...change })).toEqual({ reason: expect.stringContaining(reason) });
  });
});

describe('the prediction of a row', () => {
  it('stands beside the measurement, with a band', () => {
    const result = predictVectorSearchRow(runOf(ROW));
    if ('reason' in result) throw new Error(result.reason);
    expect(result.measured).toBe(323.3964);
    expect(result.low).toBeLessThan(result.predicted);
    expect(result.high).toBeGreaterThan(result.predicted);
    expect(result.latency?.measured).toBe(9.8);
  });

  it('of a store without rows is made from its machine, and without a machine is a reason', () => {
    const stranger = predictVectorSearchRow(runOf({ ...ROW, db: 'Vespa' }));
    expect(stranger).toHaveProperty('predicted');
    expect(predictVectorSearchRow(runOf({ ...ROW, db: 'Vespa', label: '' }))).toEqual({
      reason: expect.stringContaining('vCPUs'),
    });
  });

  it('is a reason where the index does not lie in memory', () => {
    expect(predictVectorSearchRow(runOf({ ...ROW, label: '2c4g' }))).toEqual({
      reason: expect.stringContaining('4 GiB do not hold 7 GiB'),
    });
  });

  it('is made for each of the 289 rows, and lies in its band for at least 80 % of them', () => {
    const predictions = rows.map((row) => predictVectorSearchRow(runOf(row)));
    const made = predictions.flatMap((each) => ('reason' in each ? [] : each));
    expect(made).toHaveLength(289);
    const inside = made.filter(({ measured, low, high }) => measured >= low && measured <= high);
    expect(inside.length / made.length).toBeGreaterThan(0.8);
    const throughput = errorFigures(made);
    expect(throughput.medianApe).toBeLessThan(0.12);
    expect(throughput.bias).toBeGreaterThan(0.95);
    expect(throughput.bias).toBeLessThan(1.05);
    expect(errorFigures(made.flatMap(({ latency }) => latency ?? [])).medianApe).toBeLessThan(0.2);
  });
});
