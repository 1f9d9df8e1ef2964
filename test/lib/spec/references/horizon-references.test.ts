import { expect, it } from 'vitest';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';
import { SMALL_CATALOG } from '../small-catalog';

const sizedFor = (month: number, finance = '') =>
  SMALL.replace('outputTokens', `sizeForMonth: ${month}\n      outputTokens`) + finance;
const load = (text: string) => loadEnvironment('e.yaml', SMALL_CATALOG, memoryFiles({ 'e.yaml': text }));

it('refuses at its line a fleet for a month beyond the horizon, also where that is not stated', () => {
  expect(problemsIn(() => load(sizedFor(37)))).toMatchObject([
    { code: 'CONFLICT', at: 'e.yaml:9:21', got: '37', expected: expect.stringContaining('36') },
  ]);
  expect(problemsIn(() => load(sizedFor(13, 'finance: { horizonMonths: 12 }\n')))).toMatchObject([
    { code: 'CONFLICT', fix: expect.stringContaining('write 12 or less') },
  ]);
});

it('takes the last month of the horizon', () => {
  const { traffic } = load(sizedFor(36)).environment.scenarios['chat'] ?? {};
  expect(traffic?.sizeForMonth).toBe(36);
});
