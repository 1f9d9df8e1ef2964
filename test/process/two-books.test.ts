import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Estimate } from '#lib/cost/estimate';
import { landfall } from '../_support/command-line';

const ENVIRONMENTS = ['pilot', 'support', 'knowledge', 'scale'];
/** Causes that the books name and that are no fault: a floor under the load, a commitment, a contract. */
const EXPECTED = [/^the artifacts hold the least/, /^the plan pays by a commitment/, /^bought by contract/];

function pairs(): readonly (readonly [environment: string, option: string])[] {
  return ENVIRONMENTS.flatMap((name) => {
    const { options }: { options: Record<string, unknown> } = parse(
      readFileSync(`environments/${name}.yaml`, 'utf8'),
    );
    return Object.keys(options).map((option) => [name, option] as const);
  });
}

async function book(environment: string, option: string): Promise<Estimate> {
  const words = [
    'estimate',
    `environments/${environment}.yaml`,
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
    '%s on %s agree to the cent, or name the cause',
    { timeout: 120_000 },
    async (environment, option) => {
      const { reconciliation, lines } = await book(environment, option);
      expect(reconciliation?.unaccountedResources).toEqual([]);
      const unexpected = (reconciliation?.differences ?? []).filter(
        ({ why }) => !EXPECTED.some((cause) => cause.test(why)),
      );
      expect(unexpected).toEqual([]);
      expect(lines.filter(({ state }) => state === 'unpriced').map(({ key }) => key)).toEqual([]);
    },
  );
});
