import { aws_applicationautoscaling as scaling, type aws_sagemaker as sagemaker, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InferenceCopies } from '#constructs/aws/inference-copies';
import type { ScheduleStep } from '#lib/plan/scaling/schedule';
import type { NodePool, ScalingPlan, ServingPlan } from '#lib/plan/plan';

export const VARIANT = 'AllTraffic';

/** The service lets a policy wait for so long at most before it adds again. */
const LONGEST_SCALE_OUT_SECONDS = 900;

export interface EndpointScalingProps {
  readonly serving: ServingPlan;
  readonly pool: NodePool;
  readonly concurrency: number;
  readonly scaling: ScalingPlan;
  readonly model: sagemaker.CfnModel;
}

type Scaler = (scope: Construct, endpoint: sagemaker.CfnEndpoint, props: EndpointScalingProps) => void;

/** How each policy is written; one without a row does not compile. */
export const ENDPOINT_SCALING: Readonly<Record<ScalingPlan['policy'], Scaler>> = {
  autoscaled: followLoad,
  scheduled: followSchedule,
  'scale-to-zero': (scope, endpoint, props) => {
    new InferenceCopies(scope, 'Copies', { ...props, endpoint, variant: VARIANT });
  },
};

/** Instances follow the requests in flight: what runs at the objective, and the queue the plan allows. */
function followLoad(
  scope: Construct,
  endpoint: sagemaker.CfnEndpoint,
  { serving, pool, concurrency, scaling: plan }: EndpointScalingProps,
): void {
  const target = instanceCount(scope, endpoint, pool);
  new scaling.CfnScalingPolicy(scope, 'ScalingPolicy', {
    policyName: 'requests-in-flight',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: {
        predefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution',
      },
      targetValue: (concurrency + serving.scaleAtWaiting) * copiesPerInstance(serving, pool),
      scaleOutCooldown: Math.min(serving.startupBudgetSeconds, LONGEST_SCALE_OUT_SECONDS),
      scaleInCooldown: plan.cooldownSeconds,
    },
  });
}

/** Instances of each moment of the week; the bounds meet, so that nothing else moves them. */
function followSchedule(
  scope: Construct,
  endpoint: sagemaker.CfnEndpoint,
  { serving, pool, scaling: { schedule } }: EndpointScalingProps,
): void {
  const copies = copiesPerInstance(serving, pool);
  instanceCount(
    scope,
    endpoint,
    pool,
    schedule?.steps.map((step): scaling.CfnScalableTarget.ScheduledActionProperty => {
      const instances = Math.ceil(step.replicas / copies);
      return {
        scheduledActionName: `${step.days.join('-')}-${step.at.replace(':', '')}`,
        schedule: cron(step),
        timezone: schedule.timezone,
        scalableTargetAction: { minCapacity: instances, maxCapacity: instances },
      };
    }),
  );
}

function instanceCount(
  scope: Construct,
  endpoint: sagemaker.CfnEndpoint,
  pool: NodePool,
  scheduledActions?: scaling.CfnScalableTarget.ScheduledActionProperty[],
): scaling.CfnScalableTarget {
  return new scaling.CfnScalableTarget(scope, 'Scaling', {
    serviceNamespace: 'sagemaker',
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    resourceId: Fn.join('/', ['endpoint', endpoint.attrEndpointName, 'variant', VARIANT]),
    minCapacity: pool.nodes.min,
    maxCapacity: pool.nodes.max,
    ...(scheduledActions === undefined ? {} : { scheduledActions }),
  });
}

/** `cron(52 8 ? * MON,TUE *)`: minutes, hours, any day of the month, every month, days, every year. */
function cron({ at, days }: ScheduleStep): string {
  const [hour, minute] = at.split(':').map(Number);
  return `cron(${minute ?? 0} ${hour ?? 0} ? * ${days.join(',').toUpperCase()} *)`;
}

function copiesPerInstance(serving: ServingPlan, pool: NodePool): number {
  return Math.max(1, Math.floor(pool.gpusPerNode / serving.gpusPerReplica));
}
