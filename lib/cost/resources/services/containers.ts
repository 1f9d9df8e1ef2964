import {
  aws,
  components,
  free,
  standing,
  stated,
  unpriced,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { SECONDS_FROM_A_MINUTE } from '#lib/cost/resources/billed-time';
import {
  listAt,
  needed,
  numberAt,
  resourceAt,
  shownWord,
  textAt,
  valueAt,
  within,
} from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';
import { instances } from '#lib/cost/resources/services/ec2';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** Units of CPU in a vCPU, and MB in a GB, as task definitions count them. */
const CPU_UNITS = 1024;
const MB_PER_GB = 1024;

type FargateMeter = 'vCPU' | 'memory' | 'ephemeral storage';

const fargate = (sku: FargateMeter, context: PricingContext, suffix = '') =>
  aws('eks-fargate', `${sku}${suffix}`, sku === 'vCPU' ? 'vCPU-hour' : 'GB-hour', context);

/** GB of a task's own disk that its price includes (AWS Fargate pricing). */
const INCLUDED_DISK_GB = 20;

/** A service keeps as many tasks as it wants; on instances it costs nothing of its own. */
const service: ResourcePricing = {
  types: ['AWS::ECS::Service', 'aws_ecs_service'],
  cost: (resource, context) => {
    const strategies = listAt(resource, 'CapacityProviderStrategy').map((each) => within(resource, each));
    const providers = strategies.map((each) => textAt(each, 'CapacityProvider') ?? '');
    const isFargate =
      textAt(resource, 'LaunchType') === 'FARGATE' || providers.some((name) => name.startsWith('FARGATE'));
    if (!isFargate) return free('its tasks run on instances that are billed');
    const task = resourceAt(resource, 'TaskDefinition', context);
    const cpu = task === undefined ? undefined : numberAt(task, 'Cpu');
    const memory = task === undefined ? undefined : numberAt(task, 'Memory');
    if (cpu === undefined || memory === undefined) {
      return components(
        used('cpu', 'Fargate vCPU', fargate('vCPU', context), 'compute'),
        used('memory', 'Fargate memory', fargate('memory', context), 'compute'),
      );
    }
    const count = numberAt(resource, 'DesiredCount') ?? 1;
    const [vcpus, gigabytes] = [cpu / CPU_UNITS, memory / MB_PER_GB];
    const platform = task === undefined ? undefined : textAt(task, 'RuntimePlatform.CpuArchitecture');
    const arm = platform === 'ARM64' ? ' ARM' : '';
    const size = task?.format === 'terraform' ? 'SizeInGib' : 'SizeInGiB';
    const disk = task === undefined ? 0 : (numberAt(task, `EphemeralStorage.${size}`) ?? 0);
    const each = (key: string, label: string, sku: FargateMeter, amount: number, suffix = ''): Component =>
      stated(
        key,
        label,
        fargate(sku, context, suffix),
        'compute',
        count * amount * context.hours,
        `${count} tasks × ${amount} × ${context.hours} h`,
      );
    return components(
      each('cpu', `Fargate vCPU${arm}`, 'vCPU', vcpus, arm),
      each('memory', `Fargate memory${arm}`, 'memory', gigabytes, arm),
      disk > INCLUDED_DISK_GB
        ? each('disk', 'Fargate disk above 20 GB', 'ephemeral storage', disk - INCLUDED_DISK_GB)
        : null,
    );
  },
};

/** A task that no service keeps runs when somebody starts it; a service that keeps it is billed for it. */
const task: ResourcePricing = {
  types: ['AWS::ECS::TaskDefinition', 'aws_ecs_task_definition'],
  cost: () => free('a definition; the services and runs of it are billed'),
};

const fargateProfile = byUse(
  ['AWS::EKS::FargateProfile', 'aws_eks_fargate_profile'],
  'eks-fargate',
  'compute',
  [
    ['cpu', 'Fargate vCPU', 'vCPU', 'vCPU-hour'],
    ['memory', 'Fargate memory', 'memory', 'GB-hour'],
  ],
);

const appRunner: ResourcePricing = {
  types: ['AWS::AppRunner::Service', 'aws_apprunner_service'],
  cost: (_, context) =>
    components(
      used('cpu', 'active vCPU', aws('apprunner', 'vCPU', 'vCPU-hour', context), 'compute'),
      used('memory', 'memory', aws('apprunner', 'memory', 'GB-hour', context), 'compute'),
    ),
};

/** Jobs bring their instances: what an hour costs is known by the type, how long they run is not. */
function jobInstances(resource: ReadResource, block: string, context: PricingContext) {
  const types = listAt(resource, `${block}.InstanceTypes`).filter((each) => typeof each === 'string');
  const least = numberAt(resource, `${block}.MinvCpus`) ?? 0;
  const isSpot = (textAt(resource, `${block}.Type`) ?? '').includes('SPOT');
  const [type] = types;
  if (type === undefined || !type.includes('.') || type === 'optimal') {
    return unpriced('the jobs decide which instances it starts');
  }
  const { price, label } = instances(
    shownWord(type, 'InstanceTypes'),
    1,
    context,
    isSpot ? 'spot' : 'on-demand',
  );
  const line = used('instances', `${label}, while jobs run`, price, 'compute', {
    unitsPerSecond: 1 / 3600,
    time: SECONDS_FROM_A_MINUTE,
  });
  return components({ ...line, isFloor: least > 0 });
}

const batch: ResourcePricing = {
  types: ['AWS::Batch::ComputeEnvironment', 'aws_batch_compute_environment'],
  cost: (resource, context) => {
    const block = 'ComputeResources';
    const kind = textAt(resource, `${block}.Type`) ?? '';
    if (kind.startsWith('FARGATE')) {
      return components(
        used('cpu', 'Fargate vCPU of jobs', fargate('vCPU', context), 'compute'),
        used('memory', 'Fargate memory of jobs', fargate('memory', context), 'compute'),
      );
    }
    if (valueAt(resource, block) === undefined)
      return free('jobs run on instances that are billed elsewhere');
    return jobInstances(resource, block, context);
  },
};

const pcsCluster: ResourcePricing = {
  types: ['AWS::PCS::Cluster', 'awscc_pcs_cluster'],
  cost: (resource, context) => {
    const size = (textAt(resource, 'Size') ?? 'SMALL').toLowerCase();
    const price = aws('pcs', `Controller ${size}`, 'hour', context);
    return components(standing('controller', `Slurm controller, ${size}`, price, 'compute', context));
  },
};

const pcsNodes: ResourcePricing = {
  types: ['AWS::PCS::ComputeNodeGroup', 'awscc_pcs_compute_node_group'],
  cost: (resource, context) => {
    const config = within(resource, listAt(resource, 'InstanceConfigs')[0]);
    const type = needed(textAt(config, 'InstanceType'), 'InstanceConfigs.0.InstanceType');
    const least = numberAt(resource, 'ScalingConfiguration.MinInstanceCount') ?? 0;
    const isSpot = textAt(resource, 'PurchaseOption') === 'SPOT';
    const { price, label, ...rest } = instances(type, least, context, isSpot ? 'spot' : 'on-demand');
    if (least > 0) return components({ ...rest, price, label, isFloor: true });
    return components(
      used('instances', `${label}, while jobs run`, price, 'compute', {
        unitsPerSecond: 1 / 3600,
        time: SECONDS_FROM_A_MINUTE,
      }),
    );
  },
};

const definitions = freeOf('a definition; what runs by it is billed where it runs', [
  'AWS::AppRunner::AutoScalingConfiguration',
  'AWS::AppRunner::ObservabilityConfiguration',
  'AWS::AppRunner::VpcConnector',
  'AWS::AppRunner::VpcIngressConnection',
  'AWS::Batch::ConsumableResource',
  'AWS::Batch::JobDefinition',
  'AWS::Batch::JobQueue',
  'AWS::Batch::SchedulingPolicy',
  'AWS::Batch::ServiceEnvironment',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::Cluster',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::ECS::PrimaryTaskSet',
  'AWS::PCS::Queue',
  'aws_apprunner_auto_scaling_configuration_version',
  'aws_apprunner_vpc_connector',
  'aws_batch_job_definition',
  'aws_batch_job_queue',
  'aws_batch_scheduling_policy',
  'aws_ecs_capacity_provider',
  'aws_ecs_cluster',
  'aws_ecs_cluster_capacity_providers',
  'awscc_pcs_queue',
]);

export const containers: readonly ResourcePricing[] = [
  service,
  task,
  fargateProfile,
  appRunner,
  batch,
  pcsCluster,
  pcsNodes,
  definitions,
];
