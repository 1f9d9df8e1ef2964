import { describe, expect, it } from 'vitest';
import { boughtTypes, nodePool, objects, served, types, workload } from '../../../_support/kubernetes-apps';

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

  it('are found for a RayService by what its Serve configuration says', () => {
    const container = (image: string, limits: object) => ({
      spec: { containers: [{ image, resources: { limits } }] },
    });
    const service = (serveConfigV2: string) => ({
      apiVersion: 'ray.io/v1',
      kind: 'RayService',
      metadata: { name: 'chat' },
      spec: {
        serveConfigV2,
        rayClusterConfig: {
          headGroupSpec: { template: container('rayproject/ray', { cpu: 2, memory: '8Gi' }) },
          workerGroupSpecs: [
            {
              replicas: 1,
              template: container('rayproject/ray-llm:2.46.0', {
                'nvidia.com/gpu': 1,
                cpu: 2,
                memory: '8Gi',
              }),
            },
          ],
        },
      },
    });
    const one =
      'applications:\n  - runtime_env:\n      env_vars:\n        MODEL_ID: "Qwen/Qwen3-8B"\n        MAX_MODEL_LEN: "8192"\n';
    expect(boughtTypes(objects(service(one))).types).toContain('1 g6.xlarge, on-demand');
    const two = `${one}  - runtime_env: {}\n    llm_configs:\n      - model_loading_config:\n          model_source: acme/other\n`;
    const { types: chosen, notes } = boughtTypes(objects(service(two)));
    expect(chosen).toContain('1 g4dn.xlarge, on-demand');
    expect(notes).toMatch(
      /GPU memory did not count in the choice of nodes for chat: its containers name no model/,
    );
  });
});

describe('nodes that stand', () => {
  const node = (type: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: type, labels: { 'node.kubernetes.io/instance-type': type } },
  });
  const qwen = served('qwen', ['--model', 'Qwen/Qwen3-32B', '--tensor-parallel-size', '4'], 4);

  it('take a model server by its number of GPUs, and a note says that they cannot hold it', () => {
    expect(boughtTypes(objects(node('g4dn.12xlarge'), qwen)).notes).toMatch(
      /Deployment\/qwen would not start on g4dn\.12xlarge, whose GPUs have 16\.0 GiB: qwen3-32b in bf16 over 4 GPUs/,
    );
  });

  it('say nothing where they do', () => {
    expect(boughtTypes(objects(node('g6.12xlarge'), qwen)).notes).not.toMatch(/would not start/);
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
