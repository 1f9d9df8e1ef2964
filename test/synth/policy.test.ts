import { App, Validations } from 'aws-cdk-lib';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptedRules } from '#bin/synthesis/policy-gate';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { plansFor } from '#bin/synthesis/plans-for';
import { GenAiPolicy } from '#constructs/aws/genai-policy';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { checkPolicy } from '#lib/policy/check-policy';
import { bedrockStacks } from '#stacks/aws/bedrock-stacks';
import { bedrockPlan } from '../_support/aws-plan';
import { shippedOptions } from '../_support/shipped-options';
import { synthesizedInto } from '../_support/synthesized';

/** Rules that shipped options are warned of, each with the reason why it is no error of theirs. */
const WARNED = new Map([
  ['weights-pinned', 'nobody but the user knows which commit of a repository was tested'],
  [
    'endpoint-network',
    'SageMaker runs the network of an endpoint whose container fetches weights at its start',
  ],
]);

describe('every shipped option', () => {
  it.each(shippedOptions())('%s: %s on %s keeps the policy pack', async (file, scenario, option) => {
    const [plan] = plansFor({ environmentPath: file, scenario, option });
    if (plan === undefined) throw new Error(`no plan of ${option}`);
    const folder = mkdtempSync(join(tmpdir(), 'landfall-policy-'));
    try {
      await synthesizedInto(folder, plan);
      const { findings, resources } = checkPolicy(
        readArtifacts(filesOfApp(folder), folder).resources,
        acceptedRules(file),
      );
      expect(resources).toBeGreaterThan(2);
      const unexpected = findings.filter(
        ({ rule, accepted }) => accepted === null && (rule.severity === 'error' || !WARNED.has(rule.id)),
      );
      expect(unexpected.map(({ rule, address, what }) => `${rule.id}: ${address} ${what}`)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the pack as a plugin of the CDK', () => {
  const read = (paths: readonly string[]) => {
    const folder = dirname(paths[0] ?? '.');
    return readArtifacts(filesOfApp(folder), folder).resources;
  };
  const unguarded = bedrockPlan({
    managed: { modelId: 'meta.llama3-1-70b-instruct-v1:0', profile: 'regional', guardrail: false },
  });
  function synthesized(
    plan: Parameters<typeof bedrockStacks>[1],
    accepted: { rule: string; reason: string }[] = [],
  ) {
    const app = new App();
    const policy = new GenAiPolicy({ read, accepted });
    Validations.of(app).addPlugins(policy);
    bedrockStacks(app, plan);
    return { app, policy };
  }

  it('lets a guarded model through', () => {
    const { app, policy } = synthesized(bedrockPlan());
    app.synth();
    expect(policy.isBroken).toBe(false);
  });

  it('ends the synth of one that may be called without a guardrail', () => {
    const { app, policy } = synthesized(unguarded);
    expect(() => app.synth()).toThrow(/[Vv]alidation/);
    expect(policy.isBroken).toBe(true);
  });

  it('lets it through where the environment accepts that', () => {
    const accepted = [{ rule: 'guardrail-on-every-call', reason: 'the gateway before it has its own' }];
    const { app, policy } = synthesized(unguarded, accepted);
    app.synth();
    expect(policy.isBroken).toBe(false);
  });
});
