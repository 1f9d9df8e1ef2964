import { describe, expect, it } from 'vitest';
import { STORE_KINDS, applyStore, storeObjects, storeOperator } from '#constructs/kubernetes/stores/store';
import { storeSlice } from '#constructs/kubernetes/stores/store-slice';
import { YamlCluster } from '#constructs/kubernetes/yaml';
import { vectorStores } from '#lib/vector-stores/index';
import { awsPlan, retrieval } from '../../../_support/aws-plan';
import { storePlan, storeSliceOf, storeSizing } from '../../../_support/store-plan';
import { restrictedViolations } from './pod-security';

const STORES = Object.keys(STORE_KINDS);

describe('storeSlice', () => {
  it('is null without retrieval', () => {
    expect(storeSlice(awsPlan())).toBeNull();
  });

  it('is null where AWS runs the store', () => {
    expect(storeSlice(awsPlan({ retrieval: retrieval('opensearch-domain') }))).toBeNull();
  });

  it("puts the store into a namespace beside the model server's", () => {
    expect(storeSliceOf('qdrant').namespace).toBe('inference-store');
  });
});

describe('storeObjects', () => {
  it('knows every store of the registry that runs in a cluster, and no other', () => {
    const inCluster = vectorStores.entries
      .filter(({ runsOn }) => runsOn === 'kubernetes')
      .map(({ id }) => id);
    expect(STORES.toSorted()).toEqual(inCluster.toSorted());
  });

  it.each(STORES)('begins with the guarded namespace of %s', (store) => {
    const [namespace, policy] = storeObjects(storeSliceOf(store));
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { name: 'inference-store' } });
    expect(policy).toMatchObject({
      kind: 'NetworkPolicy',
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  });

  it.each(STORES)('lets nobody but gateways, monitoring, %s itself and its operator in', (store) => {
    const objects = storeObjects(storeSliceOf(store));
    const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === store);
    const text = JSON.stringify(policy?.spec);
    expect(text).toContain('"landfall/role":"gateway"');
    expect(text).not.toContain('"from":[{}]');
    expect(text).not.toContain('"from":[]');
  });

  it.each(STORES)('gives every other object of %s its namespace and labels', (store) => {
    const [, ...rest] = storeObjects(storeSliceOf(store));
    for (const { metadata } of rest) {
      expect(metadata).toMatchObject({
        namespace: 'inference-store',
        labels: { 'app.kubernetes.io/component': 'vector-store', 'app.kubernetes.io/part-of': 'support' },
      });
    }
  });

  it.each(STORES)('tells the clients of %s what it was sized for', (store) => {
    const settings = storeObjects(storeSliceOf(store, { knobs: { m: 32 } })).find(
      ({ kind }) => kind === 'ConfigMap',
    );
    expect(settings).toMatchObject({
      metadata: { name: 'vector-index' },
      data: { dimensions: '1024', copies: '3', m: '32', efConstruction: '128', distance: 'cosine' },
    });
  });

  it.each(STORES)('has a pod of %s claim the room of a node of 4 vCPUs and 32 GiB, and no more', (store) => {
    for (const count of [1, 3]) {
      const text = JSON.stringify(storeObjects(storeSliceOf(store, { sizing: storeSizing(count) })));
      expect(text).toMatch(/"requests":\{"cpu":"3","memory":"27Gi"[^}]*\},"limits":\{"memory":"27Gi"\}/);
      expect(text).not.toContain('32Gi');
    }
  });

  it.each(STORES)('never writes a Secret for %s', (store) => {
    expect(storeObjects(storeSliceOf(store)).map(({ kind }) => kind)).not.toContain('Secret');
  });

  it.each(STORES)('refuses a knob that %s does not have', (store) => {
    expect(() => storeObjects(storeSliceOf(store, { knobs: { colour: 'red' } }))).toThrow(/colour/);
  });

  it.each(STORES.filter((store) => storeOperator(store) === null))(
    'keeps the pods of %s within Pod Security restricted',
    (store) => {
      const objects = storeObjects(storeSliceOf(store));
      const sets = objects.filter(({ kind }) => kind === 'StatefulSet');
      expect(sets).toHaveLength(1);
      expect(sets.flatMap((set) => restrictedViolations(set))).toEqual([]);
      expect(objects[0]?.metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'restricted',
      });
    },
  );

  it.each(STORES.filter((store) => storeOperator(store) === null))(
    'guards %s against drains only where a pod can be spared',
    (store) => {
      const kinds = (count: number) =>
        storeObjects(storeSliceOf(store, { copies: count, sizing: storeSizing(count) })).map(
          ({ kind }) => kind,
        );
      expect(kinds(1)).not.toContain('PodDisruptionBudget');
      expect(kinds(3)).toContain('PodDisruptionBudget');
    },
  );
});

describe('restrictedViolations', () => {
  it('names every rule that a careless pod breaks', () => {
    const careless = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'careless' },
      spec: {
        template: {
          spec: {
            hostNetwork: true,
            securityContext: { runAsUser: 0 },
            containers: [
              { name: 'a', securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } } },
            ],
            volumes: [{ name: 'host', hostPath: { path: '/' } }],
          },
        },
      },
    };
    expect(restrictedViolations(careless)).toEqual([
      'hostNetwork',
      'volume hostPath',
      'a: runAsNonRoot',
      'a: runAsUser',
      'a: allowPrivilegeEscalation',
      'a: privileged',
      'a: readOnlyRootFilesystem',
      'a: drop ALL',
      'a: add',
      'a: seccompProfile',
    ]);
  });
});

describe('applyStore', () => {
  it('installs the operator of a store that has one', () => {
    const cluster = new YamlCluster();
    applyStore(cluster, storePlan('cloudnative-pg'));
    expect(cluster.charts.map(({ chart, version }) => `${chart} ${version}`)).toEqual([
      'cloudnative-pg 0.29.0',
    ]);
    expect(cluster.render()).toContain('kind: Cluster');
  });

  it('installs nothing for a store that needs no operator', () => {
    const cluster = new YamlCluster();
    applyStore(cluster, storePlan('qdrant'));
    expect(cluster.charts).toEqual([]);
    expect(cluster.render()).toContain('kind: StatefulSet');
  });

  it('does nothing where the plan has no store in its cluster', () => {
    const cluster = new YamlCluster();
    applyStore(cluster, awsPlan());
    expect(cluster.render()).toBe('');
  });
});
