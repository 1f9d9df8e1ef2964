import {
  Aws,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_kms as kms,
  aws_sagemaker as sagemaker,
  Duration,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { scaleEndpoint, VARIANT } from '#constructs/aws/endpoint-scaling';
import { inferenceRole } from '#constructs/aws/inference-role';
import { privateSubnets } from '#constructs/aws/network';
import { imageAccount, launchOnSagemaker } from '#constructs/aws/sagemaker-launch';
import { LandfallError } from '#lib/errors/landfall-error';
import type { NodePool, ServingPlan } from '#lib/plan/plan';

/** SageMaker ends a container's start after an hour at the latest, in seconds. */
const LONGEST_STARTUP_SECONDS = 3600;
const SMALLEST_BATCH_SHARE = 0.05;

export interface InferenceEndpointProps {
  readonly serving: ServingPlan;
  readonly pool: NodePool;
  /** Network of the container, with a way out to its weights. @default - a network that SageMaker runs */
  readonly vpc?: ec2.IVpc | undefined;
  readonly region: string;
  /** Requests that one replica runs at once, as sized. */
  readonly concurrency: number;
}

/** A real-time endpoint: one container with the model server on every instance. */
export class InferenceEndpoint extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: sagemaker.CfnEndpoint;
  public readonly model: sagemaker.CfnModel;
  public readonly configuration: sagemaker.CfnEndpointConfig;

  public constructor(scope: Construct, id: string, props: InferenceEndpointProps) {
    super(scope, id);
    const key = new kms.Key(this, 'VolumeKey', {
      description: 'Volumes of the endpoint',
      enableKeyRotation: true,
    });
    this.model = this.container(props);
    this.configuration = this.instances(props, key);
    this.resource = new sagemaker.CfnEndpoint(this, 'Resource', {
      endpointConfigName: this.configuration.attrEndpointConfigName,
      ...rollingUpdate(props.pool),
    });
    this.errorsAlarm();
    if (props.pool.nodes.max > props.pool.nodes.min) scaleEndpoint(this, this.resource, props);
  }

  private container({ serving, pool, vpc, region }: InferenceEndpointProps): sagemaker.CfnModel {
    const { image, environment, copiesVariable } = launchOnSagemaker(serving, this.node.path);
    const account = imageAccount(region, this.node.path);
    const copies = copiesPerInstance(serving, pool);
    const role = inferenceRole(this, 'Role', {
      region,
      imageRepositoryArn: `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${image.repository}`,
      joinsVpc: vpc !== undefined,
    });
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: role.roleArn,
      primaryContainer: {
        image: `${account}.dkr.ecr.${region}.${Aws.URL_SUFFIX}/${image.repository}:${image.tag}`,
        environment: { ...environment, ...(copies > 1 ? { [copiesVariable]: String(copies) } : {}) },
      },
      ...(vpc === undefined ? {} : { vpcConfig: this.placement(vpc) }),
    });
    model.node.addDependency(role);
    return model;
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

  private instances({ serving, pool }: InferenceEndpointProps, key: kms.IKey): sagemaker.CfnEndpointConfig {
    return new sagemaker.CfnEndpointConfig(this, 'Configuration', {
      // Instances with local NVMe refuse a key for their volume; their disks are encrypted by the hardware.
      ...(pool.localDiskGb > 0 ? {} : { kmsKeyId: key.keyArn }),
      productionVariants: [
        {
          variantName: VARIANT,
          modelName: this.model.attrModelName,
          instanceType: pool.shape.startsWith('ml.') ? pool.shape : `ml.${pool.shape}`,
          initialInstanceCount: pool.nodes.desired,
          initialVariantWeight: 1,
          inferenceAmiVersion: launchOnSagemaker(serving, this.node.path).hostImage,
          containerStartupHealthCheckTimeoutInSeconds: Math.min(
            serving.startupBudgetSeconds,
            LONGEST_STARTUP_SECONDS,
          ),
          routingConfig: { routingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
          ...(pool.localDiskGb > 0 ? {} : { volumeSizeInGb: pool.rootDiskGib }),
        },
      ],
    });
  }

  private errorsAlarm(): void {
    new cloudwatch.Alarm(this, 'Errors', {
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
  }
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
 * @throws LandfallError NOT_SYNTHESIZABLE where one replica spans instances, or prompts have a fleet of their own
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
  return Math.max(1, Math.floor(pool.gpusPerNode / serving.gpusPerReplica));
}
