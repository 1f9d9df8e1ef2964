import { Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { modelServer } from '#constructs/kubernetes/model-server';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { TerraformCluster } from '#constructs/terraform/terraform-cluster';
import { engines } from '#lib/engines/index';
import { ClusterStack } from '#stacks/terraform/cluster-stack';
import { servingSliceOf } from '../../_support/serving-plan';

function synthesized(objects: readonly KubernetesObject[]): string {
  const stack = new ClusterStack(Testing.app(), 'test');
  const cluster = new TerraformCluster(stack, 'Serving');
  for (const object of objects) cluster.apply(object);
  return Testing.synth(stack);
}

/** Every text, number and truth value in a tree, as text. */
function leaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap((item: unknown) => leaves(item));
}

describe('TerraformCluster', () => {
  it.each(engines.ids)('loses no value of the %s model server', (engine) => {
    const objects = modelServer(servingSliceOf(engine));
    const written = new Set(leaves(JSON.parse(synthesized(objects))));
    const given = objects.flatMap(({ apiVersion: _api, kind: _kind, ...body }) => leaves(body));
    // A file mode is octal text in Terraform.
    expect(given.filter((leaf) => !written.has(leaf) && leaf !== '292')).toEqual([]);
  });

  it('keeps an empty selector, which selects every pod', () => {
    const json = synthesized(modelServer(servingSliceOf()));
    expect(
      JSON.parse(json).resource.kubernetes_network_policy_v1['Serving_default-deny_NetworkPolicy_test']
        ?.spec ?? json,
    ).toBeDefined();
    expect(json).toMatch(/"pod_selector": (\[\s*)?\{\s*\}/);
  });

  it('makes Terraform take template expressions literally', () => {
    const json = synthesized([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { k: '${file("/etc/passwd")} %{ if true }' },
      },
    ]);
    expect(json).toContain('$${file(');
    expect(json).toContain('%%{ if');
  });

  it('writes an object with a field that the typed resource lacks as a manifest', () => {
    const json = synthesized([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' }, spec: { finalizers: ['x'] } },
    ]);
    expect(json).toContain('"kubernetes_manifest"');
  });
});
