import { aws_applicationautoscaling as scaling, type aws_sagemaker as sagemaker, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NodePool, ServingPlan } from '#lib/plan/plan';

export const VARIANT = 'AllTraffic';

export interface EndpointScalingProps {
  readonly serving: ServingPlan;
  readonly pool: NodePool;
  readonly concurrency: number;
}

/** Instances follow the requests in flight: what runs at the objective, and the queue the plan allows. */
export function scaleEndpoint(
  scope: Construct,
  endpoint: sagemaker.CfnEndpoint,
  { serving, pool, concurrency }: EndpointScalingProps,
): void {
  const target = new scaling.CfnScalableTarget(scope, 'Scaling', {
    serviceNamespace: 'sagemaker',
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    resourceId: Fn.join('/', ['endpoint', endpoint.attrEndpointName, 'variant', VARIANT]),
    minCapacity: pool.nodes.min,
    maxCapacity: pool.nodes.max,
  });
  const copies = Math.max(1, Math.floor(pool.gpusPerNode / serving.gpusPerReplica));
  new scaling.CfnScalingPolicy(scope, 'ScalingPolicy', {
    policyName: 'requests-in-flight',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: {
        predefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution',
      },
      targetValue: (concurrency + serving.scaleAtWaiting) * copies,
      scaleOutCooldown: Math.min(serving.startupBudgetSeconds, 900),
      scaleInCooldown: 900,
    },
  });
}
