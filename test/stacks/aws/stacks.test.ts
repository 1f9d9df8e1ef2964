import { App, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#lib/plan/plan';
import { bedrockStacks } from '#stacks/aws/bedrock-stacks';
import { eksStacks } from '#stacks/aws/eks-stacks';
import { sagemakerStacks } from '#stacks/aws/sagemaker-stacks';
import { awsPlan, bedrockPlan, retrieval, sagemakerPlan } from '../../_support/aws-plan';
import { OFFICE_HOURS, scalingPlan } from '../../_support/scaling-plan';
import { templatesOf } from '../../_support/template';

const qdrant = (): Plan =>
  awsPlan({ retrieval: { ...retrieval('qdrant'), runsOn: 'kubernetes', nodePool: 'cpu' } });

/** Objects of a stack as `Kind/name`. */
function objectsOf(template: Template | undefined): string[] {
  const manifests = Object.values(template?.findResources('Custom::AWSCDK-EKS-KubernetesResource') ?? {}) as {
    Properties: { Manifest: string };
  }[];
  return manifests.flatMap(({ Properties }) =>
    (JSON.parse(Properties.Manifest) as { kind: string; metadata: { name: string } }[]).map(
      ({ kind, metadata }) => `${kind}/${metadata.name}`,
    ),
  );
}

describe('EKS stacks', () => {
  const templates = templatesOf((scope) => eksStacks(scope, qdrant()));

  it('apply the model server', () => {
    expect(objectsOf(templates['Serving'])).toContain('Deployment/model-server');
  });

  it('apply a store that runs in the cluster', () => {
    expect(objectsOf(templates['Retrieval'])).toContain('StatefulSet/qdrant');
  });

  it('give the store disks: a driver, and a default class before anything claims one', () => {
    expect(Object.values(templates['Retrieval']?.findResources('AWS::EKS::Addon') ?? {})).toMatchObject([
      { Properties: { AddonName: 'aws-ebs-csi-driver' } },
    ]);
    expect(objectsOf(templates['Retrieval'])[0]).toBe('StorageClass/gp3');
  });

  it('let the store be managed by AWS as well', () => {
    const stores = templatesOf((scope) => eksStacks(scope, awsPlan({ retrieval: retrieval('s3-vectors') })));
    expect(Object.keys(stores['Retrieval']?.findResources('AWS::S3Vectors::Index') ?? {})).toHaveLength(1);
  });

  it('install the operator of a store that has one', () => {
    const plan = awsPlan({ retrieval: { ...retrieval('milvus'), runsOn: 'kubernetes', nodePool: 'cpu' } });
    const charts = Object.values(
      templatesOf((scope) => eksStacks(scope, plan))['Retrieval']?.findResources(
        'Custom::AWSCDK-EKS-HelmChart',
      ) ?? {},
    ) as { Properties: { Release: string } }[];
    expect(charts.map(({ Properties }) => Properties.Release)).toEqual(['milvus-operator']);
  });
});

describe('EKS stacks of a fleet that comes and goes', () => {
  const scaled = (overrides: Parameters<typeof scalingPlan>[0]) =>
    templatesOf((scope) => eksStacks(scope, awsPlan({ scaling: scalingPlan(overrides) })));
  const chartsOf = (template: Template | undefined) =>
    Object.values(template?.findResources('Custom::AWSCDK-EKS-HelmChart') ?? {}) as {
      Properties: { Release: string; Values: string };
    }[];

  it('bring what adds and removes nodes, for this cluster alone', () => {
    const { Serving: serving } = scaled({});
    const [, chart] = chartsOf(serving);
    expect(chart?.Properties.Release).toBe('cluster-autoscaler');
    expect(JSON.parse(chart?.Properties.Values ?? '{}')).toMatchObject({
      autoDiscovery: { clusterName: 'support-eks' },
      extraArgs: { 'scale-down-unneeded-time': '120s' },
    });
    const moves = Object.values(serving?.findResources('AWS::IAM::ManagedPolicy') ?? {}).flatMap(
      ({ Properties }) =>
        JSON.stringify(Properties).includes('SetDesiredCapacity') ? [JSON.stringify(Properties)] : [],
    );
    expect(moves).toHaveLength(1);
    expect(moves[0]).toContain('"aws:ResourceTag/k8s.io/cluster-autoscaler/support-eks":"owned"');
    expect(objectsOf(serving)).toContain('HorizontalPodAutoscaler/model-server');
  });

  it('run replicas by the clock where the plan has a schedule', () => {
    const { Serving: serving } = scaled({ policy: 'scheduled', schedule: OFFICE_HOURS });
    expect(chartsOf(serving).map(({ Properties }) => Properties.Release)).toEqual([
      'nvidia-device-plugin',
      'cluster-autoscaler',
      'keda',
    ]);
    expect(objectsOf(serving)).toContain('ScaledObject/model-server');
    expect(objectsOf(serving)).not.toContain('HorizontalPodAutoscaler/model-server');
  });

  it('bring neither where all nodes stand', () => {
    const { Serving: serving } = templatesOf((scope) => eksStacks(scope, awsPlan()));
    expect(chartsOf(serving).map(({ Properties }) => Properties.Release)).toEqual(['nvidia-device-plugin']);
  });
});

describe('stacks of what AWS runs', () => {
  it.each([
    ['a managed model', bedrockStacks, bedrockPlan()],
    ['an endpoint', sagemakerStacks, sagemakerPlan()],
  ] as const)('bring no network that nothing stands in: %s', (_, build, plan) => {
    expect(Object.keys(templatesOf((scope) => build(scope, plan)))).toEqual(['Serving']);
  });

  it.each([
    ['s3-vectors', ['Retrieval', 'Serving']],
    ['aurora-pgvector', ['Network', 'Retrieval', 'Serving']],
  ])('bring the network that a store needs: %s', (store, ids) => {
    const plan = bedrockPlan({ retrieval: retrieval(store) });
    expect(Object.keys(templatesOf((scope) => bedrockStacks(scope, plan))).toSorted()).toEqual(ids);
  });

  it('put an endpoint into a network that leads to its weights', () => {
    const network = { ...sagemakerPlan().network, natGateways: 1 };
    const templates = templatesOf((scope) => sagemakerStacks(scope, sagemakerPlan({ network })));
    expect(Object.keys(templates).toSorted()).toEqual(['Network', 'Serving']);
  });
});

describe('every AWS stack', () => {
  it('carries the tags of its environment, refuses deletion, and names no account', () => {
    const app = new App();
    eksStacks(app, awsPlan());
    const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
    expect(stacks.map(({ stackName }) => stackName)).toEqual([
      'support-eks-network',
      'support-eks-cluster',
      'support-eks-serving',
    ]);
    expect(stacks.every(({ terminationProtection }) => terminationProtection)).toBe(true);
    const artifacts = app.synth().stacks;
    expect(artifacts.map(({ tags }) => tags['landfall:option'])).toEqual(['eks', 'eks', 'eks']);
    expect(artifacts.map(({ environment }) => environment.account)).toEqual(
      artifacts.map(() => 'unknown-account'),
    );
  });
});
