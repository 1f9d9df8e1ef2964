import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifestText } from '#lib/artifacts/kubernetes/read-manifests';
import { loadCatalog } from '#lib/catalog/load';
import { allocateNodes } from '#lib/cost/kubernetes/allocation';
import { LandfallError } from '#lib/errors/landfall-error';
import { billOf, estimateOf, resourceOf } from '../../../_support/artifact-bills';

const { nodeSizes } = loadCatalog();
const NODES = resourceOf(
  'AWS::EKS::Nodegroup',
  { InstanceTypes: ['g6e.12xlarge'], ScalingConfig: { DesiredSize: 2 } },
  'nodes',
);

/** Words that the readers look for, so that odd values stand where they are read. */
const FIELDS = [
  'spec', 'template', 'containers', 'initContainers', 'resources', 'requests', 'limits', 'cpu', 'memory', 'nvidia.com/gpu', 'nvidia.com/mig-1g.5gb',
  'replicas', 'parallelism', 'jobTemplate', 'nodeSelector', 'affinity', 'nodeAffinity', 'tolerations', 'volumeClaimTemplates', 'storageClassName', 'storage',
  'scaleTargetRef', 'minReplicas', 'maxReplicas', 'leaderWorkerTemplate', 'workerTemplate', 'size', 'labels', 'node.kubernetes.io/instance-type',
  'metadata', 'annotations', 'name', 'provisioner', 'parameters', 'type', '__proto__',
  'predictor', 'model', 'storageUri', 'uri', 'image', 'repository', 'command', 'args', 'env', 'value', 'parallelism', 'tensor', 'prefill', 'scale', 'hpa',
  'services', 'extraPodSpec', 'mainContainer', 'multinode', 'nodeCount', 'gpu', 'requirements', 'key', 'operator', 'values', 'weight', 'nodeClassRef',
  'instances', 'tablespaces', 'walStorage', 'mode', 'components', 'queryNode', 'dependencies', 'etcd', 'inCluster', 'persistence', 'msgStreamType',
]; // prettier-ignore
const KINDS = [
  'apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/CronJob', 'v1/Pod', 'v1/Service', 'v1/Node', 'v1/PersistentVolumeClaim',
  'autoscaling/v2/HorizontalPodAutoscaler', 'keda.sh/v1alpha1/ScaledObject', 'storage.k8s.io/v1/StorageClass', 'networking.k8s.io/v1/Ingress',
  'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet', 'ray.io/v1/RayCluster', 'ray.io/v1/RayService',
  'milvus.io/v1beta1/Milvus', 'postgresql.cnpg.io/v1/Cluster',
]; // prettier-ignore
/** Those whose pods have nodes bought for them: no nodes stand beside them. */
const BUYING = [
  'apps/v1/Deployment', 'batch/v1/Job', 'karpenter.sh/v1/NodePool', 'serving.kserve.io/v1beta1/InferenceService',
  'serving.kserve.io/v1alpha1/LLMInferenceService', 'apps.nvidia.com/v1alpha1/NIMService', 'nvidia.com/v1alpha1/DynamoGraphDeployment',
]; // prettier-ignore

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom(
      '1',
      '500m',
      '2Gi',
      '-1',
      '9e999',
      'x',
      '',
      0,
      1,
      -1,
      1e300,
      true,
      null,
      'LoadBalancer',
      'alb',
      'gp3',
      'vllm/vllm-openai',
      '--model=Qwen/Qwen3-32B --tp $(x) --max-model-len 1e99',
      'In',
    ),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));

it('objects of any shape are billed and shared, never a crash, a NaN or more than the nodes cost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...KINDS), value, value), { minLength: 1, maxLength: 4 }),
      (written) => {
        const objects = written.map(([type, metadata, spec]) => ({
          apiVersion: type.slice(0, type.lastIndexOf('/')),
          kind: type.slice(type.lastIndexOf('/') + 1),
          metadata,
          spec,
        }));
        const resources = [
          NODES,
          ...objects.flatMap((object) => readManifestText('o.json', JSON.stringify(object)) ?? []),
        ];
        const bill = billOf(resources);
        expect(bill.unaccounted).toEqual([]);
        const allocation = allocateNodes(resources, bill.lines, { nodeSizes });
        for (const { monthlyUsd, nodes } of allocation?.workloads ?? []) {
          expect(Number.isNaN(monthlyUsd ?? 0) || Number.isNaN(nodes ?? 0)).toBe(false);
        }
        for (const { allocatedUsd, idleUsd, monthlyUsd } of allocation?.pools ?? []) {
          if (monthlyUsd === null) continue;
          expect((allocatedUsd ?? 0) + (idleUsd ?? 0)).toBeCloseTo(monthlyUsd, 1);
        }
      },
    ),
    { numRuns: 1_500 },
  );
});

it('objects of any shape have nodes bought for them or say why not, never a crash or a NaN', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...BUYING), value), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (written, isGpu) => {
        const limits = isGpu ? { 'nvidia.com/gpu': 1 } : { cpu: 1 };
        const resources = written.flatMap(([type, spec]) => {
          const [apiVersion, kind] = [
            type.slice(0, type.lastIndexOf('/')),
            type.slice(type.lastIndexOf('/') + 1),
          ];
          const template = { spec: { containers: [{ ...(spec as object), resources: { limits } }] } };
          const object = {
            apiVersion,
            kind,
            metadata: { name: 'a' },
            spec: { template, ...(spec as object) },
          };
          return readManifestText('o.json', JSON.stringify(object)) ?? [];
        });
        const { bill, estimate } = estimateOf(resources);
        expect(bill.unaccounted).toEqual([]);
        expect(Number.isFinite(estimate.totals.monthlyUsd.base)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

it('texts of any kind are read, passed over or refused at their place', () => {
  const line = fc.constantFrom('apiVersion: v1', 'kind: Pod', 'kind: List', 'items: [1, {}]', 'metadata: { name: x }', '---', '- a', 'spec: *a', '&a b: c', '{', '{{ .Values.x }}', '"'); // prettier-ignore
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      expect(crashOf(() => readManifestText('o.yaml', lines.join('\n')))).toBeNull();
    }),
    { numRuns: 1_500 },
  );
});

/** What was thrown and is no error for people. */
function crashOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error instanceof LandfallError ? null : error;
  }
  return null;
}
