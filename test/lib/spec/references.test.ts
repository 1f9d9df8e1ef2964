import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { loadEnvironment } from '#lib/spec/load-environment';
import { memoryFiles, problemsIn, SMALL } from './memory-files';
import { SMALL_CATALOG } from './small-catalog';

const load = (text: string) => loadEnvironment('e.yaml', SMALL_CATALOG, memoryFiles({ 'e.yaml': text }));
const problems = (text: string) => problemsIn(() => load(text));
const eks = (knobs: string) => SMALL.replace('{ target: aws-eks }', `{ target: aws-eks, ${knobs} }`);
const finance = (text: string) => SMALL.replace('deploy:', `finance: ${text}\ndeploy:`);

describe('references', () => {
  it('accepts what the catalog and the targets have', () => {
    expect(load(eks('region: eu-west-1, instance: p5.48xlarge')).environment.name).toBe('small');
  });

  it('suggests the model that was meant', () => {
    expect(problems(SMALL.replace('llama-3.1-8b', 'llama3.1-8'))).toMatchObject([
      { code: 'UNKNOWN_MODEL', at: 'e.yaml:5:14', fix: expect.stringContaining('"llama-3.1-8b"') },
    ]);
  });

  it('does not take an embedding model for a language model', () => {
    expect(problems(SMALL.replace('llama-3.1-8b', 'bge-m3'))).toMatchObject([{ code: 'UNKNOWN_MODEL' }]);
  });

  it('suggests a GPU by its beginning', () => {
    const text = SMALL.replace('{ target: aws-eks }', '{ target: leased, gpu: h100 }');
    expect(problems(text)).toMatchObject([{ code: 'UNKNOWN_GPU', fix: 'did you mean "h100-sxm"?' }]);
  });

  it('suggests a region in which the target has prices', () => {
    expect(problems(eks('region: us-esat-1'))).toMatchObject([
      { code: 'UNKNOWN_REGION', fix: 'did you mean "us-east-1" or "eu-west-1"?' },
    ]);
  });

  it('suggests an instance type', () => {
    expect(problems(eks('instance: p5.48xlrge'))).toMatchObject([
      { code: 'UNKNOWN_INSTANCE', at: 'e.yaml:12:37' },
    ]);
  });

  it('refuses an engine where the provider runs the model', () => {
    const text = SMALL.replace('aws-bedrock }', 'aws-bedrock, serving: { engine: { engine: vllm } } }');
    expect(problems(text)).toMatchObject([{ code: 'CONFLICT', got: '"vllm"' }]);
  });

  it('refuses a store that the target does not offer', () => {
    const text = SMALL.replace('aws-bedrock }', 'aws-bedrock, store: { store: milvus } }');
    expect(problems(text)).toMatchObject([{ code: 'CONFLICT', got: '"milvus"' }]);
  });

  it('refuses a pinned model outside every pool', () => {
    expect(problems(eks('serving: { model: llama-3.1-70b }'))).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it('finds a deployed scenario and option that do not exist', () => {
    expect(problems(SMALL.replace('{ chat: bedrock }', '{ chit: bedrok }'))).toMatchObject([
      { code: 'UNKNOWN_SCENARIO', fix: 'did you mean "chat"?' },
      { code: 'UNKNOWN_OPTION', fix: 'did you mean "bedrock"?' },
    ]);
  });

  it('refuses a metric that no model is scored on', () => {
    const text = SMALL.replace('    traffic:', '    quality: { metric: gpqua, floor: 0.2 }\n    traffic:');
    expect(problems(text)).toMatchObject([{ code: 'NOT_A_CHOICE', fix: 'did you mean "gpqa"?' }]);
  });

  it.each([
    ['{ metric: gpqa, floor: 40 }', 'a share of 1', 'write 0.4'],
    ['{ metric: gpqa, floor: 0.2, scores: { llama-3.1-8b: 52 } }', 'a share of 1', 'write 0.52'],
    ['{ metric: gpqa, floor: 1300 }', 'a share of 1', 'write it on the scale of gpqa'],
    ['{ metric: rating, floor: 0.4 }', 'points', 'write it on the scale of rating'],
  ])('refuses %s, which is on another scale than its metric', (quality, expected, fix) => {
    const rated = new Map(
      [...SMALL_CATALOG.models].map(([id, model]) => [
        id,
        { ...model, quality: [...model.quality, { metric: 'rating', score: 1300, source: 'test' }] },
      ]),
    );
    const text = SMALL.replace('    traffic:', `    quality: ${quality}\n    traffic:`);
    const found = problemsIn(() =>
      loadEnvironment('e.yaml', { ...SMALL_CATALOG, models: rated }, memoryFiles({ 'e.yaml': text })),
    );
    expect(found).toMatchObject([
      { code: 'WRONG_UNIT', expected: expect.stringContaining(expected) as string, fix },
    ]);
  });

  it('takes a floor on a rating, which is no share', () => {
    const { environment } = loadEnvironment(
      'e.yaml',
      loadCatalog(),
      memoryFiles({
        'e.yaml': SMALL.replace(
          '    traffic:',
          '    quality: { metric: lmarena-text, floor: 1100 }\n    traffic:',
        ),
      }),
    );
    expect(environment.scenarios['chat']?.quality?.floor).toBe(1100);
  });

  it('refuses a floor above every model of the pool and names the best', () => {
    const text = SMALL.replace('    traffic:', '    quality: { metric: gpqa, floor: 0.4 }\n    traffic:');
    expect(problems(text)).toMatchObject([
      { code: 'CONFLICT', fix: 'lower the floor to 0.3 (llama-3.1-8b) or widen the pool' },
    ]);
  });

  it('counts no score of the mode that the scenario does not answer in', () => {
    const [model] = SMALL_CATALOG.models.values();
    if (model === undefined) throw new Error('an empty catalog');
    const thinking = {
      ...model,
      quality: [{ metric: 'gpqa', score: 0.3, mode: 'thinking', source: 'test' }],
    } as const;
    const catalog = { ...SMALL_CATALOG, models: new Map([...SMALL_CATALOG.models, [model.id, thinking]]) };
    const inMode = (mode: string) => {
      const text = SMALL.replace(
        '    traffic:',
        `    mode: ${mode}\n    quality: { metric: gpqa, floor: 0.2 }\n    traffic:`,
      );
      return loadEnvironment('e.yaml', catalog, memoryFiles({ 'e.yaml': text }));
    };
    expect(inMode('thinking').environment.scenarios['chat']?.mode).toBe('thinking');
    expect(problemsIn(() => inMode('direct'))).toMatchObject([
      {
        code: 'CONFLICT',
        fix: expect.stringContaining('no model of the pool has a published gpqa score for mode direct'),
      },
    ]);
  });

  it('refuses a metric of the portfolio that no model is scored on', () => {
    const text = `${SMALL}\nportfolio: { quality: { metric: gpqua, floor: 0.2 } }\n`;
    expect(problems(text)).toMatchObject([{ code: 'NOT_A_CHOICE', fix: 'did you mean "gpqa"?' }]);
  });

  it('suggests the assumption that was meant', () => {
    expect(problems(finance('{ assumptions: { facility.puee: 1.2 } }'))).toMatchObject([
      { code: 'UNKNOWN_ASSUMPTION', fix: 'did you mean "facility.pue"?' },
    ]);
  });

  const quote = '{ usd: 1, document: quote, asOf: "2026-11-01" }';

  it('takes a price for a listed thing in a region without list price', () => {
    const text = finance(`{ prices: { aws/ec2/p5.48xlarge/ap-south-1/on-demand/instance-hour: ${quote} } }`);
    expect(Object.keys(load(text).environment.finance.prices)).toHaveLength(1);
  });

  it('takes the factor of a savings plan for a listed instance type, and for no other', () => {
    const factor = (type: string) =>
      finance(`{ prices: { aws/savings-plan-factor/${type}/us-east-1/reserved-3y/ratio: ${quote} } }`);
    expect(Object.keys(load(factor('p5.48xlarge')).environment.finance.prices)).toHaveLength(1);
    expect(problems(factor('p5.48xlage')).map((each) => each.code)).toEqual(['UNKNOWN_PRICE']);
  });

  it('takes a discount for the beginning of price ids, and suggests the seller or service that was meant', () => {
    const granted = (part: string) =>
      finance(`{ discounts: { ${part}: { share: 0.1, document: EDP, asOf: 2026-10-30 } } }`);
    expect(load(granted('aws/ec2')).environment.finance.discounts).toHaveProperty('aws/ec2');
    expect(problems(granted('awss'))[0]).toMatchObject({
      code: 'UNKNOWN_PRICE',
      fix: expect.stringContaining('"aws"'),
    });
    expect(problems(granted('aws/ec3'))[0]).toMatchObject({ fix: expect.stringContaining('aws/ec2') });
  });

  it('says of a bound whether it is itself allowed', () => {
    const granted = (share: number) =>
      finance(`{ discounts: { aws: { share: ${share}, document: EDP, asOf: 2026-10-30 } } }`);
    expect(problems(granted(1))[0]?.expected).toBe('a number from 0 and below 1 (share 0–1)');
    const horizon = problems(finance('{ horizonMonths: 241 }'));
    expect(horizon[0]?.expected).toContain('from 1 to 240');
  });

  it('suggests the price that was meant', () => {
    const text = finance(`{ prices: { aws/ec2/p5.48xlage/us-east-1/on-demand/instance-hour: ${quote} } }`);
    expect(problems(text)[0]).toMatchObject({
      code: 'UNKNOWN_PRICE',
      fix: expect.stringContaining('us-east-1'),
    });
  });

  it('reports mistakes of form and of reference together', () => {
    const text = SMALL.replace('peak: 2', 'peek: 2').replace('llama-3.1-8b', 'llama-9');
    expect(problems(text).map((each) => each.code)).toEqual(['UNKNOWN_MODEL', 'UNKNOWN_KEY']);
  });
});
