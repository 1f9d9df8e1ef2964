import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { engines } from '#lib/engines/index';
import { makePlan } from '#lib/plan/make-plan';
import { Finance } from '#lib/spec/finance';
import { option } from '#lib/spec/option';
import { Scenario } from '#lib/spec/scenario';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });

function launchOf(model: string, engine: string) {
  const result = makePlan({
    environmentName: 'test',
    scenarioId: 'chat',
    scenario: Scenario.parse({
      title: 'Chat',
      models: [model],
      traffic: {
        requestsPerSecond: { mean: 1, peak: 2 },
        inputTokens: { mean: 2048 },
        outputTokens: { mean: 512 },
      },
      objectives: { ttftMs: 8000, tpotMs: 120 },
    }),
    optionId: 'one',
    option: option().parse({ target: 'leased', gpu: 'b300-sxm', serving: { engine: { engine } } }),
    finance: Finance.parse({}),
    catalog,
    prices,
  });
  if (!result.feasible || result.plan.serving === null) throw new Error('no model server');
  const { args, files } = result.plan.serving.launch;
  return {
    told: [...args, ...files.map(({ content }) => content)].join('\n'),
    notes: result.plan.notes.filter((note) => note.includes('brings its tokenizer as code')),
  };
}

describe.each(engines.ids)('under %s', (engine) => {
  it.each(['kimi-k2', 'kimi-k2.5'])(
    '%s starts with the code of its tokenizer, and the plan says so',
    (model) => {
      const { told, notes } = launchOf(model, engine);
      expect(told).toMatch(/--trust-remote-code|"trust_remote_code": true/);
      expect(notes).toHaveLength(1);
    },
  );

  it('no other model of the catalog may run code of its repository', () => {
    const { told, notes } = launchOf('deepseek-r1', engine);
    expect(told).not.toMatch(/trust.remote.code/);
    expect(notes).toEqual([]);
  });
});
