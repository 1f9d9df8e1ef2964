import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { landfall } from '../_support/command-line';
import { secondBook } from '../_support/second-book';
import { optionsOf, shippedOptions } from '../_support/shipped-options';

/** Causes that the books name and that are no fault: a floor under the load, a commitment, a contract. */
const EXPECTED = [/^the artifacts hold the least/, /^the plan pays by a commitment/, /^bought by contract/];

// Users synthesize with the validator: an error in a template ends the synth.
let before: string | undefined;
beforeAll(() => {
  before = process.env['CDK_VALIDATION'];
  delete process.env['CDK_VALIDATION'];
});
afterAll(() => {
  process.env['CDK_VALIDATION'] = before;
});

describe('the books of every shipped option', () => {
  it.each(shippedOptions())(
    '%s: %s on %s agree to the cent, or name the cause',
    async (file, scenario, option) => {
      const { reconciliation, lines, allocation } = await secondBook(file, scenario, option);
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

describe('the command, which synthesizes in a process of its own', () => {
  // Of each synthesizer, and with and without Kubernetes objects.
  const differing = optionsOf('pilot').filter(([, , option]) => ['bedrock', 'eks', 'colo'].includes(option));

  it('is tried with three options', () => expect(differing).toHaveLength(3));

  it.each(differing)(
    'writes of %s: %s on %s the same document',
    { timeout: 240_000 },
    async (file, scenario, option) => {
      const words = ['--scenario', scenario, '--option', option, '--from', 'artifacts', '--json'];
      const { stdout, stderr, exitCode } = await landfall('estimate', file, ...words);
      expect([stderr, exitCode]).toEqual(['', 0]);
      const own = await secondBook(file, scenario, option);
      // What made it only the command knows.
      const { madeBy: _, ...told } = JSON.parse(stdout) as Record<string, unknown>;
      expect(told).toEqual(JSON.parse(JSON.stringify(own)));
    },
  );
});
