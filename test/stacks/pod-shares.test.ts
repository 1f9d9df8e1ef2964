import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { plansFor } from '#bin/synthesis/plans-for';
import { modelServer } from '#constructs/kubernetes/model-server';
import { servingSlice } from '#constructs/kubernetes/serving-slice';
import { YamlCluster } from '#constructs/kubernetes/yaml';
import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { podDemand } from '#lib/cost/kubernetes/pod-demand';
import { workloadsOf } from '#lib/cost/kubernetes/workloads';

const ENVIRONMENTS = ['pilot', 'support', 'knowledge', 'scale'];
const TARGETS = ['eks', 'leased', 'colo', 'self-built'];

interface Written {
  readonly options: Readonly<Record<string, { readonly target: { readonly kind: string } | string }>>;
}

/** Options of the shipped environments that run the model server on Kubernetes. */
const pairs = ENVIRONMENTS.flatMap((name) => {
  const { options }: Written = parse(readFileSync(`environments/${name}.yaml`, 'utf8'));
  return Object.keys(options)
    .filter((option) => TARGETS.includes(option))
    .map((option) => [name, option] as const);
});

it.each(pairs)(
  'the manifests of %s on %s ask for the accelerators of the plan, from its least to its most',
  (name, option) => {
    const [plan] = plansFor({ environmentPath: `environments/${name}.yaml`, option });
    if (plan?.serving == null) throw new Error('a plan without a model server');
    const cluster = new YamlCluster();
    for (const object of modelServer(servingSlice(plan))) cluster.apply(object);
    const objects = readManifestText('objects.yaml', cluster.render()) ?? [];
    expect(objects).toHaveLength(
      cluster
        .render()
        .split(/^---$/m)
        .filter((text) => text.trim() !== '').length,
    );
    const accelerators = (of: 'low' | 'high') =>
      workloadsOf(objects).reduce((sum, { pod, pods }) => sum + pods[of] * podDemand(pod).accelerators, 0);
    const { replicas, promptReplicas = 0, gpusPerReplica } = plan.serving;
    expect(accelerators('low')).toBeCloseTo((replicas.min + promptReplicas) * gpusPerReplica, 6);
    expect(accelerators('high')).toBeCloseTo((replicas.max + promptReplicas) * gpusPerReplica, 6);
  },
);
