import { describe, expect, it } from 'vitest';
import { storeObjects } from '#constructs/kubernetes/stores/store';
import { storeSizing, storeSliceOf } from '../../../_support/store-plan';

function statefulSet(count: number) {
  const slice = storeSliceOf('weaviate', { copies: Math.min(count, 3), sizing: storeSizing(count) });
  return JSON.stringify(storeObjects(slice).find(({ kind }) => kind === 'StatefulSet'));
}

describe('weaviate', () => {
  it.each([
    { pods: 1, voters: 'weaviate-0', expected: 1 },
    { pods: 2, voters: 'weaviate-0', expected: 1 },
    { pods: 3, voters: 'weaviate-0,weaviate-1,weaviate-2', expected: 3 },
    { pods: 12, voters: 'weaviate-0,weaviate-1,weaviate-2,weaviate-3,weaviate-4', expected: 5 },
  ])('has $expected voters among $pods pods', ({ pods, voters, expected }) => {
    const text = statefulSet(pods);
    expect(text).toContain(`{"name":"RAFT_JOIN","value":"${voters}"}`);
    expect(text).toContain(`{"name":"RAFT_BOOTSTRAP_EXPECT","value":"${expected}"}`);
  });

  it('joins through the headless service of its namespace', () => {
    expect(statefulSet(3)).toContain(
      '{"name":"CLUSTER_JOIN","value":"weaviate-headless.inference-store.svc"}',
    );
  });

  it('lets nobody in without a key', () => {
    const text = statefulSet(3);
    expect(text).toContain('{"name":"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED","value":"false"}');
    expect(text).toContain('{"secretKeyRef":{"name":"vector-store","key":"api-key"}}');
  });

  it('keeps the heap of Go below the limit of the pod', () => {
    expect(statefulSet(3)).toContain('{"name":"GOMEMLIMIT","value":"24883MiB"}');
  });

  it('is probed where it says that it is alive and ready', () => {
    const text = statefulSet(3);
    expect(text).toContain('"readinessProbe":{"httpGet":{"path":"/v1/.well-known/ready"');
    expect(text).toContain('"livenessProbe":{"httpGet":{"path":"/v1/.well-known/live"');
  });
});
