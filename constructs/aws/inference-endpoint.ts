import {
  Aws,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  type aws_iam as iam,
  aws_kms as kms,
  aws_cloudwatch_actions as actions,
  aws_sagemaker as sagemaker,
  type aws_sns as sns,
  Duration,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge, allControls } from '#constructs/aws/acknowledged';
import { alarmTopic } from '#constructs/aws/alarm-topic';
import { ENDPOINT_SCALING, VARIANT } from '#constructs/aws/endpoint-scaling';
import { startupSeconds } from '#constructs/aws/inference-copies';
import { inferenceRole } from '#constructs/aws/inference-role';
import { privateSubnets } from '#constructs/aws/network';
import { imageAccount, launchOnSagemaker } from '#constructs/aws/sagemaker-launch';
import { LandfallError } from '#lib/errors/landfall-error';
import type { NodePool, ScalingPlan, ServingPlan } from '#lib/plan/plan';

const SMALLEST_BATCH_SHARE = 0.05;

export interface InferenceEndpointProps {
  readonly serving: ServingPlan;
  readonly pool: NodePool;
  /** Network of the container, with a way out to its weights. @default - a network that SageMaker runs */
  readonly vpc?: ec2.IVpc | undefined;
  readonly region: string;
  /** Requests that one replica runs at once, as sized. */
  readonly concurrency: number;
  /** Who is told of failing requests. @default - a topic of the endpoint's own, encrypted with its key */
  readonly alarms?: sns.ITopic | undefined;
  /** How instances come and go. @default - they all stand */
  readonly scaling?: ScalingPlan | undefined;
}

/** A real-time endpoint: one container with the model server on every instance. */
export class InferenceEndpoint extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: sagemaker.CfnEndpoint;
  public readonly model: sagemaker.CfnModel;
  public readonly configuration: sagemaker.CfnEndpointConfig;
  /** Who subscribes is told of failing requests. */
  public readonly alarms: sns.ITopic;
  private readonly network: sagemaker.CfnModel.VpcConfigProperty | undefined;

  public constructor(scope: Construct, id: string, props: InferenceEndpointProps) {
    super(scope, id);
    const key = new kms.Key(this, 'VolumeKey', {
      description: 'Volumes and alarms of the endpoint',
      enableKeyRotation: true,
    });
    const role = this.role(props);
    this.network = props.vpc === undefined ? undefined : this.placement(props.vpc);
    this.model = this.container(props, role);
    this.configuration = this.instances(props, key, role);
    this.resource = new sagemaker.CfnEndpoint(this, 'Resource', {
      endpointConfigName: this.configuration.attrEndpointConfigName,
      ...rollingUpdate(props.pool),
    });
    this.alarms = props.alarms ?? alarmTopic(this, 'Alarms', key);
    this.errorsAlarm();
    const { scaling, serving, pool, concurrency } = props;
    if (scaling !== undefined) {
      const { model } = this;
      ENDPOINT_SCALING[scaling.policy](this, this.resource, { serving, pool, concurrency, scaling, model });
    }
  }

  private container(props: InferenceEndpointProps, role: iam.IRole): sagemaker.CfnModel {
    const { serving, pool, region } = props;
    const { image, environment, copiesVariable } = launchOnSagemaker(serving, this.node.path);
    // Copies that come and go by themselves have a container each.
    const copies = mayBeNone(pool) ? 1 : copiesPerInstance(serving, pool);
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: role.roleArn,
      primaryContainer: {
        image: `${imageAccount(region, this.node.path)}.dkr.ecr.${region}.${Aws.URL_SUFFIX}/${image.repository}:${image.tag}`,
        environment: { ...environment, ...(copies > 1 ? { [copiesVariable]: String(copies) } : {}) },
      },
      ...(this.network === undefined || mayBeNone(pool) ? {} : { vpcConfig: this.network }),
    });
    model.node.addDependency(role);
    return model;
  }

  private role({ serving, region, vpc }: InferenceEndpointProps): iam.IRole {
    const { image } = launchOnSagemaker(serving, this.node.path);
    const account = imageAccount(region, this.node.path);
    return inferenceRole(this, 'Role', {
      region,
      imageRepositoryArn: `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${image.repository}`,
      joinsVpc: vpc !== undefined,
    });
  }

  private placement(vpc: ec2.IVpc): sagemaker.CfnModel.VpcConfigProperty {
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Model server of the endpoint: nothing in, HTTPS out for weights',
      allowAllOutbound: false,
    });
    securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'Weights, logs and metrics');
    return {
      subnets: privateSubnets(vpc).map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
    };
  }

  private instances(
    { serving, pool }: InferenceEndpointProps,
    key: kms.IKey,
    role: iam.IRole,
  ): sagemaker.CfnEndpointConfig {
    const configuration = new sagemaker.CfnEndpointConfig(this, 'Configuration', {
      // Instances with local NVMe refuse a key for their volume; their disks are encrypted by the hardware.
      ...(pool.localDiskGb > 0 ? {} : { kmsKeyId: key.keyArn }),
      productionVariants: [
        {
          variantName: VARIANT,
          instanceType: pool.shape.startsWith('ml.') ? pool.shape : `ml.${pool.shape}`,
          inferenceAmiVersion: launchOnSagemaker(serving, this.node.path).hostImage,
          routingConfig: { routingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
          ...(pool.localDiskGb > 0 ? {} : { volumeSizeInGb: pool.rootDiskGib }),
          ...(mayBeNone(pool)
            ? instancesOfCopies(pool)
            : {
                modelName: this.model.attrModelName,
                initialInstanceCount: pool.nodes.desired,
                initialVariantWeight: 1,
                containerStartupHealthCheckTimeoutInSeconds: startupSeconds(serving),
              }),
        },
      ],
      ...(mayBeNone(pool)
        ? {
            executionRoleArn: role.roleArn,
            ...(this.network === undefined ? {} : { vpcConfig: this.network }),
          }
        : {}),
    });
    if (pool.localDiskGb > 0) {
      acknowledge(
        configuration,
        allControls('SageMakerEndpointConfigurationKMSKeyConfigured'),
        `${pool.shape} keeps its data on local NVMe, which its hardware encrypts: SageMaker refuses a key for it`,
      );
    }
    if (mayBeNone(pool)) configuration.node.addDependency(role);
    return configuration;
  }

  private errorsAlarm(): void {
    const alarm = new cloudwatch.Alarm(this, 'Errors', {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/SageMaker',
        metricName: 'Invocation5XXErrors',
        dimensionsMap: { EndpointName: this.resource.attrEndpointName, VariantName: VARIANT },
        statistic: 'Average',
        period: Duration.minutes(1),
      }),
      alarmDescription: 'More than one request in twenty fails',
      threshold: 0.05,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new actions.SnsAction(this.alarms));
  }
}

/** An endpoint that may have no instance holds copies of the model, which bring instances with them. */
function mayBeNone({ nodes }: NodePool): boolean {
  return nodes.min === 0;
}

function instancesOfCopies({
  nodes,
}: NodePool): Partial<sagemaker.CfnEndpointConfig.ProductionVariantProperty> {
  return {
    initialInstanceCount: 1,
    managedInstanceScaling: { status: 'ENABLED', minInstanceCount: nodes.min, maxInstanceCount: nodes.max },
  };
}

/**
 * Instance by instance, because a whole second fleet of GPUs is seldom free. A batch must be 5 to 50 % of the fleet,
 * so that one instance alone is replaced at once.
 */
function rollingUpdate({ nodes }: NodePool): Pick<sagemaker.CfnEndpointProps, 'deploymentConfig'> {
  if (nodes.min < 2) return {};
  const batch = Math.max(1, Math.ceil(nodes.max * SMALLEST_BATCH_SHARE));
  return {
    deploymentConfig: {
      rollingUpdatePolicy: {
        maximumBatchSize: { type: 'INSTANCE_COUNT', value: Math.min(batch, Math.floor(nodes.min / 2)) },
        waitIntervalInSeconds: 300,
      },
    },
  };
}

/**
 * Replicas that fit one instance.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where one replica spans instances, prompts have a fleet of their own, or
 * copies would take the flag that counts attention groups
 */
export function copiesPerInstance(serving: ServingPlan, pool: NodePool): number {
  if (serving.nodesPerReplica > 1) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `nodePools.${pool.id}`,
      got: `a replica on ${serving.nodesPerReplica} instances`,
      expected: 'a replica that fits one instance of the endpoint',
      fix: 'choose a smaller weight format or an instance with more GPU memory',
    });
  }
  if (serving.promptReplicas !== undefined) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `nodePools.${pool.id}`,
      got: `a fleet for prompts and one for answers`,
      expected: 'one fleet: an endpoint has one container to a model and no router between two',
      fix: 'leave out `serving.disaggregation`, or choose target aws-eks',
    });
  }
  const copies = Math.max(1, Math.floor(pool.gpusPerNode / serving.gpusPerReplica));
  const { sagemaker: launch } = serving.launch;
  if (copies > 1 && launch !== undefined && launch.environment[launch.copiesVariable] !== undefined) {
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: `nodePools.${pool.id}`,
      got: `${copies} replicas to an instance, whose attention runs in groups`,
      expected: 'one replica to an instance: one flag of the engine counts groups or replicas',
      fix: 'plan for target aws-sagemaker, which lays out no such replica',
    });
  }
  return copies;
}
