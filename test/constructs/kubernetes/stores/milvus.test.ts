import { describe, expect, it } from 'vitest';
import { storeObjects, storeOperator } from '#constructs/kubernetes/stores/store';
import { storeSizing, storeSliceOf } from '../../../_support/store-plan';

function milvus(count: number) {
  const slice = storeSliceOf('milvus', { copies: count, sizing: storeSizing(count) });
  return storeObjects(slice).find(({ kind }) => kind === 'Milvus');
}

describe('milvus', () => {
  it('runs in one process where one node holds the index', () => {
    expect(milvus(1)).toMatchObject({
      apiVersion: 'milvus.io/v1beta1',
      spec: {
        mode: 'standalone',
        components: {
          standalone: {
            resources: { requests: { 'ephemeral-storage': '30Gi' }, limits: { memory: '27Gi' } },
            volumes: [{ name: 'data', emptyDir: { sizeLimit: '30Gi' } }],
          },
        },
        dependencies: { etcd: { inCluster: { values: { replicaCount: 1 } } } },
      },
    });
  });

  it('runs a query node per node otherwise', () => {
    expect(milvus(3)).toMatchObject({
      spec: {
        mode: 'cluster',
        components: { queryNode: { replicas: 3, resources: { requests: { cpu: '3', memory: '27Gi' } } } },
        dependencies: { msgStreamType: 'woodpecker', etcd: { inCluster: { values: { replicaCount: 3 } } } },
      },
    });
  });

  it('keeps on the disk of a node what the plan gives it there, and little for what holds no index', () => {
    expect(milvus(3)).toMatchObject({
      spec: {
        components: {
          resources: { requests: { 'ephemeral-storage': '8Gi' } },
          volumes: [{ name: 'data', emptyDir: { sizeLimit: '8Gi' } }],
          queryNode: {
            resources: { requests: { 'ephemeral-storage': '30Gi' } },
            volumes: [{ name: 'data', emptyDir: { sizeLimit: '30Gi' } }],
          },
        },
      },
    });
  });

  it('gives the drives of a distributed MinIO room for parity', () => {
    expect(milvus(3)).toMatchObject({
      spec: {
        dependencies: {
          storage: {
            inCluster: { values: { mode: 'distributed', replicas: 4, persistence: { size: '15Gi' } } },
          },
        },
      },
    });
  });

  it('never lets MinIO start with its well-known credentials', () => {
    expect(milvus(1)).toMatchObject({
      spec: {
        dependencies: { storage: { inCluster: { values: { existingSecret: 'milvus-minio' } } } },
      },
    });
  });

  it('runs no component as root', () => {
    expect(milvus(3)).toMatchObject({
      spec: {
        components: { runAsNonRoot: true, securityContext: { capabilities: { drop: ['ALL'] } } },
      },
    });
  });

  it('pins its operator', () => {
    expect(storeOperator('milvus')).toMatchObject({ chart: 'milvus-operator', version: '1.3.8' });
  });
});
