import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';

const withTraffic = (line: string) => SMALL.replace('      inputTokens', `      ${line}\n      inputTokens`);
const read = (text: string) => readEnvironment('e.yaml', memoryFiles({ 'e.yaml': text }));
const problems = (line: string) => problemsIn(() => read(withTraffic(line)));

describe('traffic over time', () => {
  it('takes a ramp that starts from nothing unless told', () => {
    const { environment } = read(withTraffic('ramp: { months: 6 }'));
    expect(environment.scenarios['chat']?.traffic.ramp).toEqual({ months: 6, startShare: 0 });
  });

  it('refuses seasons that would change the mean of the year', () => {
    expect(problems('seasonality: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]')).toMatchObject([
      { at: 'e.yaml:8:20', code: 'CONFLICT', expected: expect.stringContaining('a mean of 1') },
    ]);
  });

  it.each([
    ['{ mean: 1000, p95: 900 }', 'below the mean'],
    ['{ mean: 100, p50: 800, p95: 500 }', 'below the median'],
  ])('refuses a 95th percentile of prompts %s, %s', (lengths) => {
    const text = SMALL.replace(/inputTokens: .*/, `inputTokens: ${lengths}`);
    expect(problemsIn(() => read(text))).toMatchObject([
      { code: 'CONFLICT', expected: expect.stringContaining('95th percentile') },
    ]);
  });

  it('refuses a year of eleven months and a ramp of none', () => {
    expect(problems('seasonality: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]')[0]?.at).toBe('e.yaml:8:20');
    expect(problems('ramp: { months: 0 }')).toMatchObject([{ at: 'e.yaml:8:23', code: 'OUT_OF_RANGE' }]);
  });
});
