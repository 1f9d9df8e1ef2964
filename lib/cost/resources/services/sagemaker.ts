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
import { SECONDS } from '#lib/cost/resources/billed-time';
import { listAt, needed, numberAt, resourceAt, textAt, valueAt, within } from '#lib/cost/resources/facts';
import { freeOf } from '#lib/cost/resources/services/meters';
import type { ReadResource } from '#lib/artifacts/unresolved';

function instance(key: string, type: string, count: number, context: PricingContext): Component {
  const price = aws('sagemaker', type, 'instance-hour', context);
  return standing(key, `${type}, on-demand`, price, 'compute', context, count);
}

function volume(key: string, gib: number, count: number, context: PricingContext): Component | null {
  if (gib === 0) return null;
  const price = aws('sagemaker', 'ML storage', 'GB-month', context);
  return stated(key, 'volumes of instances', price, 'storage', gib * count, `${count} × ${gib} GB`);
}

function variantCost(
  variant: ReadResource,
  index: number,
  isOnly: boolean,
  context: PricingContext,
): readonly (Component | null)[] {
  const type = textAt(variant, 'InstanceType');
  if (type === undefined) {
    const price = aws('sagemaker', 'serverless inference', 'GB-second', context);
    return [used(`variant-${index}`, 'serverless inference', price, 'compute')];
  }
  const count = numberAt(variant, 'InitialInstanceCount') ?? 1;
  const suffix = isOnly ? '' : `-${index}`;
  return [
    instance(`instance${suffix}`, type, count, context),
    volume(`volume${suffix}`, numberAt(variant, 'VolumeSizeInGB') ?? 0, count, context),
  ];
}

const endpoint: ResourcePricing = {
  types: ['AWS::SageMaker::Endpoint', 'aws_sagemaker_endpoint'],
  cost: (resource, context) => {
    const config = resourceAt(resource, 'EndpointConfigName', context);
    if (config === undefined) return unpriced('its configuration is not part of these artifacts');
    const variants = listAt(config, 'ProductionVariants').map((variant) => within(config, variant));
    return components(
      ...variants.flatMap((variant, index) => variantCost(variant, index, variants.length === 1, context)),
    );
  },
};

/** GB of a notebook's volume where nothing states it. */
const NOTEBOOK_GB = 5;

const notebook: ResourcePricing = {
  types: ['AWS::SageMaker::NotebookInstance', 'aws_sagemaker_notebook_instance'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const { basis, ...hours } = instance('instance', type, 1, context);
    const sized = resource.format === 'terraform' ? 'VolumeSize' : 'VolumeSizeInGB';
    const gib = numberAt(resource, sized) ?? NOTEBOOK_GB;
    return components(
      { ...hours, basis: `${basis}; stopped it costs its volume` },
      volume('volume', gib, 1, context),
    );
  },
};

/** The instance groups of a HyperPod cluster stand all month, whatever orchestrates them. */
const hyperPod: ResourcePricing = {
  types: ['AWS::SageMaker::Cluster', 'awscc_sagemaker_cluster'],
  cost: (resource, context) => {
    const groups = ['InstanceGroups', 'RestrictedInstanceGroups'].flatMap((name) => listAt(resource, name));
    if (groups.length === 0) return unpriced('it names no instance groups');
    return components(
      ...groups.flatMap((value, index) => {
        const group = within(resource, value);
        const type = needed(textAt(group, 'InstanceType'), `InstanceGroups.${index}.InstanceType`);
        const count = numberAt(group, 'InstanceCount') ?? 1;
        const disk = within(group, listAt(group, 'InstanceStorageConfigs')[0]);
        const gib = numberAt(disk, 'EbsVolumeConfig.VolumeSizeInGB') ?? 0;
        const name = textAt(group, 'InstanceGroupName') ?? `group-${index}`;
        const { basis, ...nodes } = instance(`instance-${name}`, type, count, context);
        return [
          { ...nodes, basis: `${basis}; at the price of hosting, the list's own for clusters was not found` },
          volume(`volume-${name}`, gib, count, context),
        ];
      }),
    );
  },
};

/** A job runs when somebody starts it: what it costs an hour is known, how long it runs is not. */
function job(types: readonly string[], path: string): ResourcePricing {
  return {
    types,
    cost: (resource, context) => {
      const block = within(resource, valueAt(resource, path));
      const type = needed(textAt(block, 'InstanceType'), `${path}.InstanceType`);
      const count = numberAt(block, 'InstanceCount') ?? 1;
      const price = aws('sagemaker', type, 'instance-hour', context);
      return components(
        used('instances', `${count} × ${type} for as long as it runs`, price, 'compute', {
          unitsPerSecond: count / 3600,
          time: SECONDS,
        }),
      );
    },
  };
}

const training = job(['AWS::SageMaker::TrainingJob', 'aws_sagemaker_training_job'], 'ResourceConfig');
const processing = job(['AWS::SageMaker::ProcessingJob'], 'ProcessingResources.ClusterConfig');

/** Apps of Studio run on instances while somebody works. */
const app: ResourcePricing = {
  types: ['AWS::SageMaker::App', 'aws_sagemaker_app'],
  cost: (resource, context) => {
    const type = textAt(resource, 'ResourceSpec.InstanceType');
    if (type === undefined || type === 'system') return free('runs on an instance of the service');
    const price = aws('sagemaker', type, 'instance-hour', context);
    return components(used('instance', `${type} while it is open`, price, 'compute'));
  },
};

const space: ResourcePricing = {
  types: ['AWS::SageMaker::Space', 'aws_sagemaker_space'],
  cost: (resource, context) => {
    const gib =
      numberAt(resource, 'SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb') ?? 0;
    const disk = volume('volume', gib, 1, context);
    return disk === null ? free('its apps are billed while they are open') : components(disk);
  },
};

const tracking: ResourcePricing = {
  types: ['AWS::SageMaker::MlflowTrackingServer', 'aws_sagemaker_mlflow_tracking_server'],
  cost: (resource, context) => {
    const size = textAt(resource, 'TrackingServerSize') ?? 'Small';
    const price = aws('sagemaker', `MLflow tracking server ${size}`, 'hour', context);
    return components(standing('hours', `MLflow tracking server, ${size}`, price, 'platform', context));
  },
};

const features: ResourcePricing = {
  types: ['AWS::SageMaker::FeatureGroup', 'aws_sagemaker_feature_group'],
  cost: (_, context) =>
    components(
      used(
        'reads',
        'feature reads',
        aws('sagemaker', 'Feature store reads', '1M requests', context),
        'storage',
      ),
      used(
        'writes',
        'feature writes',
        aws('sagemaker', 'Feature store writes', '1M requests', context),
        'storage',
      ),
    ),
};

const WORDS = [
  'AIWorkloadConfig',
  'Action',
  'Algorithm',
  'AppImageConfig',
  'Artifact',
  'ClusterSchedulerConfig',
  'CodeRepository',
  'ComputeQuota',
  'Context',
  'Device',
  'DeviceFleet',
  'Domain',
  'EndpointConfig',
  'Experiment',
  'ExperimentTrialComponent',
  'Hub',
  'HumanTaskUi',
  'Image',
  'ImageVersion',
  'InferenceComponent',
  'Model',
  'ModelCard',
  'ModelPackage',
  'ModelPackageGroup',
  'NotebookInstanceLifecycleConfig',
  'Pipeline',
  'Project',
  'StudioLifecycleConfig',
  'TrialComponent',
  'UserProfile',
  'Workforce',
  'Workteam',
];
const definitions = freeOf(
  'a definition; the instances, volumes and models that it uses are billed where they are',
  [
    ...WORDS.map((word) => `AWS::SageMaker::${word}`),
    'aws_sagemaker_app_image_config',
    'aws_sagemaker_code_repository',
    'aws_sagemaker_domain',
    'aws_sagemaker_endpoint_configuration',
    'aws_sagemaker_human_task_ui',
    'aws_sagemaker_image',
    'aws_sagemaker_image_version',
    'aws_sagemaker_model',
    'aws_sagemaker_model_package_group',
    'aws_sagemaker_model_package_group_policy',
    'aws_sagemaker_notebook_instance_lifecycle_configuration',
    'aws_sagemaker_pipeline',
    'aws_sagemaker_project',
    'aws_sagemaker_studio_lifecycle_config',
    'aws_sagemaker_user_profile',
    'aws_sagemaker_workteam',
  ],
);
/** What a schedule starts is a processing job, of instances that its definition names. */
const monitoring = freeOf('a definition of jobs, which are billed while they run', [
  'AWS::SageMaker::DataQualityJobDefinition',
  'AWS::SageMaker::InferenceExperiment',
  'AWS::SageMaker::ModelBiasJobDefinition',
  'AWS::SageMaker::ModelExplainabilityJobDefinition',
  'AWS::SageMaker::ModelQualityJobDefinition',
  'AWS::SageMaker::MonitoringSchedule',
  'aws_sagemaker_data_quality_job_definition',
  'aws_sagemaker_monitoring_schedule',
]);

export const sageMaker: readonly ResourcePricing[] = [
  endpoint,
  notebook,
  hyperPod,
  training,
  processing,
  app,
  space,
  tracking,
  features,
  definitions,
  monitoring,
];
