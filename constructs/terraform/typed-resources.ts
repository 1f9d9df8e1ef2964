import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { DeploymentV1, type DeploymentV1Config } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2Config,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import {
  NetworkPolicyV1,
  type NetworkPolicyV1Config,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import {
  PersistentVolumeClaimV1,
  type PersistentVolumeClaimV1Config,
} from '@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1';
import {
  PodDisruptionBudgetV1,
  type PodDisruptionBudgetV1Config,
} from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { ServiceV1, type ServiceV1Config } from '@cdktf/provider-kubernetes/lib/service-v1';
import { StatefulSetV1, type StatefulSetV1Config } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { Arguments, Fields } from '#constructs/terraform/shape';
import * as shapes from '#constructs/terraform/shapes/objects';

interface Typed {
  readonly fields: Fields;
  /** `toArguments` has checked every name against `fields`; the cast says what it cannot. */
  create(scope: Construct, id: string, args: Arguments): TerraformResource;
}

/** Kinds that have a typed resource, by `apiVersion/kind`. All others go out as manifests. */
export const TYPED: Readonly<Record<string, Typed>> = {
  'v1/Namespace': {
    fields: shapes.NAMESPACE,
    create: (scope, id, args) => new NamespaceV1(scope, id, args),
  },
  'v1/ServiceAccount': {
    fields: shapes.SERVICE_ACCOUNT,
    create: (scope, id, args) => new ServiceAccountV1(scope, id, args),
  },
  'v1/ConfigMap': {
    fields: shapes.CONFIG_MAP,
    create: (scope, id, args) => new ConfigMapV1(scope, id, args),
  },
  'v1/PersistentVolumeClaim': {
    fields: shapes.CLAIM,
    // A claim may wait for its first pod, which comes later in the same apply.
    create: (scope, id, args) =>
      new PersistentVolumeClaimV1(scope, id, {
        ...args,
        waitUntilBound: false,
      } as PersistentVolumeClaimV1Config),
  },
  'v1/Service': {
    fields: shapes.SERVICE,
    create: (scope, id, args) => new ServiceV1(scope, id, args as ServiceV1Config),
  },
  'apps/v1/Deployment': {
    fields: shapes.DEPLOYMENT,
    // Loading weights outlasts the provider's patience; readiness is the cluster's to report.
    create: (scope, id, args) =>
      new DeploymentV1(scope, id, { ...args, waitForRollout: false } as DeploymentV1Config),
  },
  'apps/v1/StatefulSet': {
    fields: shapes.STATEFUL_SET,
    create: (scope, id, args) =>
      new StatefulSetV1(scope, id, { ...args, waitForRollout: false } as StatefulSetV1Config),
  },
  'networking.k8s.io/v1/NetworkPolicy': {
    fields: shapes.NETWORK_POLICY,
    create: (scope, id, args) => new NetworkPolicyV1(scope, id, args as NetworkPolicyV1Config),
  },
  'policy/v1/PodDisruptionBudget': {
    fields: shapes.DISRUPTION_BUDGET,
    create: (scope, id, args) => new PodDisruptionBudgetV1(scope, id, args as PodDisruptionBudgetV1Config),
  },
  'autoscaling/v2/HorizontalPodAutoscaler': {
    fields: shapes.AUTOSCALER,
    create: (scope, id, args) =>
      new HorizontalPodAutoscalerV2(scope, id, args as HorizontalPodAutoscalerV2Config),
  },
};
