import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingOperators } from '#constructs/kubernetes/model-server/operators';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { problemOf } from '../../../_support/thrown';
import { shapedPlan } from '../../../_support/shapes';

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly valueFrom?: object }[];
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly ports?: readonly object[];
  readonly startupProbe?: object;
}
interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly [Container]; readonly nodeSelector?: object };
}

function objectsOf(scenario: string, option: string): readonly KubernetesObject[] {
  return modelServer(servingSlice(shapedPlan(scenario, option)));
}

function specOf(objects: readonly KubernetesObject[], kind: string, name: string): unknown {
  const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind}/${name}`);
  return found['spec'];
}

describe('a model server on slices', () => {
  const plan = shapedPlan('chat', 'leased-slices');
  const { template } = specOf(modelServer(servingSlice(plan)), 'Deployment', 'model-server') as {
    template: Template;
  };
  const [container] = template.spec.containers;

  it('asks for one slice by the name of its profile, and for no whole GPU', () => {
    expect(container.resources.limits['nvidia.com/mig-1g.20gb']).toBe('1');
    expect(container.resources.requests['nvidia.com/mig-1g.20gb']).toBe('1');
    expect(container.resources.limits['nvidia.com/gpu']).toBeUndefined();
  });

  it('stands on the planned product: with named slices the node keeps its whole name', () => {
    expect(template.spec.nodeSelector).toEqual({ 'nvidia.com/gpu.product': plan.nodePools[0]?.productLabel });
  });
});

describe('attention groups over several nodes', () => {
  const podsOf = (option: string) => {
    const plan = shapedPlan('wide', option);
    const set = specOf(modelServer(servingSlice(plan)), 'LeaderWorkerSet', 'model-server') as {
      replicas: number;
      leaderWorkerTemplate: { size: number; leaderTemplate: Template; workerTemplate: Template };
    };
    const { size, leaderTemplate, workerTemplate } = set.leaderWorkerTemplate;
    return {
      plan,
      size,
      leader: leaderTemplate.spec.containers[0],
      worker: workerTemplate.spec.containers[0],
    };
  };

  it('are one group of pods, whose ranks are counted over all of them', () => {
    const { plan, size, leader, worker } = podsOf('colo-groups');
    expect(plan.sizing?.parallelism).toEqual({ tensor: 16, pipeline: 1, expert: 16, data: 16 });
    expect([
      size,
      leader.resources.limits['nvidia.com/gpu'],
      worker.resources.limits['nvidia.com/gpu'],
    ]).toEqual([2, '8', '8']);
    expect(leader.args.join(' ')).toContain('--data-parallel-size 16 --enable-expert-parallel ');
    expect(leader.args.join(' ')).toContain(`--nnodes 2 --node-rank $(LWS_WORKER_INDEX) `);
    expect(worker.args).toEqual([...leader.args, '--headless']);
    const perRank = Math.ceil((plan.sizing?.concurrency ?? Number.NaN) / 16);
    expect(leader.args.join(' ')).toContain(`--max-num-seqs ${perRank} `);
  });

  it('are started alike by SGLang, whose sequences and steps count over all of them', () => {
    const { plan, size, leader, worker } = podsOf('colo-groups-sglang');
    expect([size, plan.sizing?.parallelism.data]).toEqual([2, 16]);
    const line = leader.args.join(' ');
    expect(line).toContain('--data-parallel-size 16 --enable-dp-attention --expert-parallel-size 16 ');
    expect(line).toContain(
      '--nnodes 2 --node-rank $(LWS_WORKER_INDEX) --dist-init-addr $(LWS_LEADER_ADDRESS):',
    );
    expect(worker.args).toEqual(leader.args);
    const step = Number(/--chunked-prefill-size (\d+)/.exec(line)?.[1]);
    expect(step).toBe(16 * (plan.sizing?.stepTokens ?? Number.NaN));
  });

  it('claim all cards of their node with EFA, and run the image that has its runtime', () => {
    const { plan, leader, worker } = podsOf('eks-groups');
    expect(plan.sizing?.parallelism).toMatchObject({ tensor: 16, data: 16 });
    for (const { image, resources } of [leader, worker]) {
      expect(resources.requests).toMatchObject({ 'vpc.amazonaws.com/efa': '16' });
      expect(resources.limits).toMatchObject({ 'vpc.amazonaws.com/efa': '16', 'nvidia.com/gpu': '8' });
      expect(image).toBe('public.ecr.aws/deep-learning-containers/vllm:server-cuda-v2.2');
    }
    // Its entry point is not `vllm serve`.
    expect([leader.command, worker.command]).toEqual([
      ['vllm', 'serve'],
      ['vllm', 'serve'],
    ]);
    expect(worker.args.at(-1)).toBe('--headless');
  });

  it.each([
    ['colo-rdma', 'rdma/rdma_shared_device_a', '1'],
    ['leased-groups', 'nvidia.com/hca', '8'],
  ])('claim of %s the cards that its site announces', (option, resource, devices) => {
    const { leader, worker } = podsOf(option);
    for (const { resources } of [leader, worker]) {
      expect([resources.requests[resource], resources.limits[resource]]).toEqual([devices, devices]);
    }
    expect(leader.image).toBe('vllm/vllm-openai:v0.26.0');
  });

  it('stay within a node of a leased cluster whose network nobody states', () => {
    expect(shapedPlan('wide', 'leased-unsaid').sizing?.parallelism).toMatchObject({ tensor: 8, data: 1 });
  });

  it('claim nothing where nobody says how a site announces its cards', () => {
    const { leader } = podsOf('colo-groups');
    expect(Object.keys(leader.resources.limits)).toEqual(['memory', 'nvidia.com/gpu']);
    expect(leader.image).toBe('vllm/vllm-openai:v0.26.0');
  });

  it('stay within a node over EFA where no image of the release has its runtime', () => {
    expect(shapedPlan('wide', 'eks-groups-sglang').sizing?.parallelism).toMatchObject({ tensor: 8, data: 1 });
  });
});

describe('a replica over several nodes', () => {
  const plan = shapedPlan('giant', 'leased-nodes');
  const objects = modelServer(servingSlice(plan));
  const set = specOf(objects, 'LeaderWorkerSet', 'model-server') as {
    leaderWorkerTemplate: { size: number; leaderTemplate: Template; workerTemplate: Template };
  };
  const { size, leaderTemplate, workerTemplate } = set.leaderWorkerTemplate;
  const [leader, worker] = [leaderTemplate.spec.containers[0], workerTemplate.spec.containers[0]];

  it('is a group of as many pods as nodes, each with the GPUs of one', () => {
    expect(size).toBe(plan.serving?.nodesPerReplica);
    expect(size).toBeGreaterThan(1);
    for (const { resources } of [leader, worker]) expect(resources.limits['nvidia.com/gpu']).toBe('8');
    expect(objects.some(({ kind }) => kind === 'Deployment')).toBe(false);
  });

  it('starts all ranks alike, and only the leader answers', () => {
    expect(worker.args).toEqual([...leader.args, '--headless']);
    expect(leader.args.join(' ')).toContain(
      `--nnodes ${size} --node-rank $(LWS_WORKER_INDEX) --master-addr $(LWS_LEADER_ADDRESS)`,
    );
    expect(leader.args.join(' ')).toContain(`--pipeline-parallel-size ${size}`);
    expect([worker.ports, worker.startupProbe]).toEqual([undefined, undefined]);
    expect(leader.startupProbe).toBeDefined();
  });

  it('has its pods in one zone, whatever zones other replicas stand in', () => {
    for (const { spec } of [leaderTemplate, workerTemplate]) {
      expect(spec).toMatchObject({
        affinity: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                podAffinityTerm: {
                  topologyKey: 'topology.kubernetes.io/zone',
                  labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'model-server' } },
                  matchLabelKeys: ['leaderworkerset.sigs.k8s.io/group-key'],
                },
              },
            ],
          },
        },
        topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }],
      });
    }
  });

  it('is reached through its leader alone', () => {
    const { selector } = specOf(objects, 'Service', 'model-server') as { selector: Record<string, string> };
    expect(selector['leaderworkerset.sigs.k8s.io/worker-index']).toBe('0');
  });

  it('lets its pods meet on any port, and nobody else', () => {
    const { ingress } = specOf(objects, 'NetworkPolicy', 'model-server') as {
      ingress: { from: object[]; ports?: object[] }[];
    };
    const open = ingress.filter(({ ports }) => ports === undefined);
    expect(open).toHaveLength(1);
    expect(open[0]?.from).toEqual([
      {
        podSelector: {
          matchLabels: {
            'app.kubernetes.io/instance': 'leased-nodes',
            'app.kubernetes.io/component': 'inference',
          },
        },
      },
    ]);
  });

  it('needs its operator, and a plain model server none', () => {
    expect(servingOperators(servingSlice(plan)).map(({ release }) => release)).toEqual(['lws']);
    expect(servingOperators(servingSlice(shapedPlan('chat', 'leased-nodes')))).toEqual([]);
  });

  it('is refused for an engine that cannot span nodes', () => {
    const { serving } = plan;
    if (serving === null) throw new Error('no model server');
    const { workerArgs: _, ...launch } = serving.launch;
    const problem = problemOf(() => servingSlice({ ...plan, serving: { ...serving, launch } }));
    expect(problem).toMatchObject({ code: 'NOT_SYNTHESIZABLE', at: 'options.leased-nodes.serving' });
  });
});

describe('two fleets', () => {
  const objects = objectsOf('chat', 'leased-fleets');
  const fleet = (name: string) => (specOf(objects, 'Deployment', name) as { template: Template }).template;

  it('tell their pods apart by the labels that the router looks for', () => {
    const [router] = fleet('model-router').spec.containers;
    const after = (flag: string) => router.args[router.args.indexOf(flag) + 1];
    const labels = (name: string) =>
      Object.entries(fleet(name).metadata.labels).map((pair) => pair.join('='));
    expect(labels('model-server')).toContain(after('--decode-selector'));
    expect(labels('model-server-prompts')).toContain(after('--prefill-selector'));
    expect(labels('model-server')).not.toContain(after('--prefill-selector'));
  });

  it('give each pod its own address for the transfer', () => {
    for (const name of ['model-server', 'model-server-prompts']) {
      const [{ env }] = fleet(name).spec.containers;
      expect(env.find((one) => one.name === 'VLLM_NIXL_SIDE_CHANNEL_HOST')?.valueFrom).toEqual({
        fieldRef: { fieldPath: 'status.podIP' },
      });
    }
  });

  it('are reached through the router, under the name that a single fleet has', () => {
    const { selector, ports } = specOf(objects, 'Service', 'model-server') as {
      selector: Record<string, string>;
      ports: { port: number }[];
    };
    expect(selector['app.kubernetes.io/name']).toBe('model-router');
    expect(ports.map(({ port }) => port)).toEqual([8000]);
    const gateways = (name: string) =>
      JSON.stringify(specOf(objects, 'NetworkPolicy', name)).includes('"gateway"');
    expect(['model-router', 'model-server', 'model-server-prompts'].map(gateways)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('let the router read pods and do nothing else', () => {
    const role = objects.find(({ kind }) => kind === 'Role');
    expect(role?.['rules']).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ]);
  });
});
