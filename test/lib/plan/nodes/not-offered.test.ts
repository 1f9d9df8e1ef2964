import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/pilot.yaml', catalog);

describe('an instance type that its region does not sell', () => {
  it('is no price but a reason, which names regions that sell it', () => {
    const { eks } = environment.options;
    if (eks?.target !== 'aws-eks') throw new Error('the environment has no option eks');
    const options = { eks: { ...eks, region: 'eu-west-1', instance: 'p5.48xlarge' } };
    const changed = { ...environment, options, deploy: {} };
    const { comparison } = compareEnvironment({ environment: changed, catalog, asOf: '2026-11-23' });
    expect(comparison.scenarios[0]?.options[0]).toMatchObject({ feasible: false, monthlyUsd: null });
    expect(comparison.scenarios[0]?.options[0]?.reasons[0]).toMatch(
      /offers no such node in eu-west-1; it does in .*-\d, .* and \d+ more$/,
    );
  });
});

describe('an own site in another area than prompts must stay in', () => {
  it('is a reason, which names the knob that would keep them', () => {
    const { 'self-built': room } = environment.options;
    const { assistant } = environment.scenarios;
    if (room?.target !== 'self-built' || assistant === undefined)
      throw new Error('the environment has changed');
    const scenarios = {
      assistant: { ...assistant, objectives: { ...assistant.objectives, residency: 'eu' as const } },
    };
    const changed = { ...environment, scenarios, options: { room }, deploy: {} };
    const { comparison } = compareEnvironment({ environment: changed, catalog, asOf: '2026-11-23' });
    expect(comparison.scenarios[0]?.options[0]?.reasons).toEqual([
      'no offering of self-built keeps prompts in eu: it is in us; write `powerRegion: eu`',
    ]);
  });
});

describe('an accelerator that nobody leases', () => {
  it('is a reason, which names the knob that leaves nothing and what is offered without it', () => {
    const { leased } = environment.options;
    if (leased?.target !== 'leased') throw new Error('the environment has no option leased');
    const changed = { ...environment, options: { leased: { ...leased, gpu: 'h20' } }, deploy: {} };
    const { comparison } = compareEnvironment({ environment: changed, catalog, asOf: '2026-11-23' });
    expect(comparison.scenarios[0]?.options[0]?.reasons[0]).toMatch(
      /^leased offers no such node with `gpu: h20`; without it, .*h100-sxm/,
    );
  });
});

describe('a model whose dimensions nobody publishes', () => {
  it('is the first reason, once for all nodes, before accelerators that lack a format', () => {
    const { eks } = environment.options;
    const { assistant } = environment.scenarios;
    if (eks === undefined || assistant === undefined) throw new Error('the environment has changed');
    const scenarios = { assistant: { ...assistant, models: ['claude-haiku-4.5'], quality: undefined } };
    const changed = { ...environment, scenarios, options: { eks }, deploy: {} };
    const { comparison } = compareEnvironment({ environment: changed, catalog, asOf: '2026-11-23' });
    const reasons = comparison.scenarios[0]?.options[0]?.reasons;
    const why = 'the dimensions of Claude Haiku 4.5 are not published, so it cannot be sized';
    expect(reasons?.[0]).toBe(why);
    expect(reasons?.filter((reason) => reason.includes(why))).toHaveLength(1);
  });
});
