import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';
import { SMALL_CATALOG } from '../small-catalog';

const load = (text: string) => loadEnvironment('e.yaml', SMALL_CATALOG, memoryFiles({ 'e.yaml': text }));
const problems = (text: string) => problemsIn(() => load(text));
const eks = (scaling: string) =>
  SMALL.replace('{ target: aws-eks }', `{ target: aws-eks, scaling: { ${scaling} } }`);
const bedrock = (scaling: string) =>
  SMALL.replace('{ target: aws-bedrock }', `{ target: aws-bedrock, scaling: { ${scaling} } }`);

describe('scaling of an option', () => {
  it('is a fleet that stands where nothing is said', () => {
    expect(load(SMALL).environment.options['eks']?.scaling).toEqual({ policy: 'fixed' });
  });

  it('keeps one replica and no more than the hour needs where nothing else is said', () => {
    expect(load(eks('policy: autoscaled')).environment.options['eks']?.scaling).toEqual({
      policy: 'autoscaled',
      minReplicas: 1,
      headroom: 0,
    });
    expect(load(eks('policy: scheduled')).environment.options['eks']?.scaling).toMatchObject({
      timezone: 'UTC',
    });
  });

  it('refuses at its place what the target cannot do, and says why', () => {
    expect(problems(eks('policy: scale-to-zero'))).toMatchObject([
      {
        code: 'CONFLICT',
        at: expect.stringMatching(/^e\.yaml:\d+:\d+$/),
        got: '"scale-to-zero"',
        expected: expect.stringContaining('nothing in the cluster holds a request'),
        fix: expect.stringContaining('autoscaled'),
      },
    ]);
    expect(problems(bedrock('policy: autoscaled'))).toMatchObject([
      { expected: expect.stringContaining('the provider scales the model'), fix: 'leave `scaling` out' },
    ]);
  });

  it('refuses a policy and a time zone that nobody knows', () => {
    expect(problems(eks('policy: elastic'))).toHaveLength(1);
    expect(problems(eks("policy: scheduled, timezone: 'Europe/Berlin; rm -rf'"))).toMatchObject([
      { expected: expect.stringContaining('IANA') },
    ]);
    expect(problems(eks('policy: fixed, minReplicas: 2'))).toMatchObject([{ code: 'UNKNOWN_KEY' }]);
  });

  it('refuses a commitment where the target sells no term, and a term that it does not sell', () => {
    const committed = (target: string, commitment: string) =>
      SMALL.replace(`{ target: ${target} }`, `{ target: ${target}, commitment: ${commitment} }`);
    expect(load(committed('aws-eks', 'auto')).environment.options['eks']?.commitment).toBe('auto');
    expect(problems(committed('aws-bedrock', 'auto'))).toMatchObject([
      { code: 'CONFLICT', expected: expect.stringContaining('sells no nodes for a term') },
    ]);
    expect(problems(committed('aws-eks', '{ term: savings-plan-2y }'))).toMatchObject([
      {
        at: expect.stringMatching(/^e\.yaml:\d+:\d+$/),
        expected: 'a term of aws-eks: savings-plan-1y, savings-plan-3y',
        fix: expect.stringContaining('savings-plan'),
      },
    ]);
  });
});
