import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Estimate } from '#lib/cost/estimate';
import { landfall } from '../_support/command-line';

const ENVIRONMENTS = ['pilot', 'support', 'knowledge', 'scale'];
/** Causes that the books name and that are no fault: a floor under the load, a commitment, a contract. */
const EXPECTED = [/^the artifacts hold the least/, /^the plan pays by a commitment/, /^bought by contract/];

type Pair = readonly [environment: string, scenario: string, option: string];

/** Every option of the environments with one scenario, and what the one with several deploys. */
function pairs(): readonly Pair[] {
  const { deploy } = written('portfolio');
  return [
    ...ENVIRONMENTS.flatMap((name) => {
      const { scenarios, options } = written(name);
      return Object.keys(scenarios).flatMap((scenario) =>
        Object.keys(options).map((option): Pair => [name, scenario, option]),
      );
    }),
    ...Object.entries(deploy).map(([scenario, option]): Pair => ['portfolio', scenario, option]),
  ];
}

interface Written {
  readonly scenarios: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly deploy: Readonly<Record<string, string>>;
}

function written(name: string): Written {
  const document: Written = parse(readFileSync(`environments/${name}.yaml`, 'utf8'));
  return document;
}

async function book(environment: string, scenario: string, option: string): Promise<Estimate> {
  const words = [
    'estimate',
    `environments/${environment}.yaml`,
    '--scenario',
    scenario,
    '--option',
    option,
    '--from',
    'artifacts',
    '--json',
  ];
  const { stdout, stderr, exitCode } = await landfall(...words);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const document: Estimate = JSON.parse(stdout);
  return document;
}

describe('the books of every shipped option', () => {
  it.concurrent.each(pairs())(
    '%s: %s on %s agree to the cent, or name the cause',
    { timeout: 120_000 },
    async (environment, scenario, option) => {
      const { reconciliation, lines, allocation } = await book(environment, scenario, option);
      expect(reconciliation?.unaccountedResources).toEqual([]);
      const unexpected = (reconciliation?.differences ?? []).filter(
        ({ why }) => !EXPECTED.some((cause) => cause.test(why)),
      );
      expect(unexpected).toEqual([]);
      expect(lines.filter(({ state }) => state === 'unpriced').map(({ key }) => key)).toEqual([]);
      // Pods take no more than the nodes that are billed for them.
      for (const { key, nodes, takenNodes, allocatedUsd, idleUsd } of allocation?.pools ?? []) {
        expect(takenNodes).toBeLessThanOrEqual(nodes);
        const line = lines.find((each) => each.key === key);
        expect((allocatedUsd ?? 0) + (idleUsd ?? 0)).toBeCloseTo(line?.monthlyUsd ?? Number.NaN, 1);
      }
    },
  );
});
