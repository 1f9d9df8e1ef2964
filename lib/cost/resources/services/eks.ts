import { aws, components, free, type ResourcePricing } from '#lib/cost/resources/component';
import { listAt, needed, numberAt, resourceAt, textAt } from '#lib/cost/resources/facts';
import { instances, launchTemplateData, mappedVolumes, volume } from '#lib/cost/resources/services/ec2';

/** GiB of a node's root volume where nothing states it. */
const DEFAULT_DISK_GIB = 20;

const cluster: ResourcePricing = {
  types: ['AWS::EKS::Cluster', 'aws_eks_cluster', 'Custom::AWSCDK-EKS-Cluster'],
  cost: (_, context) =>
    components({
      key: 'control-plane',
      label: 'EKS control plane',
      category: 'platform',
      price: aws('eks', 'control-plane (standard support)', 'cluster-hour', context),
      quantityPerMonth: context.hours,
      basis: `${context.hours} h; a version in extended support costs more`,
    }),
};

const nodeGroup: ResourcePricing = {
  types: ['AWS::EKS::Nodegroup', 'aws_eks_node_group'],
  cost: (resource, context) => {
    const [desired, least] = [
      numberAt(resource, 'ScalingConfig.DesiredSize'),
      numberAt(resource, 'ScalingConfig.MinSize'),
    ];
    const count = needed(desired ?? least, 'ScalingConfig.DesiredSize');
    const template =
      resourceAt(resource, 'LaunchTemplate.Id', context) ??
      resourceAt(resource, 'LaunchTemplate.Name', context);
    const data = template === undefined ? undefined : launchTemplateData(template);
    const [listed] = listAt(resource, 'InstanceTypes');
    const type =
      typeof listed === 'string' ? listed : data === undefined ? undefined : textAt(data, 'InstanceType');
    const isSpot = textAt(resource, 'CapacityType') === 'SPOT';
    const nodes = instances(needed(type, 'InstanceTypes'), count, context, isSpot);
    const mapped = data === undefined ? [] : mappedVolumes(data, count, context);
    if (mapped.length > 0) return components(nodes, ...mapped);
    const gib = numberAt(resource, 'DiskSize') ?? DEFAULT_DISK_GIB;
    return components(nodes, ...volume({ type: 'gp3', gib }, count, context, 'root-volume'));
  },
};

const withoutCharge: ResourcePricing = {
  types: [
    'AWS::EKS::AccessEntry',
    'AWS::EKS::Addon',
    'AWS::EKS::IdentityProviderConfig',
    'AWS::EKS::PodIdentityAssociation',
    'aws_eks_access_entry',
    'aws_eks_access_policy_association',
    'aws_eks_addon',
    'aws_eks_identity_provider_config',
    'aws_eks_pod_identity_association',
  ],
  cost: () => free('part of the cluster; its pods run on nodes that are billed'),
};

export const eks: readonly ResourcePricing[] = [cluster, nodeGroup, withoutCharge];
