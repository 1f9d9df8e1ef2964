import { describe, expect, it } from 'vitest';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/schema/finance';
import { option } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { smallCatalog, smallPriceBook } from '../../_support/small-catalog';

const catalog = smallCatalog();
const prices = smallPriceBook(catalog);
const base = {
  title: 'Test',
  models: ['large'],
  traffic: {
    requestsPerSecond: { mean: 1, peak: 4 },
    inputTokens: { mean: 1000 },
    outputTokens: { mean: 200 },
  },
};

function plan(optionInput: object, scenarioInput: object = {}, from = catalog) {
  return makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({ ...base, ...scenarioInput }),
    optionId: 'one',
    option: option().parse(optionInput),
    finance: Finance.parse({}),
    catalog: from,
    prices,
  });
}

describe('makePlan', () => {
  it('pays a managed model by the tokens of the month', () => {
    const result = plan({ target: 'aws-bedrock' });
    expect(result.feasible && result.plan.purchases.find(({ key }) => key === 'tokens.input')).toMatchObject({
      quantityPerMonth: (1000 * 730 * 3600) / 1e6,
    });
  });

  it('says that latency objectives of a managed model are not checked', () => {
    const result = plan({ target: 'aws-bedrock' }, { objectives: { ttftMs: 500 } });
    expect(result.feasible && result.plan.notes.join(' ')).toContain('publishes no latency');
  });

  it('offers no published model as one of your own, and says where only prompts can be adapted', () => {
    expect(plan({ target: 'aws-bedrock' }, { route: 'build' })).toMatchObject({
      feasible: false,
      reasons: [expect.stringContaining('published ones only')],
    });
    const notes = (scenario: object) => {
      const result = plan({ target: 'aws-bedrock' }, scenario);
      return result.feasible ? result.plan.notes.join(' ') : '';
    };
    expect(notes({ route: 'adapt' })).toContain('landfall routes');
    expect(notes({ route: 'direct' })).not.toContain('landfall routes');
  });

  it('gives a reason where a model is not sold', () => {
    const result = plan({ target: 'aws-bedrock' }, { models: ['small'] });
    expect(result).toMatchObject({ feasible: false, reasons: ['Amazon Bedrock does not sell small'] });
  });

  it('says of a context that no model has where its length comes from', () => {
    const traffic = (p95: number | undefined) => ({
      requestsPerSecond: { mean: 1, peak: 2 },
      inputTokens: { mean: 1_000_000, p95 },
      outputTokens: { mean: 100, p95: 300 },
    });
    const reasons = (p95?: number) => {
      const result = plan({ target: 'aws-eks' }, { traffic: traffic(p95) });
      return result.feasible ? '' : result.reasons.join();
    };
    expect(reasons()).toContain(
      'a context of 3,000,300 tokens, 3,000,000 in and 300 out (3 times the mean where no p95 is written)',
    );
    expect(reasons(1_500_000)).toContain(
      'a context of 1,500,300 tokens, 1,500,000 in and 300 out; the longest',
    );
  });

  it('gives a reason where prompts would leave the area', () => {
    const result = plan({ target: 'aws-eks' }, { objectives: { residency: 'eu' } });
    expect(result).toMatchObject({
      feasible: false,
      reasons: [expect.stringMatching(/^no offering of aws-eks keeps prompts in eu: it is in \S+$/)],
    });
  });

  it('gives a reason where a model is below the quality floor', () => {
    const result = plan({ target: 'aws-eks' }, { quality: { metric: 'gpqa', floor: 0.9 } });
    expect(result).toMatchObject({
      feasible: false,
      reasons: ['large scores 0.42 on gpqa, below the floor of 0.9'],
    });
  });

  describe('under a floor on a score that nobody publishes of a model', () => {
    const small = catalog.models.get('small');
    if (small === undefined) throw new Error('no small model');
    const scores = new Map([...catalog.models, ['small', { ...small, quality: [] }] as const]);
    const under = (models: readonly string[], target = 'aws-eks') =>
      plan({ target }, { models, quality: { metric: 'gpqa', floor: 0.4 } }, { ...catalog, models: scores });
    const why =
      'small has no published gpqa and so does not meet the floor of 0.4: state your own under quality.scores, or leave the floor out';

    it('does not admit the model, though it is named', () => {
      expect(under(['small'])).toMatchObject({ feasible: false, reasons: [why] });
    });

    it('admits it by a score of your own', () => {
      const quality = { metric: 'gpqa', floor: 0.4, scores: { small: 0.45 } };
      const from = { ...catalog, models: scores };
      expect(plan({ target: 'aws-eks' }, { models: ['small'], quality }, from)).toMatchObject({
        feasible: true,
        plan: { model: { id: 'small' }, quality: { metric: 'gpqa', score: expect.closeTo(0.45, 2) } },
      });
      const low = { ...quality, scores: { small: 0.3 } };
      expect(plan({ target: 'aws-eks' }, { models: ['small'], quality: low }, from)).toMatchObject({
        feasible: false,
        reasons: ['small scores 0.3 on gpqa, below the floor of 0.4'],
      });
    });

    it.each(['aws-eks', 'aws-bedrock'])('plans another of the pool on %s, and says so', (target) => {
      expect(under(['small', 'large'], target)).toMatchObject({
        feasible: true,
        plan: { model: { id: 'large' }, notes: expect.arrayContaining([why]) },
      });
    });
  });

  it.each(['aws-eks', 'aws-sagemaker', 'leased', 'colo', 'self-built'])(
    'pairs every node of %s with what it costs',
    (target) => {
      const result = plan({ target });
      expect(result).toMatchObject({ feasible: true, plan: { model: { id: 'large' }, managed: null } });
      const pool = result.feasible ? result.plan.nodePools[0] : undefined;
      expect(pool?.nodes.desired).toBeGreaterThan(0);
      expect(result.feasible && result.plan.purchases[0]?.basis).toContain(`${pool?.nodes.desired}`);
    },
  );
});
