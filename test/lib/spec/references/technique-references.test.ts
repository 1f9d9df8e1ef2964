import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';
import { SMALL_CATALOG } from '../small-catalog';

const load = (text: string) => loadEnvironment('e.yaml', SMALL_CATALOG, memoryFiles({ 'e.yaml': text }));
const problems = (text: string) => problemsIn(() => load(text));
const bedrock = (serving: string) =>
  SMALL.replace('{ target: aws-bedrock }', `{ target: aws-bedrock, serving: { ${serving} } }`);
const eks = (serving: string) =>
  SMALL.replace('{ target: aws-eks }', `{ target: aws-eks, serving: { ${serving} } }`);

describe('techniques of serving', () => {
  it('are accepted where an engine can do them', () => {
    const text = eks(
      'speculation: { drafter: n-gram, acceptanceRate: 0.4 }, adapters: { resident: 4, rank: 16 }, offload: { weightsShare: 0.1 }',
    );
    expect(load(text).environment.options['eks']?.serving).toMatchObject({
      speculation: { draftTokens: 3 },
      adapters: { targets: 'all-linear' },
    });
  });

  it('are an error at their place where the provider runs the model', () => {
    expect(problems(bedrock('prefixCache: { distinctPrefixes: 10 }'))).toMatchObject([
      {
        code: 'CONFLICT',
        at: 'e.yaml:11:46',
        expected: expect.stringContaining('the provider of aws-bedrock'),
      },
    ]);
  });

  it('ask for the one model that an EAGLE head was trained for', () => {
    const head = 'speculation: { drafter: eagle, repository: acme/head, acceptanceRate: 0.7 }';
    expect(problems(eks(head))).toMatchObject([{ code: 'MISSING_KEY' }]);
    expect(load(eks(`model: llama-3.1-8b, ${head}`)).environment.name).toBe('small');
  });

  it('suggest the drafting model that was meant', () => {
    const text = eks('speculation: { drafter: model, model: llama-3.1-8, acceptanceRate: 0.7 }');
    expect(problems(text)).toMatchObject([
      { code: 'UNKNOWN_MODEL', fix: expect.stringContaining('"llama-3.1-8b"') },
    ]);
  });

  it('refuse a path that leads elsewhere, a rate of 1 and more adapters than stay resident', () => {
    const speculation = (rest: string) => eks(`model: llama-3.1-8b, speculation: { ${rest} }`);
    expect(problems(speculation('drafter: eagle, repository: ../../etc, acceptanceRate: 0.7'))).toHaveLength(
      1,
    );
    expect(problems(speculation('drafter: eagle, repository: --x, acceptanceRate: 0.7'))).toHaveLength(1);
    expect(problems(speculation('drafter: n-gram, acceptanceRate: 1'))).toMatchObject([
      { code: 'OUT_OF_RANGE' },
    ]);
    expect(
      problems(eks('adapters: { resident: 1, rank: 16, modules: { a: acme/a, b: acme/b } }')),
    ).toHaveLength(1);
    expect(problems(eks('adapters: { resident: 1, rank: 17 }'))).toHaveLength(1);
  });
});

describe('slices of accelerators', () => {
  it('are an error at their place where the target does not let you cut them', () => {
    expect(problems(bedrock('slice: 3g.40gb'))).toMatchObject([
      { code: 'CONFLICT', expected: expect.stringContaining('does not let you cut') },
    ]);
    expect(load(eks('slice: 3g.40gb')).environment.options['eks']?.serving.slice).toBe('3g.40gb');
    expect(problems(eks('slice: half'))).toHaveLength(1);
  });
});

it('an engine that cannot serve in two fleets is named at the place that asks for it', () => {
  const text = (engine: string) => eks(`disaggregation: {}, engine: { engine: ${engine} }`);
  expect(problems(text('triton'))).toMatchObject([
    { code: 'CONFLICT', expected: expect.stringContaining('a technique of triton') },
  ]);
  expect(load(text('vllm')).environment.name).toBe('small');
});
