import type { ReadResource } from '#lib/artifacts/unresolved';
import { resourceOf } from '../../_support/artifact-bills';
import { objects, workload } from '../../_support/kubernetes-apps';

export type Case = readonly ReadResource[];

/** What breaks each rule and what keeps it. */
export type Fixtures = Readonly<
  Record<string, { readonly broken: readonly Case[]; readonly kept: readonly Case[] }>
>;
export type Values = Parameters<typeof resourceOf>[1];

export const aws = (type: string, properties: Values = {}, address = 'a') =>
  resourceOf(`AWS::${type}`, properties, address);
export const kept = (resource: ReadResource): ReadResource => ({ ...resource, isKept: true });
export const policy = (statement: object) =>
  aws('IAM::Policy', { PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } as never });

/** A pod that keeps every rule about pods; each fixture states its difference. */
export const container = {
  name: 'server',
  image: 'vllm/vllm-openai:v0.26.0',
  args: ['org/model', '--revision', 'abc', '--max-model-len', '8192', '--max-num-seqs', '32'],
  env: [{ name: 'VLLM_NO_USAGE_STATS', value: '1' }],
  ports: [{ containerPort: 8000 }],
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
  readinessProbe: { httpGet: { path: '/health', port: 8000 } },
  livenessProbe: { httpGet: { path: '/health', port: 8000 } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
export const LABELS = { app: 'server' };

interface Difference {
  readonly container?: object;
  readonly pod?: object;
  readonly spec?: object;
}

export function deployment({ container: own = {}, pod = {}, spec = {} }: Difference = {}): ReadResource[] {
  return objects({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'server', namespace: 'ai' },
    spec: {
      replicas: 1,
      ...spec,
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: 'server',
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{ ...container, ...own }],
          ...pod,
        },
      },
    },
  });
}

export function object(apiVersion: string, kind: string, fields: object): ReadResource[] {
  return objects({ apiVersion, kind, metadata: { name: 'a', namespace: 'ai' }, ...fields });
}
export const networkPolicy = (spec: object) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: { matchLabels: LABELS }, policyTypes: ['Ingress', 'Egress'], ...spec },
  });
export const service = (spec: object, annotations = {}) =>
  objects({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations }, spec });
export const rbac = (kind: string, fields: object) => object('rbac.authorization.k8s.io/v1', kind, fields);
export const storageClass = (fields: object) => object('storage.k8s.io/v1', 'StorageClass', fields);
export const store = (image: string, env: readonly object[]) =>
  deployment({ container: { image, args: [], env } });
export const secret = (name: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: 'store', key: 'key' } },
});
export const sagemakerModel = (environment: object, more: Values = {}) =>
  aws('SageMaker::Model', {
    PrimaryContainer: {
      Image: '1.dkr.ecr.us-east-1.amazonaws.com/vllm:server-v2',
      Environment: environment as never,
    },
    ...more,
  });

export function workloadWithoutAccount(): ReadResource[] {
  return objects(workload('Deployment', 'a', {}));
}
