import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { metalSlice } from '#constructs/kubernetes/metal/metal-slice';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { shapedPlan } from '../../../_support/shapes';
import { problemOf } from '../../../_support/thrown';

interface Template {
  readonly spec: {
    readonly containers: readonly [
      {
        readonly args: readonly string[];
        readonly env: readonly { readonly name: string; readonly value?: string }[];
        readonly resources: { readonly limits: Readonly<Record<string, string>> };
      },
    ];
  };
}

function specOf(objects: readonly KubernetesObject[], kind: string, name: string): unknown {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind}/${name}`);
  return found['spec'];
}

describe('a replica over hosts of a rack', () => {
  const plan = shapedPlan('wide', 'colo-rack');
  const objects = modelServer(servingSlice(plan));
  const set = specOf(objects, 'LeaderWorkerSet', 'model-server') as {
    leaderWorkerTemplate: { size: number; leaderTemplate: Template; workerTemplate: Template };
  };
  const { size, leaderTemplate, workerTemplate } = set.leaderWorkerTemplate;

  it('is a group of one pod to a host, each with all GPUs of it', () => {
    expect([plan.sizing?.gpusPerReplica, plan.sizing?.nodesPerReplica, size]).toEqual([8, 1, 2]);
    for (const { spec } of [leaderTemplate, workerTemplate]) {
      expect(spec.containers[0].resources.limits['nvidia.com/gpu']).toBe('4');
    }
    expect(leaderTemplate.spec.containers[0].args.join(' ')).toContain(
      `--all2all-backend allgather_reducescatter`,
    );
  });

  it('claims a channel of the domain that its fleet has', () => {
    expect(specOf(objects, 'ComputeDomain', 'model-server')).toEqual({
      numNodes: 0,
      channel: { resourceClaimTemplate: { name: 'model-server-host-links' }, allocationMode: 'Single' },
    });
    for (const { spec } of [leaderTemplate, workerTemplate]) {
      expect(spec).toMatchObject({
        resourceClaims: [{ name: 'host-links', resourceClaimTemplateName: 'model-server-host-links' }],
        containers: [{ resources: { claims: [{ name: 'host-links' }] } }],
      });
      const set = spec.containers[0].env.map(({ name, value }) => `${name}=${value ?? ''}`);
      expect(set).toEqual(expect.arrayContaining(['NCCL_MNNVL_ENABLE=1', 'NCCL_CUMEM_ENABLE=1']));
    }
    expect(servingOperators(servingSlice(plan)).map(({ release }) => release)).toEqual([
      'lws',
      'dra-driver-nvidia-gpu',
    ]);
  });

  it('stands where the links reach, and its fleet evenly over racks', () => {
    expect(workerTemplate.spec).toMatchObject({
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              topologyKey: 'nvidia.com/gpu.clique',
              matchLabelKeys: ['leaderworkerset.sigs.k8s.io/group-key'],
            },
          ],
        },
      },
      topologySpreadConstraints: [
        { topologyKey: 'kubernetes.io/hostname' },
        {
          topologyKey: 'nvidia.com/gpu.clique',
          labelSelector: { matchLabels: { 'leaderworkerset.sigs.k8s.io/worker-index': '0' } },
        },
      ],
    });
  });

  it('takes each host of the rack as a server of its own, by its own image', () => {
    const group = metalSlice(plan).groups.find(({ id }) => id === 'gpu');
    expect(group).toMatchObject({ hosts: 18, architecture: 'arm64' });
  });

  it('says what the hosts need beside the templates', () => {
    expect(plan.notes).toContainEqual(expect.stringMatching(/^a replica stands on 2 of the 18 hosts/));
  });

  it('is one pod without a claim where it fits a host', () => {
    const narrow = modelServer(servingSlice(shapedPlan('chat', 'colo-rack')));
    expect(narrow.map(({ kind }) => kind)).toContain('Deployment');
    expect(JSON.stringify(narrow)).not.toMatch(/ComputeDomain|resourceClaims|NCCL_MNNVL/);
  });

  it('is not offered with an engine that stays on one host', () => {
    const problem = problemOf(() => shapedPlan('wide', 'colo-rack-triton'));
    expect(problem.got).toMatch(/on each of 4 × gb200 .* a replica stays on one host/);
  });
});
