import { describe, expect, it } from 'vitest';
import { storeObjects } from '#constructs/kubernetes/stores/store';
import { storeSizing, storeSliceOf } from '../../../_support/store-plan';

function ofKind(kind: string, count = 3, knobs = {}) {
  const slice = storeSliceOf('qdrant', { copies: count, sizing: storeSizing(count), knobs });
  return storeObjects(slice).filter((object) => object.kind === kind);
}

describe('qdrant', () => {
  it('founds a cluster by the first pod, which the others join', () => {
    const text = JSON.stringify(ofKind('StatefulSet'));
    expect(text).toContain('--uri http://qdrant-0.qdrant-headless:6335');
    expect(text).toContain('--bootstrap http://qdrant-0.qdrant-headless:6335');
    expect(text).toContain('{"name":"QDRANT__CLUSTER__ENABLED","value":"true"}');
  });

  it('runs one pod alone', () => {
    const text = JSON.stringify(ofKind('StatefulSet', 1));
    expect(text).not.toContain('--bootstrap');
    expect(text).toContain('{"name":"QDRANT__CLUSTER__ENABLED","value":"false"}');
  });

  it('takes pods, memory and disk from the plan', () => {
    expect(ofKind('StatefulSet')).toMatchObject([
      {
        spec: {
          replicas: 3,
          serviceName: 'qdrant-headless',
          template: {
            spec: {
              containers: [
                {
                  image: 'qdrant/qdrant:v1.19.0-unprivileged',
                  resources: { requests: { cpu: '3', memory: '27Gi' }, limits: { memory: '27Gi' } },
                  startupProbe: { httpGet: { path: '/healthz' }, failureThreshold: 180 },
                  readinessProbe: { httpGet: { path: '/readyz' } },
                  livenessProbe: { httpGet: { path: '/livez' } },
                },
              ],
            },
          },
          volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '30Gi' } } } }],
        },
      },
    ]);
  });

  it('makes the planned copies and graph the default of new collections', () => {
    const text = JSON.stringify(ofKind('StatefulSet', 3, { m: 24, efConstruction: 200 }));
    expect(text).toContain('{"name":"QDRANT__STORAGE__COLLECTION__REPLICATION_FACTOR","value":"3"}');
    expect(text).toContain('{"name":"QDRANT__STORAGE__HNSW_INDEX__M","value":"24"}');
    expect(text).toContain('{"name":"QDRANT__STORAGE__HNSW_INDEX__EF_CONSTRUCT","value":"200"}');
  });

  it('takes the key from a Secret that may be absent', () => {
    expect(JSON.stringify(ofKind('StatefulSet'))).toContain(
      '{"secretKeyRef":{"name":"vector-store","key":"api-key"}}',
    );
  });

  it('finds pods by name before they are ready', () => {
    expect(ofKind('Service')[0]).toMatchObject({
      metadata: { name: 'qdrant-headless' },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true },
    });
  });
});
