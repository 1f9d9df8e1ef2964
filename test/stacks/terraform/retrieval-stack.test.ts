import { Testing, type TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { STORE_KINDS, storeObjects } from '#constructs/kubernetes/stores/store';
import { storeSlice } from '#constructs/kubernetes/stores/store-slice';
import { ClusterStack } from '#stacks/terraform/cluster-stack';
import { retrievalStack } from '#stacks/terraform/retrieval-stack';
import { awsPlan } from '../../_support/aws-plan';
import { storePlan } from '../../_support/store-plan';

const STORES = Object.keys(STORE_KINDS);

function stackOf(store: string): TerraformStack {
  return retrievalStack(Testing.app(), storePlan(store));
}

/** Every text, number and truth value in a tree, as text. */
function leaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap((item: unknown) => leaves(item));
}

describe('retrievalStack', () => {
  it.each(STORES)('loses no value of %s', (store) => {
    const slice = storeSlice(storePlan(store));
    const objects = slice === null ? [] : storeObjects(slice);
    const written = new Set(leaves(JSON.parse(Testing.synth(stackOf(store)))));
    const given = objects.flatMap(({ apiVersion: _api, kind: _kind, ...body }) => leaves(body));
    const literal = given.map((leaf) => leaf.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign));
    expect(given.length).toBeGreaterThan(20);
    expect(literal.filter((leaf) => !written.has(leaf))).toEqual([]);
  });

  it.each(STORES)('builds %s under the address that the bill names', (store) => {
    const stack = stackOf(store);
    expect(stack.node.id).toBe('support-leased-retrieval');
    expect(stack.node.findChild('Retrieval').node.findChild('Store').node.children.length).toBeGreaterThan(0);
  });

  it('comes after its operator, which has a stack of its own', () => {
    const stack = stackOf('milvus');
    expect(stack.dependencies.map(({ node }) => node.id)).toEqual(['support-leased-operators']);
    const [operators] = stack.dependencies;
    const json = operators === undefined ? '' : Testing.synth(operators);
    expect(json).toContain('"version": "1.3.8"');
    expect(json).toContain('https://zilliztech.github.io/milvus-operator/');
  });

  it('has no stack of operators where the store needs none', () => {
    expect(stackOf('qdrant').dependencies).toEqual([]);
  });

  it('comes after the stacks that make the cluster, and so does its operator', () => {
    const app = Testing.app();
    const hardware = new ClusterStack(app, 'hardware');
    const stack = retrievalStack(app, storePlan('cloudnative-pg'), [hardware]);
    const operators = stack.dependencies.find(({ node }) => node.id.endsWith('-operators'));
    expect(stack.dependencies).toContain(hardware);
    expect(operators?.dependencies).toContain(hardware);
  });

  it("writes the start script's variables literally", () => {
    const json = Testing.synth(stackOf('qdrant'));
    expect(json).toContain('$${HOSTNAME##*-}');
    expect(json).not.toMatch(/[^$]\$\{HOSTNAME/);
  });

  it('takes a template expression in a name literally', () => {
    const cluster = {
      kubernetesVersion: '1.35',
      name: 'c',
      namespace: '${file("/etc/passwd")}%{ if true }',
    };
    const json = Testing.synth(retrievalStack(Testing.app(), { ...storePlan('qdrant'), cluster }));
    expect(json).toContain('$${file(');
    expect(json).not.toMatch(/[^$]\$\{file/);
    expect(json).not.toMatch(/[^%]%\{ if/);
  });

  it('fails loudly where the plan has no store in its cluster', () => {
    expect(() => retrievalStack(Testing.app(), awsPlan())).toThrow(/no vector store/);
  });
});
