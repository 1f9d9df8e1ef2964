import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { measuredRunOf } from '#lib/sizing/measured-run';

const catalog = loadCatalog();

describe('a row of the catalog', () => {
  const [row] = catalog.servingRows('minimax-m2');
  if (row === undefined) throw new Error('no runs of minimax-m2');
  const { meanLengthShare: _, engineVersion: __, ...bare } = row;

  it('is measured at the mean of the lengths that its publisher draws', () => {
    expect(row.meanLengthShare).toBe(0.9);
    const { inputTokens, outputTokens } = measuredRunOf(row, 'fp8');
    expect([inputTokens, outputTokens]).toEqual([0.9 * row.inputTokens, 0.9 * row.outputTokens]);
  });

  it('has the lengths that it names and an unstated release where it says nothing else', () => {
    const run = measuredRunOf(bare, 'fp8');
    expect(run).toMatchObject({ inputTokens: row.inputTokens, outputTokens: row.outputTokens });
    expect(run.engineVersion).toBe('unstated');
    expect(measuredRunOf({ ...bare, engineVersion: '' }, 'fp8').engineVersion).toBe('unstated');
  });
});
