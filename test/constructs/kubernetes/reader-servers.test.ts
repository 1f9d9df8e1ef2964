import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { readerServers } from '#constructs/kubernetes/reader-servers';
import { shapedPlan } from '../../_support/shapes';

interface Pod {
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly object[];
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly containers: readonly [
    {
      readonly name: string;
      readonly image: string;
      readonly args: readonly string[];
      readonly env: readonly { readonly name: string; readonly value?: string }[];
      readonly resources: { readonly limits: Readonly<Record<string, string>> };
      readonly readinessProbe: { readonly httpGet: { readonly path: string } };
    },
  ];
}

function podOf(objects: readonly KubernetesObject[], name: string): Pod {
  const found = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);
  if (found === undefined) throw new Error(`no Deployment/${name}`);
  return (found['spec'] as { template: { spec: Pod } }).template.spec;
}

describe('the servers of models that read', () => {
  const objects = readerServers(shapedPlan('searched', 'eks-small'));
  const [embedding, reranker] = [podOf(objects, 'embedding-server'), podOf(objects, 'reranker')];

  it('have a policy, a name to be reached by, and a budget for disruptions each', () => {
    const kinds = (name: string) =>
      objects.filter(({ metadata }) => metadata.name === name).map(({ kind }) => kind);
    const all = ['NetworkPolicy', 'Deployment', 'Service', 'PodDisruptionBudget'];
    expect([kinds('embedding-server'), kinds('reranker')]).toEqual([all, all]);
  });

  it('on GPUs run the image of the model server in its pooling mode, one GPU each', () => {
    for (const [pod, model] of [
      [embedding, 'BAAI/bge-m3'],
      [reranker, 'BAAI/bge-reranker-v2-m3'],
    ] as const) {
      const [container] = pod.containers;
      expect(container.args[0]).toBe(model);
      expect(container.args.join(' ')).toContain('--runner pooling --max-model-len 8192');
      expect(container.image).toMatch(/^vllm\/vllm-openai:v\d/);
      expect(container.resources.limits['nvidia.com/gpu']).toBe('1');
      expect(pod.securityContext.runAsNonRoot).toBe(true);
    }
    expect(embedding.containers[0].name).toBe('embedding-server');
  });

  it('on slices ask for one slice by its name', () => {
    const [container] = podOf(readerServers(shapedPlan('searched', 'leased-slices')), 'reranker').containers;
    expect(container.resources.limits['nvidia.com/mig-1g.20gb']).toBe('1');
  });

  it('on CPUs run where no GPU is claimed or tolerated, and keep the weights where they may write', () => {
    const pod = podOf(readerServers(shapedPlan('read-on-cpus', 'colo-nodes')), 'embedding-server');
    const [container] = pod.containers;
    expect(container.image).toMatch(/^ghcr\.io\/huggingface\/text-embeddings-inference:cpu-\d/);
    expect(Object.keys(container.resources.limits)).toEqual(['memory']);
    expect([pod.tolerations, pod.nodeSelector]).toEqual([undefined, undefined]);
    expect(container.env.find(({ name }) => name === 'HUGGINGFACE_HUB_CACHE')?.value).toBe('/weights');
    expect(container.readinessProbe.httpGet.path).toBe('/health');
  });

  it('are none where the provider runs the models, or nothing is retrieved', () => {
    expect(readerServers(shapedPlan('searched', 'endpoint'))).toEqual([]);
    expect(readerServers(shapedPlan('chat', 'leased-fleets'))).toEqual([]);
  });
});
