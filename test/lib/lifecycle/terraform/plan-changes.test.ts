import { describe, expect, it } from 'vitest';
import { declaredChanges } from '#lib/lifecycle/terraform/declared-changes';
import { planChanges } from '#lib/lifecycle/terraform/plan-changes';

const entry = (address: string, actions: string[], change: object = {}, more: object = {}) => ({
  address,
  mode: 'managed',
  type: address.split('.')[0],
  change: { actions, before: null, after: null, ...change },
  ...more,
});

describe('changes of a Terraform plan', () => {
  it('are its actions, without what is only read or stays', () => {
    const plan = {
      resource_changes: [
        entry('t.new', ['create']),
        entry('t.same', ['no-op']),
        entry('t.gone', ['delete']),
        entry('t.twice', ['create', 'delete']),
        entry('t.left', ['forget']),
        { ...entry('t.read', ['read']), mode: 'data' },
      ],
    };
    expect(planChanges(plan).map(({ address, action }) => [address, action])).toEqual([
      ['t.gone', 'delete'],
      ['t.left', 'release'],
      ['t.new', 'create'],
      ['t.twice', 'replace'],
    ]);
  });

  it('tell places, and what only an apply will know as one', () => {
    const change = {
      before: { input: 'a', output: 'a', keep: 1 },
      after: { input: 'b', keep: 1 },
      after_unknown: { output: true },
    };
    const [found] = planChanges({ resource_changes: [entry('terraform_data.x', ['update'], change)] });
    expect(found?.paths.map(({ path }) => path)).toEqual(['input', 'output']);
  });

  it('tell of what is sensitive the place alone, by either side’s mark', () => {
    const change = {
      before: { env: { TOKEN: 'CANARY-1', OTHER: 'a' }, list: ['CANARY-1'] },
      after: { env: { TOKEN: 'CANARY-2', OTHER: 'b' }, list: ['CANARY-2'] },
      before_sensitive: { env: { TOKEN: true } },
      after_sensitive: { list: true },
    };
    const [found] = planChanges({ resource_changes: [entry('t.x', ['update'], change)] });
    // What holds something sensitive is not looked into: its other keys are not told either.
    expect(found?.paths).toEqual([
      { path: 'env', was: null },
      { path: 'list', was: null },
    ]);
  });

  it('know an object that failed to be made, and what a replacement left', () => {
    const plan = {
      resource_changes: [
        entry('t.half', ['delete', 'create'], {}, { action_reason: 'replace_because_tainted' }),
        entry('t.old', ['delete'], {}, { deposed: '0badcafe' }),
      ],
    };
    expect(planChanges(plan)).toMatchObject([
      { address: 't.half', isHalfMade: true },
      { address: 't.old (deposed 0badcafe)', action: 'delete' },
    ]);
  });

  it('of a stack that cannot be asked yet are all that it declares, in the same words', () => {
    const manifest = { apiVersion: 'apps/v1', kind: 'Deployment' };
    const configuration = {
      resource: { kubernetes_manifest: { a: { manifest } }, t: { b: {} } },
      output: { o: {} },
    };
    const plan = {
      resource_changes: [
        entry('kubernetes_manifest.a', ['create'], { after: { manifest } }),
        entry('t.b', ['create']),
      ],
      output_changes: { o: { actions: ['create'] } },
    };
    expect(declaredChanges(configuration)).toEqual(planChanges(plan));
  });
});
