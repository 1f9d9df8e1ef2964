import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';

const problems = (finance: string) =>
  problemsIn(() => readEnvironment('e.yaml', memoryFiles({ 'e.yaml': `${SMALL}finance:\n  ${finance}\n` })));

describe('finance', () => {
  it('refuses people, prices and shares below nothing, at their place', () => {
    expect(problems('assumptions: { people.loaded-usd-per-year: -5 }')[0]?.at).toBe('e.yaml:15:46');
    expect(problems('tax: { rate: 1 }')).toMatchObject([{ at: 'e.yaml:15:16', code: 'OUT_OF_RANGE' }]);
    expect(problems('compliance: { fixedUsd: -1 }')).toMatchObject([{ code: 'OUT_OF_RANGE' }]);
  });

  it('takes no name for what serves meanwhile that could not be an option', () => {
    expect(problems('whileWaiting: "An Option"')[0]?.at).toBe('e.yaml:15:17');
  });
});
