import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { loadCatalog } from '#lib/catalog/load';
import { errorsOf, grouped, unfittedRuns, unfittedTable } from '../../anchors/unfitted-runs';

const catalog = loadCatalog();
const runs = unfittedRuns(catalog);
const on = (gpu: string) => runs.filter(({ row }) => row.gpu === gpu);

describe('runs of accelerators that nothing is fitted on', () => {
  it('of MI300X, of four publishers, are met within 10 % in the median and not too fast as a whole', () => {
    expect(new Set(on('mi300x').map(({ row }) => row.source)).size).toBe(4);
    const { median, p90, bias } = errorsOf(on('mi300x'));
    expect(median).toBeLessThan(0.1);
    expect(p90).toBeLessThan(0.3);
    expect(bias).toBeGreaterThan(0.95);
    expect(bias).toBeLessThan(1.1);
  });

  it('of MI300X are nearer by what others measured of it than by its datasheet, with each publisher', () => {
    const byPublisher = [...grouped(on('mi300x')).values()].map(errorsOf);
    expect(byPublisher.filter(({ median, datasheetMedian }) => median >= datasheetMedian / 2)).toEqual([]);
  });

  it('of MI300X and of A100 and L4 lie in the band of 80 % as often as it says, or more', () => {
    const held = ['mi300x', 'a100-80-sxm', 'a100-40-sxm', 'l4'].map((gpu) => errorsOf(on(gpu)).inBand);
    expect(Math.min(...held)).toBeGreaterThanOrEqual(0.75);
  });

  it('of A100 and L4 are met within 15 % in the median, without any measured share', () => {
    const errors = ['a100-80-sxm', 'a100-40-sxm', 'l4'].map((gpu) => errorsOf(on(gpu)));
    expect(Math.max(...errors.map(({ median }) => median))).toBeLessThan(0.15);
    expect(errors.filter(({ median, datasheetMedian }) => median !== datasheetMedian)).toEqual([]);
  });

  it('of Inferentia2 by a publisher of whom no share is read, were 2.6 times too fast and are a quarter off', () => {
    const others = on('inferentia2').filter(({ row }) => row.source !== 'aws-neuron-sdk-inference');
    const { median, datasheetMedian } = errorsOf(others);
    expect(datasheetMedian).toBeGreaterThan(1.5);
    expect(median).toBeLessThan(0.25);
  });

  it('are tabled in the method as they are computed', () => {
    const cellsOf = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|') && !line.startsWith('| -') && !line.startsWith('|-'))
        .map((line) => line.replaceAll(/\s+/g, ' '));
    const method = readFileSync(join(__dirname, '../../../docs/method.md'), 'utf8');
    const [, pasted = ''] = /<!-- unfitted: npm run docs -->([\s\S]*)<!-- \/unfitted -->/.exec(method) ?? [];
    expect(cellsOf(pasted)).toEqual(cellsOf(unfittedTable(catalog)));
  });
});
