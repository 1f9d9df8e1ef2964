import { describe, expect, it } from 'vitest';
import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { billLines, estimateOf, resourceOf } from '../../../_support/artifact-bills';

const objects = (...documents: readonly object[]) =>
  documents.flatMap((document) => readManifestText('objects.json', JSON.stringify(document)) ?? []);

function workload(kind: string, name: string, requests: object, { pod = {}, ...spec }: Spec = {}) {
  const template = { spec: { containers: [{ resources: { requests } }], ...pod } };
  const jobTemplate = { spec: { template } };
  return {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name },
    spec: kind === 'CronJob' ? { ...spec, jobTemplate } : { ...spec, template },
  };
}
interface Spec {
  readonly pod?: object;
  readonly [field: string]: unknown;
}

function nodePool(name: string, requirements: readonly object[], more: object = {}, spec: object = {}) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: { ...spec, template: { spec: { requirements, ...more } } },
  };
}
const types = (...values: readonly string[]) => ({
  key: 'node.kubernetes.io/instance-type',
  operator: 'In',
  values,
});
const GPU = { 'nvidia.com/gpu': '1', cpu: '2', memory: '8Gi' };

/** `address: label | quantity | unit | USD` of what the nodes cost. */
function nodeLines(...parameters: Parameters<typeof estimateOf>) {
  const { bill } = estimateOf(...parameters);
  return billLines({ ...bill, lines: bill.lines.filter(({ type }) => type === 'v1/Node') });
}

// m5.large: 0.096 USD an hour, 1.93 CPUs and 6.74 GiB for pods; gp3: 0.08 USD for a GB and month.
describe('nodes that a NodePool buys', () => {
  it('are as many as hold the requests of the pods, each with its root volume', () => {
    const web = workload('Deployment', 'web', { cpu: '900m', memory: '1Gi' }, { replicas: 3 });
    // Two pods of 0.9 CPUs to a node: 2 nodes × 730 h × 0.096 USD, and 2 × 20 GB.
    expect(nodeLines(objects(nodePool('default', [types('m5.large')]), web))).toEqual([
      'm5.large, on-demand | 1460 | instance-hour | 140.16 | priced',
      'gp3 root-volume | 40 | GB-month | 3.2 | priced',
    ]);
  });

  it('leave room for the agents of every node', () => {
    const agent = workload('DaemonSet', 'agent', { cpu: '500m' });
    const web = workload('Deployment', 'web', { cpu: '900m' }, { replicas: 3 });
    // 1.93 − 0.5 CPUs hold one pod of 0.9.
    expect(nodeLines(objects(nodePool('default', [types('m5.large')]), web, agent))[0]).toMatch(
      /^m5\.large, on-demand \| 2190 /,
    );
  });

  it('are of the type that holds all for the least, among those that its requirements allow', () => {
    const family = { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['g6e'] };
    const small = { key: 'karpenter.k8s.aws/instance-gpu-count', operator: 'Lt', values: ['8'] };
    const models = workload('Deployment', 'models', GPU, { replicas: 3 });
    // 3 × 1.861 USD an hour, where the least with four GPUs is 10.49264.
    expect(nodeLines(objects(nodePool('gpu', [family, small]), models))[0]).toBe(
      'g6e.xlarge, on-demand | 2190 | instance-hour | 4075.59 | priced',
    );
  });

  it('go to pods that tolerate their taints, by the weight of the pools', () => {
    const taints = [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }];
    const tolerations = [{ key: 'nvidia.com/gpu', operator: 'Exists' }];
    const pools = [
      nodePool('spare', [types('m5.xlarge')]),
      nodePool('first', [types('m5.large')], {}, { weight: 10 }),
      nodePool('gpu', [types('g6e.xlarge')], { taints }, { weight: 50 }),
    ];
    const { bill } = estimateOf(
      objects(
        ...pools,
        workload('Deployment', 'web', { cpu: '1' }),
        workload('Deployment', 'model', GPU, { pod: { tolerations } }),
      ),
    );
    const nodes = bill.lines.filter(({ type }) => type === 'v1/Node').map(({ address }) => address);
    expect(nodes).toEqual(expect.arrayContaining(['nodes/first/m5.large', 'nodes/gpu/g6e.xlarge']));
    expect(nodes.some((address) => address.includes('spare'))).toBe(false);
  });

  it('are not bought for pods that find room on nodes which stand', () => {
    const group = resourceOf(
      'AWS::EKS::Nodegroup',
      { InstanceTypes: ['m6i.xlarge'], ScalingConfig: { DesiredSize: 1 } },
      'nodes',
    );
    const pool = nodePool('default', [types('m5.large')]);
    const web = (replicas: number) => workload('Deployment', 'web', { cpu: '1' }, { replicas });
    expect(nodeLines([group, ...objects(pool, web(4))])).toEqual([]);
    expect(nodeLines([group, ...objects(pool, web(5))])).not.toEqual([]);
  });

  it('say so where no type takes a pod', () => {
    const huge = workload('Deployment', 'huge', { cpu: '3' });
    const { estimate } = estimateOf(objects(nodePool('default', [types('m5.large')]), huge));
    expect(estimate.lines.find(({ key }) => key.includes('huge'))).toMatchObject({
      state: 'unpriced',
      basis: expect.stringContaining('takes a pod of 3 CPUs and 0 GiB'),
    });
  });
});

describe('pods of manifests without nodes', () => {
  const web = workload('Deployment', 'web', { cpu: '900m', memory: '3Gi' }, { replicas: 2 });

  it('stand on assumed nodes, whose line and note say so', () => {
    const { estimate, bill } = estimateOf(objects(web));
    const line = bill.lines.find(({ type }) => type === 'v1/Node');
    // 1.8 CPUs and 6 GiB: two vCPUs with 8 GiB; of those the AMD type of the fifth generation is the cheapest.
    expect(line?.item).toMatchObject({ label: 'm5a.large, on-demand', quantity: 730, assumed: true });
    expect(line?.item.monthlyUsd).toBeCloseTo(730 * 0.086, 2);
    expect(estimate.notes).toContainEqual(expect.stringMatching(/1 × m5a\.large are assumed/));
    expect(estimate.prices.assumedShare).toBe(1);
  });

  it('take the type that the user names, as many as they ask for', () => {
    const { bill } = estimateOf(objects(web), { nodeTypes: [{ type: 'm5.large', term: 'on-demand' }] });
    const line = bill.lines.find(({ type }) => type === 'v1/Node');
    expect(line?.item).toMatchObject({ monthlyUsd: 70.08, assumed: false, derived: true });
  });

  it('bring along the share of Auto Mode where the cluster has it', () => {
    const cluster = resourceOf('AWS::EKS::Cluster', { ComputeConfig: { Enabled: true } }, 'cluster');
    const lines = nodeLines([cluster, ...objects(web)]);
    // 730 × 0.086 = 62.78 USD, of which 12 %.
    expect(lines).toContain('Auto Mode, of what its nodes cost | 62.78 | USD | 7.5336 | priced');
    const own = estimateOf([cluster, ...objects(web)]).bill.lines.filter(
      ({ address }) => address === 'cluster',
    );
    expect(own.map(({ item }) => item.label)).toEqual(['EKS control plane']);
  });

  it('of jobs cost the hours that they run, by the file of usage', () => {
    const job = workload('CronJob', 'report', { cpu: '1500m' });
    const { bill } = estimateOf(objects(nodePool('default', [types('m5.large')]), job), {
      usage: { 'kubernetes/CronJob/report.run.runs': 30, 'kubernetes/CronJob/report.run.seconds-each': 3600 },
    });
    expect(bill.lines.find(({ type }) => type === 'batch/v1/CronJob')?.item).toMatchObject({
      state: 'usage',
      quantity: 30,
      monthlyUsd: 2.88,
    });
  });

  it.each([
    ['cloud.google.com/gke-accelerator', /Google Kubernetes Engine/],
    ['kubernetes.azure.com/agentpool', /Azure Kubernetes Service/],
  ])('that select %s are of another cloud, and are not taken for AWS', (key, why) => {
    const elsewhere = workload('Deployment', 'web', { cpu: '1' }, { pod: { nodeSelector: { [key]: 'x' } } });
    const { lines } = estimateOf(objects(elsewhere)).estimate;
    expect(lines).toMatchObject([{ state: 'unpriced', basis: expect.stringMatching(why) }]);
  });

  it('that ask for no pods cost nothing', () => {
    const none = workload('Deployment', 'web', { cpu: '1' }, { replicas: 0 });
    expect(estimateOf(objects(none)).estimate.lines).toMatchObject([{ state: 'free' }]);
  });
});

const served = (name: string, args: readonly string[], gpus: number, spec: Spec = {}) => {
  const resources = { limits: { 'nvidia.com/gpu': String(gpus) }, requests: { cpu: '2', memory: '24Gi' } };
  const container = { image: 'vllm/vllm-openai:v0.11.0', args, resources };
  return workload(
    'Deployment',
    name,
    {},
    { replicas: 1, ...spec, pod: { ...spec.pod, containers: [container] } },
  );
};
/** Type and term of the nodes, with how they are counted. */
function boughtTypes(...parameters: Parameters<typeof estimateOf>) {
  const { bill, estimate } = estimateOf(...parameters);
  const nodes = bill.lines.filter(({ type, item }) => type === 'v1/Node' && item.unit === 'instance-hour');
  return {
    types: nodes.map(({ item }) => `${(item.quantity / 730).toFixed(0)} ${item.label}`),
    basis: nodes.map(({ item }) => item.basis).join('\n'),
    notes: estimate.notes.join('\n'),
    unpriced: estimate.unpriced,
    bill,
  };
}

// 32.76 · 10^9 parameters of two bytes over four GPUs: 15.26 GiB each, above 90 % of the 16 GiB of a T4.
describe('nodes for a model server', () => {
  const qwen = (name: string, ...args: readonly string[]) =>
    served('qwen', ['--model', name, '--tensor-parallel-size', '4', ...args], 4);

  it('have GPUs that hold the weights, and the line says which', () => {
    const { types: chosen, basis, notes } = boughtTypes(objects(qwen('Qwen/Qwen3-32B')));
    expect(chosen).toEqual(['1 g6.12xlarge, on-demand']);
    expect(basis).toMatch(/its GPUs hold qwen3-32b in bf16 over 4 GPUs: 15\.3 GiB of weights each/);
    expect(notes).not.toMatch(/GPU memory did not count/);
  });

  it('are cheaper ones where the weights are of fewer bits', () => {
    expect(boughtTypes(objects(qwen('Qwen/Qwen3-32B-AWQ'))).types).toEqual(['1 g4dn.12xlarge, on-demand']);
  });

  it('hold a text of the length that the server was asked for', () => {
    // 40,960 tokens of 262,144 bytes are 10 GiB, 2.5 of each GPU: 15.26 + 1.05 + 4 · 0.26 + 2.5 of 20.1 GiB.
    expect(boughtTypes(objects(qwen('Qwen/Qwen3-32B', '--max-model-len=40960'))).types).toEqual([
      '1 g6.12xlarge, on-demand',
    ]);
    const long = boughtTypes(objects(qwen('Qwen/Qwen3-32B', '--max-model-len=131072'))).types;
    expect(long).toEqual(['1 g6e.12xlarge, on-demand']);
  });

  it('are told apart by the memory of a model on one GPU', () => {
    const llama = served(
      'llama',
      ['--model', 'meta-llama/Llama-3.1-70B-Instruct', '--tensor-parallel-size', '1'],
      1,
    );
    // 131 GiB in 16 bits: nothing below a B200's 179 GiB, which comes in eights only.
    expect(boughtTypes(objects(llama)).types).toEqual(['1 p6-b200.48xlarge, on-demand']);
  });

  it('are none where no type of a pool holds it, and the line says what is asked', () => {
    const { unpriced, bill } = boughtTypes(
      objects(nodePool('t4', [types('g4dn.12xlarge')]), qwen('Qwen/Qwen3-32B')),
    );
    expect(unpriced).toHaveLength(2);
    expect(bill.lines.findLast(({ item }) => item.state === 'unpriced')?.item.basis).toMatch(
      /no type with a known price of t4 takes a pod of 4 accelerators.* nor GPUs that hold qwen3-32b in bf16 over 4 GPUs/,
    );
  });

  it('are chosen without memory where the model is not known, and a note says so', () => {
    const { types: chosen, notes } = boughtTypes(objects(qwen('acme/secret-model')));
    expect(chosen).toEqual(['1 g4dn.12xlarge, on-demand']);
    expect(notes).toMatch(
      /GPU memory did not count in the choice of nodes for qwen: the catalog does not know the model/,
    );
    expect(notes).not.toMatch(/secret-model/);
  });

  it('are found for services of KServe, NIM and Dynamo', () => {
    const limits = { 'nvidia.com/gpu': 1, cpu: 4, memory: '24Gi' };
    const kserve = {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name: 'chat' },
      spec: {
        predictor: {
          minReplicas: 2,
          model: {
            modelFormat: { name: 'huggingface' },
            storageUri: 'hf://meta-llama/Llama-3.1-8B-Instruct',
            resources: { limits },
          },
        },
      },
    };
    // 8.03 · 10^9 parameters of two bytes: 14.96 GiB, which no T4 holds.
    expect(boughtTypes(objects(kserve)).types).toEqual(['2 g6.2xlarge, on-demand']);
    const nim = {
      apiVersion: 'apps.nvidia.com/v1alpha1',
      kind: 'NIMService',
      metadata: { name: 'chat' },
      spec: {
        image: { repository: 'nvcr.io/nim/meta/llama-3.1-8b-instruct', tag: '1.3.3' },
        replicas: 1,
        resources: { limits },
      },
    };
    expect(boughtTypes(objects(nim)).types).toEqual(['1 g6.2xlarge, on-demand']);
    const llm = {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'LLMInferenceService',
      metadata: { name: 'chat' },
      spec: {
        model: { uri: 'hf://Qwen/Qwen3-32B' },
        replicas: 1,
        parallelism: { tensor: 4 },
        template: {
          containers: [{ name: 'main', resources: { limits: { ...limits, 'nvidia.com/gpu': 4 } } }],
        },
      },
    };
    expect(boughtTypes(objects(llm)).types).toEqual(['1 g6.12xlarge, on-demand']);
    const dynamo = {
      apiVersion: 'nvidia.com/v1alpha1',
      kind: 'DynamoGraphDeployment',
      metadata: { name: 'graph' },
      spec: {
        services: {
          Worker: {
            replicas: 3,
            resources: { limits: { gpu: '1' }, requests: { cpu: '2', memory: '8Gi' } },
            extraPodSpec: {
              mainContainer: {
                command: ['python3', '-m', 'dynamo.vllm'],
                args: ['--model', 'Qwen/Qwen3-8B'],
              },
            },
          },
        },
      },
    };
    expect(boughtTypes(objects(dynamo)).types).toEqual(['3 g6.xlarge, on-demand']);
  });
});

describe('selectors and limits', () => {
  it('of slices are met by GPUs that can be cut so, and hold the model', () => {
    const sliced = (profile: string, args: readonly string[] = []) => {
      const resources = { limits: { [`nvidia.com/mig-${profile}`]: 1, cpu: '2', memory: '8Gi' } };
      const container = { image: 'vllm/vllm-openai', args, resources };
      return boughtTypes(
        objects(workload('Deployment', 'part', {}, { replicas: 1, pod: { containers: [container] } })),
      );
    };
    expect(sliced('1g.5gb').types).toEqual(['1 p4d.24xlarge, on-demand']);
    expect(sliced('1g.10gb').types).toEqual(['1 p5.4xlarge, on-demand']);
    // 14.96 GiB of weights: an eighth of 80 GB does not hold them, half of it does.
    expect(sliced('1g.10gb', ['--model', 'Qwen/Qwen3-8B']).unpriced).toHaveLength(1);
    expect(sliced('3g.40gb', ['--model', 'Qwen/Qwen3-8B']).types).toEqual(['1 p5.4xlarge, on-demand']);
  });

  it('of a GPU by the name that its driver gives it are honoured', () => {
    const pod = { nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' } };
    expect(boughtTypes(objects(served('any', [], 1, { pod }))).types).toEqual(['1 g6e.xlarge, on-demand']);
  });

  it('of a GPU by its memory are honoured, in a pool and in a pod', () => {
    const large = { key: 'karpenter.k8s.aws/instance-gpu-memory', operator: 'Gt', values: ['40000'] };
    expect(boughtTypes(objects(nodePool('gpu', [large]), served('any', [], 1))).types).toEqual([
      '1 g6e.xlarge, on-demand',
    ]);
    const nodeSelectorTerms = [{ matchExpressions: [large] }];
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
    const pod = { affinity: { nodeAffinity } };
    expect(boughtTypes(objects(served('any', [], 1, { pod }))).types).toEqual(['1 g6e.xlarge, on-demand']);
  });

  it('of a pool end what it buys; the next pool takes what is left', () => {
    const pools = [
      nodePool('first', [types('g6e.xlarge')], {}, { weight: 10, limits: { 'nvidia.com/gpu': 2 } }),
      nodePool('second', [types('g6e.2xlarge')], {}, { limits: { cpu: '16' } }),
    ];
    const four = objects(...pools, served('any', [], 1, { replicas: 4 }));
    expect(boughtTypes(four).types).toEqual(['2 g6e.xlarge, on-demand', '2 g6e.2xlarge, on-demand']);
    const { types: chosen, notes } = boughtTypes(objects(...pools, served('any', [], 1, { replicas: 5 })));
    expect(chosen).toEqual(['2 g6e.xlarge, on-demand', '2 g6e.2xlarge, on-demand']);
    expect(notes).toMatch(
      /the limits of first, second leave pods without nodes, which would wait: 1 of 5 of any/,
    );
  });

  it('that leave no node at all leave the object without a price', () => {
    const pool = nodePool('small', [types('m5.large')], {}, { limits: { cpu: 1 } });
    const { unpriced, bill } = boughtTypes(objects(pool, workload('Deployment', 'web', { cpu: '900m' })));
    expect(unpriced).toHaveLength(2);
    expect(bill.lines.map(({ item }) => item.basis)).toContain(
      'the limits of small leave no node for its pods',
    );
  });
});
