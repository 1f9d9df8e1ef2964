import { describe, expect, it } from 'vitest';
import { checkPolicy, isBroken } from '#lib/policy/check-policy';
import { POLICY_RULES } from '#lib/policy/pack';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { CLOUD_FIXTURES } from './cloud-fixtures';
import { OBJECT_FIXTURES } from './object-fixtures';

const FIXTURES = { ...CLOUD_FIXTURES, ...OBJECT_FIXTURES };

const breaches = (id: string, resources: readonly ReadResource[]) =>
  checkPolicy(resources)
    .findings.filter(({ rule }) => rule.id === id)
    .map(({ what }) => what);

describe('the policy pack', () => {
  it('has at least forty rules, each with an id of its own and a word on why', () => {
    expect(POLICY_RULES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(POLICY_RULES.map(({ id }) => id)).size).toBe(POLICY_RULES.length);
    for (const { id, rationale, fix, owaspLlm, aisvs } of POLICY_RULES) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(Math.min(rationale.length, fix.length)).toBeGreaterThan(10);
      expect(owaspLlm.filter((entry) => !/^LLM(?:0[1-9]|10)$/.test(entry))).toEqual([]);
      expect(aisvs.filter((requirement) => !/^\d{1,2}\.\d\.\d$/.test(requirement))).toEqual([]);
      expect(Math.min(owaspLlm.length, aisvs.length)).toBeGreaterThan(0);
    }
  });

  it('has what breaks and what keeps each of them', () => {
    expect(Object.keys(FIXTURES).toSorted()).toEqual(POLICY_RULES.map(({ id }) => id).toSorted());
  });
});

describe.each(Object.entries(FIXTURES))('%s', (id, { broken, kept }) => {
  it.each(broken.map((resources, index) => [index, resources] as const))(
    'is broken by case %i',
    (_, resources) => {
      expect(breaches(id, resources).length).toBeGreaterThan(0);
    },
  );

  it.each(kept.map((resources, index) => [index, resources] as const))(
    'is kept by case %i',
    (_, resources) => {
      expect(breaches(id, resources)).toEqual([]);
    },
  );
});

describe('a rule that an environment accepts', () => {
  const [resources = []] = FIXTURES['no-remote-code']?.broken ?? [];
  const reason = 'the model is our own, and so is its repository';

  it('is broken all the same, with its reason, and fails nothing', () => {
    const others = checkPolicy(resources).findings.filter(({ rule }) => rule.id !== 'no-remote-code');
    const accepted = [...new Set(others.map(({ rule }) => rule.id))].map((rule) => ({
      rule,
      reason: 'a fixture',
    }));
    expect(isBroken(checkPolicy(resources, accepted))).toBe(true);
    const report = checkPolicy(resources, [...accepted, { rule: 'no-remote-code', reason }]);
    expect(isBroken(report)).toBe(false);
    expect(report.findings.find(({ rule }) => rule.id === 'no-remote-code')?.accepted).toBe(reason);
  });

  it('is named where nothing breaks it', () => {
    expect(checkPolicy([], [{ rule: 'no-remote-code', reason }]).unused).toEqual([
      { rule: 'no-remote-code', reason },
    ]);
  });
});
