import { describe, expect, it } from 'vitest';
import { storeObjects } from '#constructs/kubernetes/stores/store';
import { storeSizing, storeSliceOf } from '../../../_support/store-plan';

function ofKind(kind: string, count = 3) {
  const slice = storeSliceOf('cloudnative-pg', { copies: count, sizing: storeSizing(count) });
  return storeObjects(slice).find((object) => object.kind === kind);
}

describe('cloudnative-pg', () => {
  it('runs an instance per copy, each on a node of its own', () => {
    expect(ofKind('Cluster')).toMatchObject({
      apiVersion: 'postgresql.cnpg.io/v1',
      spec: {
        instances: 3,
        storage: { size: '30Gi' },
        resources: { requests: { cpu: '3', memory: '27Gi' }, limits: { memory: '27Gi' } },
        affinity: { podAntiAffinityType: 'required' },
        enablePDB: true,
      },
    });
  });

  it('takes an image that has pgvector in it', () => {
    expect(ofKind('Cluster')).toMatchObject({
      spec: { imageName: expect.stringMatching(/:\d+\.\d+-standard-/) },
    });
  });

  it('creates the extension in the database of the clients', () => {
    expect(ofKind('Database')).toMatchObject({
      spec: {
        cluster: { name: 'cloudnative-pg' },
        name: 'vectors',
        extensions: [{ name: 'vector', ensure: 'present' }],
      },
    });
  });

  it('sizes the caches from the memory of the pod', () => {
    expect(ofKind('Cluster')).toMatchObject({
      spec: {
        postgresql: {
          parameters: {
            shared_buffers: '6912MB',
            effective_cache_size: '20736MB',
            maintenance_work_mem: '4147MB',
          },
        },
      },
    });
  });

  it('waits for a standby only where there is one', () => {
    expect(ofKind('Cluster')).toMatchObject({ spec: { postgresql: { synchronous: { number: 1 } } } });
    expect(ofKind('Cluster', 1)?.spec).not.toHaveProperty('postgresql.synchronous');
    expect(ofKind('Cluster', 1)).toMatchObject({ spec: { enablePDB: false } });
  });

  it('lets the operator in and the instances out to the API server', () => {
    const policies = storeObjects(storeSliceOf('cloudnative-pg')).filter(
      ({ kind }) => kind === 'NetworkPolicy',
    );
    const text = JSON.stringify(policies);
    expect(text).toContain('"kubernetes.io/metadata.name":"cnpg-system"');
    expect(text).toContain('"port":8000');
    expect(text).toContain('"port":6443');
  });
});
