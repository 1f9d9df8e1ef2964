import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { estimateOf } from './artifact-bills';

export const objects = (...documents: readonly object[]) =>
  documents.flatMap((document) => readManifestText('objects.json', JSON.stringify(document)) ?? []);

export function workload(kind: string, name: string, requests: object, { pod = {}, ...spec }: Spec = {}) {
  const template = { spec: { containers: [{ resources: { requests } }], ...pod } };
  const jobTemplate = { spec: { template } };
  return {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name },
    spec: kind === 'CronJob' ? { ...spec, jobTemplate } : { ...spec, template },
  };
}
export interface Spec {
  readonly pod?: object;
  readonly [field: string]: unknown;
}

export function nodePool(
  name: string,
  requirements: readonly object[],
  more: object = {},
  spec: object = {},
) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: { ...spec, template: { spec: { requirements, ...more } } },
  };
}
export const types = (...values: readonly string[]) => ({
  key: 'node.kubernetes.io/instance-type',
  operator: 'In',
  values,
});
export const GPU = { 'nvidia.com/gpu': '1', cpu: '2', memory: '8Gi' };

export const served = (name: string, args: readonly string[], gpus: number, spec: Spec = {}) => {
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
export function boughtTypes(...parameters: Parameters<typeof estimateOf>) {
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
