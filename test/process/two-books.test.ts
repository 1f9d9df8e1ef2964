import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Estimate } from '#lib/cost/estimate';
import { landfall } from '../_support/command-line';
import { SHAPED, SHAPES } from '../_support/shapes';

const ENVIRONMENTS = ['pilot', 'support', 'knowledge', 'scale'];
/** Causes that the books name and that are no fault: a floor under the load, a commitment, a contract. */
const EXPECTED = [/^the artifacts hold the least/, /^the plan pays by a commitment/, /^bought by contract/];

type Pair = readonly [file: string, scenario: string, option: string];

const shipped = (name: string) => `environments/${name}.yaml`;

/** Every option of the environments with one scenario, what the one with several deploys, and shapes that none has. */
function pairs(): readonly Pair[] {
  const portfolio = shipped('portfolio');
  const { deploy } = written(portfolio);
  return [
    ...ENVIRONMENTS.map(shipped).flatMap((file) => {
      const { scenarios, options } = written(file);
      return Object.keys(scenarios).flatMap((scenario) =>
        Object.keys(options).map((option): Pair => [file, scenario, option]),
      );
    }),
    ...Object.entries(deploy).map(([scenario, option]): Pair => [portfolio, scenario, option]),
    ...SHAPED.map(([scenario, option]): Pair => [SHAPES, scenario, option]),
  ];
}

interface Written {
  readonly scenarios: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly deploy: Readonly<Record<string, string>>;
}

function written(file: string): Written {
  const document: Written = parse(readFileSync(file, 'utf8'));
  return document;
}

async function book(file: string, scenario: string, option: string): Promise<Estimate> {
  const words = [
    'estimate',
    file,
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
    async (file, scenario, option) => {
      const { reconciliation, lines, allocation } = await book(file, scenario, option);
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
