import {
  aws_applicationautoscaling as scaling,
  aws_cloudwatch as cloudwatch,
  aws_sagemaker as sagemaker,
  Fn,
  Names,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { NodePool, ScalingPlan, ServingPlan } from '#lib/plan/plan';

/** Host memory that a copy reserves, in MB. A reservation and no cap; much more is refused on small instances. */
const RESERVED_MEMORY_MB = 1024;
const LONGEST_NAME = 63;
/** A wake-up that was asked for is on its way. */
const WAKE_COOLDOWN_SECONDS = 60;

export interface InferenceCopiesProps {
  readonly endpoint: sagemaker.CfnEndpoint;
  readonly variant: string;
  readonly model: sagemaker.CfnModel;
  readonly serving: ServingPlan;
  readonly pool: NodePool;
  readonly scaling: ScalingPlan;
  /** Requests that one replica runs at once, as sized. */
  readonly concurrency: number;
}

/**
 * Copies of a model on an endpoint that may have none: an inference component. SageMaker starts and ends instances as
 * the copies need them. Callers name the component beside the endpoint, and get an error while no copy runs.
 */
export class InferenceCopies extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: sagemaker.CfnInferenceComponent;

  public constructor(scope: Construct, id: string, props: InferenceCopiesProps) {
    super(scope, id);
    const { endpoint, variant, model, serving } = props;
    // Scaling addresses it by name, and no attribute has that.
    const name = Names.uniqueResourceName(this, { maxLength: LONGEST_NAME, separator: '-' });
    this.resource = new sagemaker.CfnInferenceComponent(this, 'Resource', {
      inferenceComponentName: name,
      endpointName: endpoint.attrEndpointName,
      variantName: variant,
      specification: {
        modelName: model.attrModelName,
        computeResourceRequirements: {
          numberOfAcceleratorDevicesRequired: serving.gpusPerReplica,
          minMemoryRequiredInMb: RESERVED_MEMORY_MB,
        },
        startupParameters: { containerStartupHealthCheckTimeoutInSeconds: startupSeconds(serving) },
      },
      runtimeConfig: { copyCount: 1 },
    });
    const target = this.copyCount(name, props);
    this.followLoad(target, props);
    this.wake(target, name);
  }

  private copyCount(name: string, { serving }: InferenceCopiesProps): scaling.CfnScalableTarget {
    const target = new scaling.CfnScalableTarget(this, 'Scaling', {
      serviceNamespace: 'sagemaker',
      scalableDimension: 'sagemaker:inference-component:DesiredCopyCount',
      resourceId: Fn.join('/', ['inference-component', name]),
      minCapacity: serving.replicas.min,
      maxCapacity: serving.replicas.max,
    });
    target.node.addDependency(this.resource);
    return target;
  }

  private followLoad(
    target: scaling.CfnScalableTarget,
    { serving, scaling: plan, concurrency }: InferenceCopiesProps,
  ): void {
    new scaling.CfnScalingPolicy(this, 'ScalingPolicy', {
      policyName: 'requests-in-flight',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: 'SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution',
        },
        targetValue: concurrency + serving.scaleAtWaiting,
        scaleOutCooldown: WAKE_COOLDOWN_SECONDS,
        scaleInCooldown: plan.cooldownSeconds,
      },
    });
  }

  /** Target tracking divides by the copies and cannot leave zero: a request that finds none adds the first. */
  private wake(target: scaling.CfnScalableTarget, name: string): void {
    const policy = new scaling.CfnScalingPolicy(this, 'WakePolicy', {
      policyName: 'wake',
      policyType: 'StepScaling',
      scalingTargetId: target.ref,
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        metricAggregationType: 'Maximum',
        cooldown: WAKE_COOLDOWN_SECONDS,
        stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 1 }],
      },
    });
    new cloudwatch.CfnAlarm(this, 'WakeAlarm', {
      alarmDescription: 'A request found no copy of the model',
      namespace: 'AWS/SageMaker',
      metricName: 'NoCapacityInvocationFailures',
      dimensions: [{ name: 'InferenceComponentName', value: name }],
      statistic: 'Sum',
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: [policy.ref],
    });
  }
}

/** SageMaker ends a container's start after an hour at the latest, in seconds. */
const LONGEST_STARTUP_SECONDS = 3600;

export function startupSeconds({ startupBudgetSeconds }: Pick<ServingPlan, 'startupBudgetSeconds'>): number {
  return Math.min(startupBudgetSeconds, LONGEST_STARTUP_SECONDS);
}
