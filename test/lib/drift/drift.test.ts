import { describe, expect, it } from 'vitest';
import { changedOutside, uncheckedOf } from '#lib/drift/cloudformation-drift';
import { driftOf, hasDrifted, merged, type DriftedThing } from '#lib/drift/drift';
import { driftedObjects, foreignObjects } from '#lib/drift/kubernetes-drift';
import { refreshed } from '#lib/drift/terraform-drift';
import { undeployed } from '#lib/drift/undeployed';

const thing = (change: Partial<DriftedThing>): DriftedThing => ({
  difference: 'changed',
  address: 'A',
  type: 'T',
  origin: 'not-deployed',
  paths: [],
  ...change,
});

describe('a drift', () => {
  it('reads what deploying would do as what is wrong', () => {
    const change = { address: 'A', type: 'T', paths: [], keeps: null } as const;
    const actions = ['create', 'update', 'replace', 'may-replace', 'delete', 'release'] as const;
    const found = undeployed(actions.map((action) => ({ ...change, action })));
    expect(found.map(({ difference }) => difference)).toEqual(['missing', 'changed', 'changed', 'changed', 'foreign', 'foreign']); // prettier-ignore
  });

  it('tells a thing once, by what changed outside', () => {
    const both = merged([
      thing({ paths: ['b'] }),
      thing({ address: 'B' }),
      thing({ origin: 'changed-outside', paths: ['a'] }),
    ]);
    expect(both).toEqual([thing({ origin: 'changed-outside', paths: ['a', 'b'] }), thing({ address: 'B' })]);
  });

  it('counts', () => {
    const stack = { stack: 's', provisioner: 'terraform', region: null, isLive: true, unchecked: 2, notes: [] } as const; // prettier-ignore
    const drift = driftOf('e', '2026-11-30T09:00:00Z', [
      { ...stack, things: [thing({}), thing({ difference: 'missing' })] },
    ]);
    expect(drift.counts).toEqual({ missing: 1, foreign: 0, changed: 1, unchecked: 2 });
    expect([hasDrifted(drift), hasDrifted(driftOf('e', '', [{ ...stack, things: [] }]))]).toEqual([
      true,
      false,
    ]);
  });
});

describe('CloudFormation', () => {
  it('compares some resources, and says nothing of others', () => {
    const drifts = [
      { logicalId: 'A', type: 'T', status: 'IN_SYNC', paths: [] },
      { logicalId: 'B', type: 'T', status: 'MODIFIED', paths: ['/Rules/0/Port', '/Rules/0/Port', '/Name'] },
      { logicalId: 'C', type: 'T', status: 'NOT_CHECKED', paths: [] },
    ];
    expect(changedOutside(drifts)).toEqual([
      thing({
        address: 'B',
        origin: 'changed-outside',
        paths: ['Properties.Name', 'Properties.Rules[0].Port'],
      }),
    ]);
    const Resources = { A: { Type: 'T' }, B: { Type: 'T' }, C: { Type: 'T' }, D: { Type: 'Custom::X' }, M: { Type: 'AWS::CDK::Metadata' } }; // prettier-ignore
    expect(uncheckedOf({ Resources }, drifts)).toBe(2);
  });
});

describe('Terraform', () => {
  // The form of `terraform show -json` of a plan that only refreshes: "Format for Plan Representation", resource_drift.
  const entry = (address: string, actions: readonly string[], before: object, after: object | null) => ({
    address,
    mode: 'managed',
    type: 'kubernetes_deployment_v1',
    change: { actions, before, after, after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
  });

  it('tells what changed and what is gone', () => {
    const found = refreshed({
      resource_drift: [
        entry('a.b', ['update'], { spec: [{ replicas: 2 }] }, { spec: [{ replicas: 3 }] }),
        entry('a.c', ['delete'], { spec: [] }, null),
      ],
    });
    expect(
      found.map(({ difference, address, origin, paths }) => [difference, address, origin, paths]),
    ).toEqual([
      ['changed', 'a.b', 'changed-outside', ['spec[0].replicas']],
      ['missing', 'a.c', 'changed-outside', []],
    ]);
  });
});

describe('Kubernetes', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'n' },
    data: { a: '1' },
  };
  const live = {
    ...object,
    metadata: { ...object.metadata, uid: 'u', resourceVersion: '7', managedFields: [{}], generation: 2 },
    status: { ready: true },
  };

  it('leaves out what the server keeps', () => {
    const applied = {
      ...live,
      metadata: { ...live.metadata, resourceVersion: '8', generation: 3 },
      status: {},
    };
    expect(driftedObjects([{ object, live, applied }])).toEqual([]);
  });

  it('tells a changed field by its place, and what is missing', () => {
    const found = driftedObjects([
      { object, live: { ...live, data: { a: 'secret' } }, applied: live },
      { object: { ...object, metadata: { name: 'd' } }, live: null, applied: null },
    ]);
    expect(found.map(({ difference, address, paths }) => [difference, address, paths])).toEqual([
      ['changed', 'ConfigMap n/c', ['data.a']],
      ['missing', 'ConfigMap d', []],
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('tells what is of no manifest', () => {
    const stray = { ...live, metadata: { name: 'stray', namespace: 'n' } };
    expect(foreignObjects([live, stray], [object]).map(({ address }) => address)).toEqual([
      'ConfigMap n/stray',
    ]);
  });
});
