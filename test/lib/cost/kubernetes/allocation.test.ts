import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { loadCatalog } from '#lib/catalog/load';
import { allocateNodes, allocationNotes } from '#lib/cost/kubernetes/allocation';
import { billOf, resourceOf } from '../../../_support/artifact-bills';

const { nodeSizes } = loadCatalog();

function allocated(resources: readonly ReadResource[]) {
  const allocation = allocateNodes(resources, billOf(resources).lines, { nodeSizes });
  if (allocation === null) throw new Error('no pods');
  return allocation;
}

const objects = (...documents: readonly object[]) =>
  documents.flatMap((document) => readManifestText('objects.json', JSON.stringify(document)) ?? []);

const group = (type: string, count: number, more: object = {}) =>
  resourceOf(
    'AWS::EKS::Nodegroup',
    { InstanceTypes: [type], ScalingConfig: { DesiredSize: count }, ...more },
    `nodes-${type}`,
  );

const TAINTED = { Taints: [{ Key: 'nvidia.com/gpu', Value: 'present', Effect: 'NO_SCHEDULE' }] };
const TOLERANT = { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] };

interface PodFacts {
  readonly gpus?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly more?: object;
}

function workload(kind: string, name: string, spec: object, { gpus, cpu, memory, more }: PodFacts) {
  const requests = { cpu: cpu ?? '1', memory: memory ?? '1Gi' };
  const limits = gpus === undefined ? {} : { 'nvidia.com/gpu': String(gpus) };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'genai' },
    spec: { ...spec, template: { spec: { containers: [{ resources: { requests, limits } }], ...more } } },
  };
}

// g6e.12xlarge: 4 GPUs, 48 vCPUs, 384 GiB; m6i.xlarge: 4 vCPUs, 16 GiB.
describe('pods share the nodes of their app', () => {
  it('by the largest of their shares of a node, accelerators before what the other pods take', () => {
    const { pools, workloads } = allocated([
      group('g6e.12xlarge', 1, TAINTED),
      group('m6i.xlarge', 2),
      ...objects(
        workload('Deployment', 'web', { replicas: 2 }, { cpu: '1', memory: '8Gi' }),
        workload('Deployment', 'model', { replicas: 1 }, { gpus: 2, cpu: '8', more: TOLERANT }),
      ),
    ]);
    const [gpuPool, cpuPool] = pools;
    expect(workloads).toMatchObject([
      { name: 'web', pool: cpuPool?.key, nodes: 1, by: 'memory', why: '' },
      { name: 'model', pool: gpuPool?.key, nodes: 0.5, by: 'accelerators' },
    ]);
    expect(workloads[1]?.monthlyUsd).toBeCloseTo((gpuPool?.monthlyUsd ?? 0) / 2, 1);
    expect(cpuPool?.idleUsd).toBeCloseTo((cpuPool?.monthlyUsd ?? 0) / 2, 1);
  });

  it('never have more than is billed: pods that take more nodes share those there are', () => {
    const resources = [
      group('m6i.xlarge', 2),
      ...objects(
        workload('Deployment', 'a', { replicas: 3 }, { cpu: '4' }),
        workload('Deployment', 'b', { replicas: 1 }, { cpu: '4' }),
      ),
    ];
    const allocation = allocated(resources);
    const [pool] = allocation.pools;
    expect(pool).toMatchObject({ nodes: 2, takenNodes: 4, idleUsd: 0 });
    expect(allocation.workloads[0]?.monthlyUsd).toBeCloseTo(((pool?.monthlyUsd ?? 0) * 3) / 4, 1);
    expect(allocationNotes(allocation)).toEqual([expect.stringContaining('pods request 4 nodes and 2 are')]);
  });

  it('a DaemonSet stands on every node that it tolerates, and nowhere else', () => {
    const { workloads } = allocated([
      group('g6e.12xlarge', 3, TAINTED),
      group('m6i.xlarge', 2),
      ...objects(
        workload('DaemonSet', 'logs', {}, { cpu: '400m' }),
        workload('DaemonSet', 'gpu-metrics', {}, { cpu: '480m', more: TOLERANT }),
      ),
    ]);
    expect(workloads.map(({ name, pods, nodes }) => [name, pods.base, nodes])).toEqual([
      ['logs', 2, 0.2],
      ['gpu-metrics', 3, 0.03],
      ['gpu-metrics', 2, 0.24],
    ]);
  });

  it('go where selectors and affinities send them, by labels that nodes declare', () => {
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'team', operator: 'In', values: ['search', 'ads'] }] },
          ],
        },
      },
    };
    const { pools, workloads } = allocated([
      group('m6i.xlarge', 1, { Labels: { team: 'core' } }),
      group('m7i.xlarge', 1, { Labels: { team: 'search' } }),
      ...objects(
        workload('Deployment', 'selected', {}, { more: { nodeSelector: { team: 'search', unknown: 'x' } } }),
        workload('Deployment', 'attracted', {}, { more: { affinity } }),
        workload('Deployment', 'lost', {}, { more: { nodeSelector: { team: 'nobody' } } }),
      ),
    ]);
    const search = pools[1]?.key;
    expect(workloads.map(({ name, pool }) => [name, pool])).toEqual([
      ['selected', search],
      ['attracted', search],
      ['lost', null],
    ]);
    expect(workloads[2]?.why).toBe('no node of these artifacts takes its pods');
  });

  it.each([
    [4, 9, 9],
    [1, 9, 4],
    [1, 3, 3],
  ])('count by their autoscaler: on %i nodes of 4 pods, at most %i, they are %i', (nodes, most, base) => {
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'genai' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: most },
    };
    const { workloads } = allocated([
      group('m6i.xlarge', nodes),
      ...objects(workload('Deployment', 'web', {}, {}), scaler),
    ]);
    expect(workloads[0]?.pods).toEqual({ low: 2, base, high: most });
  });

  it('that run for a time take nothing of the month', () => {
    const [job] = allocated([
      group('m6i.xlarge', 1),
      ...objects({ ...workload('Job', 'load', { parallelism: 2 }, {}), apiVersion: 'batch/v1' }),
    ]).workloads;
    expect(job).toMatchObject({ nodes: 0.5, monthlyUsd: null, why: expect.stringContaining('for a time') });
  });

  it('of a group that leads and works are counted apart', () => {
    const pod = (gpus: number) => ({
      spec: { containers: [{ resources: { limits: { 'nvidia.com/gpu': gpus } } }] },
    });
    const { workloads } = allocated([
      group('p5.48xlarge', 4),
      ...objects({
        apiVersion: 'leaderworkerset.x-k8s.io/v1',
        kind: 'LeaderWorkerSet',
        metadata: { name: 'big' },
        spec: {
          replicas: 2,
          leaderWorkerTemplate: { size: 2, leaderTemplate: pod(8), workerTemplate: pod(8) },
        },
      }),
    ]);
    expect(workloads.map(({ pods, nodes }) => [pods.base, nodes])).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it('do not go to nodes with chips of another maker, or too small for one of them', () => {
    const { workloads } = allocated([
      group('inf2.24xlarge', 1),
      group('m6i.xlarge', 1),
      ...objects(
        workload('Deployment', 'cuda', {}, { gpus: 1 }),
        workload('Deployment', 'wide', {}, { memory: '1Ti' }),
      ),
    ]);
    expect(workloads.map(({ pool }) => pool)).toEqual([null, null]);
  });

  it('and what is idle add up to each line of nodes, for any app', () => {
    const pods = fc.record({
      gpus: fc.integer({ min: 0, max: 9 }),
      cpu: fc.integer({ min: 0, max: 60_000 }).map((milli) => `${milli}m`),
      memory: fc.integer({ min: 0, max: 500 }).map((gib) => `${gib}Gi`),
      replicas: fc.integer({ min: 0, max: 20 }),
      kind: fc.constantFrom('Deployment', 'DaemonSet', 'StatefulSet', 'Job'),
    });
    fc.assert(
      fc.property(
        fc.array(pods, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        (list, nodes) => {
          const { pools, workloads } = allocated([
            group('g6e.12xlarge', nodes),
            group('m6i.xlarge', nodes),
            ...objects(...list.map((each, index) => workload(each.kind, `w${index}`, each, each))),
          ]);
          for (const { key, monthlyUsd, allocatedUsd, idleUsd } of pools) {
            const shares = workloads.filter(({ pool }) => pool === key);
            const sum = shares.reduce((total, share) => total + (share.monthlyUsd ?? 0), 0);
            // Each share is rounded to a cent.
            expect(Math.abs(sum - (allocatedUsd ?? Number.NaN))).toBeLessThanOrEqual(
              0.005 * (shares.length + 2),
            );
            expect((allocatedUsd ?? 0) + (idleUsd ?? 0)).toBeCloseTo(monthlyUsd ?? Number.NaN, 1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
