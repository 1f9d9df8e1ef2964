import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactObjects, type ArtifactObject } from './artifact-objects';
import { startTestbed, type KubernetesJson, type Testbed } from './testbed';
import { canRun, tools } from './tools';

/** Definitions that the shipped environments' objects need. */
const DEFINITIONS = [
  'baremetal-operator',
  'cluster-api',
  'cluster-api-provider-metal3',
  'ip-address-manager',
  'cloudnative-pg',
  'milvus-operator',
  'gpu-operator',
  'keda',
  'lws',
];

const runs = canRun('Kubernetes API server', [
  tools.testbed,
  tools.apiServer,
  tools.kubectl,
  tools.providerSchemas,
]);

describe.runIf(runs)('a real API server, in strict server-side dry run', () => {
  let testbed: Testbed | undefined;
  let objects: ArtifactObject[] = [];

  beforeAll(() => {
    objects = artifactObjects();
    testbed = startTestbed(DEFINITIONS);
    // What other objects are judged by: Pod Security of the namespace, the account of a pod.
    for (const kind of ['Namespace', 'ServiceAccount'])
      for (const { object } of objects) if (object['kind'] === kind) testbed.create(object);
  });
  afterAll(() => testbed?.stop());

  const refused = (chosen: ReadonlyMap<string, KubernetesJson>) => [...(testbed?.dryRun(chosen) ?? [])];

  it('has objects of every option that runs on Kubernetes', () => {
    expect(new Set(objects.map(({ target }) => target))).toEqual(
      new Set(['aws-eks', 'leased', 'colo', 'self-built']),
    );
    expect(objects.length).toBeGreaterThan(50);
  });

  it('accepts every synthesized object', () => {
    expect(refused(new Map(objects.map(({ origin, object }) => [origin, object])))).toEqual([]);
  });

  it('refuses an unknown field, so that the check can fail', () => {
    const wrong = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'default' },
      dataa: {},
    };
    expect(refused(new Map([['wrong', wrong]]))[0]?.[1]).toContain('dataa');
  });

  it('admits the pods of every model server where Pod Security is enforced', () => {
    const pods = objects.flatMap(({ origin, object }) =>
      templatesOf(object).map((template, index) => [`${origin}#${index}`, podOf(object, template)] as const),
    );
    expect(pods.length).toBeGreaterThan(0);
    expect(refused(new Map(pods))).toEqual([]);
  });
});

interface Template {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: KubernetesJson;
}

/** Of a Deployment, or of the leader and the workers of a group. */
function templatesOf(workload: KubernetesJson): Template[] {
  const { kind, spec } = workload as {
    kind: string;
    spec?: {
      template: Template;
      leaderWorkerTemplate: { leaderTemplate: Template; workerTemplate: Template };
    };
  };
  if (spec === undefined) return [];
  if (kind === 'Deployment') return [spec.template];
  if (kind !== 'LeaderWorkerSet') return [];
  return [spec.leaderWorkerTemplate.leaderTemplate, spec.leaderWorkerTemplate.workerTemplate];
}

/** A workload only warns of a violation of Pod Security; its pod is refused. */
function podOf(workload: KubernetesJson, template: Template): KubernetesJson {
  const { metadata } = workload as { metadata?: { name: string; namespace?: string } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata?.name,
      namespace: metadata?.namespace,
      labels: template.metadata.labels,
    },
    spec: template.spec,
  };
}
