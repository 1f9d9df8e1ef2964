import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { InferenceEndpoint } from '#constructs/aws/inference-endpoint';
import { triton } from '#lib/engines/triton';
import { vllm } from '#lib/engines/vllm';
import type { NodePool, ScalingPlan, ServingPlan } from '#lib/plan/plan';
import { twoZones } from '../../_support/aws-network';
import { gpuPool, serving } from '../../_support/aws-plan';
import { propertiesOf, statementsOf } from '../../_support/properties';
import { OFFICE_HOURS, scalingPlan } from '../../_support/scaling-plan';
import { inStack } from '../../_support/template';
import { problemOf } from '../../_support/thrown';

interface Changes {
  readonly serving?: Partial<ServingPlan>;
  readonly pool?: Partial<NodePool>;
  readonly nodes?: readonly [min: number, desired: number, max: number];
  readonly region?: string;
  readonly inVpc?: boolean;
  readonly scaling?: ScalingPlan;
}

const AUTOSCALED = scalingPlan();

function endpoint({ nodes: [min, desired, max] = [2, 2, 4], ...changes }: Changes = {}): Template {
  return inStack((stack) => {
    new InferenceEndpoint(stack, 'Endpoint', {
      serving: { ...serving, ...changes.serving },
      pool: { ...gpuPool, shape: 'ml.p5.48xlarge', nodes: { min, desired, max }, ...changes.pool },
      region: changes.region ?? 'us-east-1',
      concurrency: 32,
      scaling: changes.scaling,
      ...(changes.inVpc === true ? { vpc: twoZones(stack) } : {}),
    });
  });
}

const SLOT = {
  weights: 'org/model',
  servedName: 'model',
  precision: 'bf16',
  kvPrecision: 'bf16',
  gpusPerPod: 1,
  tensorParallel: 1,
  pipelineParallel: 1,
  attentionData: 1,
  expertParallel: 1,
  contextTokens: 4096,
  maxSequences: 8,
} as const;

const container = (template: Template) =>
  propertiesOf(template, 'AWS::SageMaker::Model')['PrimaryContainer'] as {
    Environment: Record<string, string>;
    Image: object;
  };
const variant = (template: Template) =>
  (propertiesOf(template, 'AWS::SageMaker::EndpointConfig')['ProductionVariants'] as object[])[0];
const batch = (template: Template) =>
  propertiesOf(template, 'AWS::SageMaker::Endpoint')['DeploymentConfig'] as
    { RollingUpdatePolicy: { MaximumBatchSize: { Value: number } } } | undefined;

describe('InferenceEndpoint', () => {
  it('hands the planned flags to the image', () => {
    expect(container(endpoint()).Environment).toMatchObject({
      SM_VLLM_MODEL: 'meta-llama/Llama-3.1-70B-Instruct',
      SM_VLLM_TENSOR_PARALLEL_SIZE: '4',
      SM_VLLM_MAX_MODEL_LEN: '8192',
      SM_VLLM_ENABLE_PREFIX_CACHING: 'true',
    });
  });

  it('fills an instance with replicas', () => {
    expect(container(endpoint()).Environment['SM_VLLM_DATA_PARALLEL_SIZE']).toBe('2');
    expect(
      container(endpoint({ serving: { gpusPerReplica: 8 } })).Environment['SM_VLLM_DATA_PARALLEL_SIZE'],
    ).toBeUndefined();
  });

  it('pulls the image of the planned release from the account of the region', () => {
    const image = JSON.stringify(container(endpoint({ region: 'eu-south-1' })).Image);
    expect(image).toContain('692866216735.dkr.ecr.eu-south-1.');
    expect(image).toContain('/vllm:server-sagemaker-cuda-v2.2');
  });

  it('starts on a host whose driver is new enough for the image', () => {
    expect(variant(endpoint())).toMatchObject({
      InferenceAmiVersion: 'al2023-ami-sagemaker-inference-gpu-4-1',
    });
  });

  it('refuses an engine of which AWS has no such image', () => {
    const launch = triton.launch(SLOT, {});
    expect(problemOf(() => endpoint({ serving: { engine: 'triton', launch } }))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      at: 'Test/Endpoint',
      got: expect.stringContaining('triton'),
    });
  });

  it('refuses a release of which AWS has no image, rather than running another', () => {
    const launch = vllm.launch(SLOT, { imageTag: 'v0.25.1' });
    expect(problemOf(() => endpoint({ serving: { launch } }))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      got: 'engine vllm, vllm/vllm-openai:v0.25.1',
    });
  });

  it('refuses copies whose flag already counts the attention groups of one', () => {
    const launch = vllm.launch({ ...SLOT, gpusPerPod: 4, tensorParallel: 4, attentionData: 4 }, {});
    expect(problemOf(() => endpoint({ serving: { launch } }))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      got: '2 replicas to an instance, whose attention runs in groups',
    });
    const alone = container(endpoint({ serving: { launch, gpusPerReplica: 8 } })).Environment;
    expect(alone['SM_VLLM_DATA_PARALLEL_SIZE']).toBe('4');
  });

  it('refuses a replica that spans instances', () => {
    expect(problemOf(() => endpoint({ serving: { nodesPerReplica: 2 } }))).toMatchObject({
      code: 'NOT_SYNTHESIZABLE',
      got: 'a replica on 2 instances',
    });
  });

  it('runs as a role that may pull its one image and nothing else of that kind', () => {
    const pulls = statementsOf(endpoint()).filter(({ Action }) =>
      JSON.stringify(Action).includes('ecr:BatchGetImage'),
    );
    expect(pulls).toHaveLength(1);
    expect(JSON.stringify(pulls[0])).toContain(':repository/vllm');
  });

  it('runs as a role without a wildcard action', () => {
    const actions = statementsOf(endpoint({ inVpc: true })).flatMap(({ Action }) => Action as string[]);
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('may attach to a network only where it stands in one', () => {
    const attach = (template: Template) =>
      JSON.stringify(statementsOf(template)).includes('ec2:CreateNetworkInterface');
    expect(attach(endpoint())).toBe(false);
    expect(attach(endpoint({ inVpc: true }))).toBe(true);
  });

  it('stands in the private subnets of the network it is given', () => {
    const model = propertiesOf(endpoint({ inVpc: true }), 'AWS::SageMaker::Model');
    expect((model['VpcConfig'] as { Subnets: object[] }).Subnets).toHaveLength(2);
    expect(propertiesOf(endpoint(), 'AWS::SageMaker::Model')['VpcConfig']).toBeUndefined();
  });

  it.each([
    [2, 4, 1],
    [35, 37, 2],
    [60, 100, 5],
  ])('replaces a fleet of %i to %i instances in batches of %i, from 5 to 50 percent', (min, max, value) => {
    const update = batch(endpoint({ nodes: [min, min, max] }));
    expect(update?.RollingUpdatePolicy.MaximumBatchSize.Value).toBe(value);
    expect(value / max).toBeGreaterThanOrEqual(0.05);
    expect(value / min).toBeLessThanOrEqual(0.5);
  });

  it('replaces one instance at once, of which no batch could be half', () => {
    expect(batch(endpoint({ nodes: [1, 1, 1] }))).toBeUndefined();
  });

  it('scales on what all replicas of an instance run at once, and what may wait', () => {
    const policy = propertiesOf(
      endpoint({ scaling: AUTOSCALED }),
      'AWS::ApplicationAutoScaling::ScalingPolicy',
    );
    expect(policy['TargetTrackingScalingPolicyConfiguration']).toMatchObject({
      PredefinedMetricSpecification: {
        PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution',
      },
      TargetValue: (32 + 8) * 2,
      ScaleInCooldown: 900,
    });
  });

  it('scales between the planned bounds', () => {
    expect(
      propertiesOf(
        endpoint({ nodes: [2, 3, 6], scaling: AUTOSCALED }),
        'AWS::ApplicationAutoScaling::ScalableTarget',
      ),
    ).toMatchObject({ MinCapacity: 2, MaxCapacity: 6 });
  });

  it('changes its instances at the minutes of a schedule, by the clock of the users', () => {
    const target = propertiesOf(
      endpoint({
        nodes: [1, 3, 3],
        scaling: scalingPlan({ policy: 'scheduled', schedule: OFFICE_HOURS }),
      }),
      'AWS::ApplicationAutoScaling::ScalableTarget',
    );
    expect(target['ScheduledActions']).toEqual([
      {
        ScheduledActionName: 'mon-fri-0852',
        Schedule: 'cron(52 8 ? * MON,FRI *)',
        Timezone: 'Europe/Berlin',
        // Two replicas of four GPUs on an instance.
        ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 3 },
      },
      {
        ScheduledActionName: 'mon-fri-1700',
        Schedule: 'cron(0 17 ? * MON,FRI *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 1 },
      },
    ]);
  });

  describe('that may be at zero', () => {
    const atZero = (changes: Changes = {}) =>
      endpoint({
        nodes: [0, 2, 3],
        serving: { replicas: { min: 0, desired: 4, max: 6 } },
        scaling: scalingPlan({ policy: 'scale-to-zero' }),
        ...changes,
      });

    it('holds copies of the model, each with the accelerators of a replica', () => {
      const template = atZero();
      expect(propertiesOf(template, 'AWS::SageMaker::InferenceComponent')).toMatchObject({
        VariantName: 'AllTraffic',
        Specification: { ComputeResourceRequirements: { NumberOfAcceleratorDevicesRequired: 4 } },
      });
      expect(container(template).Environment['SM_VLLM_DATA_PARALLEL_SIZE']).toBeUndefined();
    });

    it('has no instance of its own, and a role and a network where copies look for them', () => {
      const template = atZero({ inVpc: true });
      expect(variant(template)).toMatchObject({
        ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 0, MaxInstanceCount: 3 },
      });
      expect(variant(template)).not.toHaveProperty('ModelName');
      const configuration = propertiesOf(template, 'AWS::SageMaker::EndpointConfig');
      expect(configuration['ExecutionRoleArn']).toBeDefined();
      expect((configuration['VpcConfig'] as { Subnets: object[] }).Subnets).toHaveLength(2);
      expect(propertiesOf(template, 'AWS::SageMaker::Model')['VpcConfig']).toBeUndefined();
    });

    it('counts copies from none to the most planned', () => {
      expect(propertiesOf(atZero(), 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({
        ScalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
        MinCapacity: 0,
        MaxCapacity: 6,
      });
    });

    it('is woken by a request that finds no copy, which target tracking cannot do', () => {
      const template = atZero();
      const policies = Object.entries(
        template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'),
      ) as [string, { Properties: Record<string, object | string> }][];
      const [wake] = policies.find(([, { Properties }]) => Properties['PolicyType'] === 'StepScaling') ?? [];
      const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as {
        Properties: Record<string, unknown>;
      }[];
      const alarm = alarms.find(
        ({ Properties }) => Properties['MetricName'] === 'NoCapacityInvocationFailures',
      );
      expect(policies).toHaveLength(2);
      expect(alarm?.Properties['AlarmActions']).toEqual([{ Ref: wake }]);
      const { ResourceId: id } = propertiesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
      const { InferenceComponentName: name } = propertiesOf(template, 'AWS::SageMaker::InferenceComponent');
      expect(id).toBe(`inference-component/${String(name)}`);
      expect(JSON.stringify(alarm?.Properties['Dimensions'])).toContain(String(name));
    });
  });

  it('does not scale where the plan says nothing of it', () => {
    const template = endpoint({ nodes: [2, 2, 2] });
    expect(template.findResources('AWS::ApplicationAutoScaling::ScalableTarget')).toEqual({});
  });

  it('encrypts volumes with its key where the instance has no disks of its own', () => {
    const keyOf = (template: Template) =>
      propertiesOf(template, 'AWS::SageMaker::EndpointConfig')['KmsKeyId'];
    expect(keyOf(endpoint({ pool: { localDiskGb: 0 } }))).toBeDefined();
    expect(keyOf(endpoint({ pool: { localDiskGb: 30_000 } }))).toBeUndefined();
  });

  it('waits for the planned start, and at most the hour that SageMaker allows', () => {
    const timeout = 'ContainerStartupHealthCheckTimeoutInSeconds';
    expect(variant(endpoint({ serving: { startupBudgetSeconds: 1200 } }))).toMatchObject({ [timeout]: 1200 });
    expect(variant(endpoint({ serving: { startupBudgetSeconds: 9000 } }))).toMatchObject({ [timeout]: 3600 });
  });
});
