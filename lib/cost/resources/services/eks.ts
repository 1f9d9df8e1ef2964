import { dependencies, type ReadResource } from '#lib/artifacts/unresolved';
import { aws, components, free, standing, used, type ResourcePricing } from '#lib/cost/resources/component';
import { listAt, needed, numberAt, shownWord, textAt, valueAt } from '#lib/cost/resources/facts';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { detailedMonitoring, isOn, mappedVolumes, volume } from '#lib/cost/resources/services/ec2';
import { clusterSupport } from '#lib/cost/resources/services/eks-support';
import { launched, templateOf } from '#lib/cost/resources/services/launched-types';
import { soldAs } from '#lib/cost/resources/services/sold-as';

/** GiB of a node's root volume where nothing states it. */
const DEFAULT_DISK_GIB = 20;

const cluster: ResourcePricing = {
  types: ['AWS::EKS::Cluster', 'aws_eks_cluster', 'Custom::AWSCDK-EKS-Cluster'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('eks', sku, unit, context);
    const stated = valueAt(resource, 'Version') ?? valueAt(resource, 'Config.version');
    const version = typeof stated === 'string' ? shownWord(stated, 'Version') : undefined;
    const { isExtended, why } = clusterSupport(
      version,
      textAt(resource, 'UpgradePolicy.SupportType'),
      context.asOf,
    );
    const basis = `${context.hours} h; ${why}`;
    const plane = standing(
      'control-plane',
      'EKS control plane',
      price(`control-plane (${isExtended ? 'extended' : 'standard'} support)`, 'cluster-hour'),
      'platform',
      context,
    );
    const isAuto = isOn(valueAt(resource, 'ComputeConfig.Enabled'));
    // Nodes that are known bring their share along.
    const takesShare = isAuto && !context.cluster.hasAutoNodes;
    const isHybrid = valueAt(resource, 'RemoteNetworkConfig') !== undefined;
    const tier = textAt(resource, 'ControlPlaneScalingConfig.Tier') ?? 'standard';
    return components(
      { ...plane, basis },
      tier === 'standard'
        ? null
        : standing(
            'control-plane-tier',
            `provisioned control plane, ${tier}`,
            price(`provisioned control plane ${tier}`, 'cluster-hour'),
            'platform',
            context,
          ),
      takesShare
        ? used(
            'auto-mode',
            'Auto Mode, in USD of EC2 that it manages',
            price('Auto Mode share', 'USD'),
            'compute',
          )
        : null,
      takesShare
        ? used(
            'auto-mode-accelerated',
            'Auto Mode, in USD of EC2 with accelerators that it manages',
            price('Auto Mode share, accelerated', 'USD'),
            'compute',
          )
        : null,
      isHybrid ? used('hybrid', 'hybrid nodes', price('hybrid node', 'vCPU-hour'), 'compute') : null,
    );
  },
};

/** A capability costs by the hour, and each thing that it manages besides. */
const capability: ResourcePricing = {
  types: ['AWS::EKS::Capability', 'aws_eks_capability'],
  cost: (resource, context) => {
    const kind = needed(textAt(resource, 'Type'), 'Type').toLowerCase();
    const sku = `capability ${kind}`;
    const each = aws('eks', `${sku} resources`, 'resource-hour', context);
    return components(
      standing('hours', `managed capability, ${kind}`, aws('eks', sku, 'hour', context), 'platform', context),
      used('resources', 'hours of applications or resources that it manages', each, 'platform'),
    );
  },
};

/** What EKS takes where neither the group nor a template names a type. */
const DEFAULT_TYPE = 't3.medium';

function typesOf(group: ReadResource, data: ReadResource | undefined): readonly string[] {
  const listed = listAt(group, 'InstanceTypes').map((type) => {
    if (typeof type === 'string') return shownWord(type, 'InstanceTypes');
    throw new OpenFact(`InstanceTypes depends on ${dependencies([type]) || 'more than its text'}`);
  });
  if (listed.length > 0) return listed;
  const own = data === undefined ? undefined : textAt(data, 'InstanceType');
  if (own !== undefined) return [own];
  if (data !== undefined || valueAt(group, 'LaunchTemplate') === undefined) return [DEFAULT_TYPE];
  throw new OpenFact('its launch template is not part of these artifacts');
}

const nodeGroup: ResourcePricing = {
  types: ['AWS::EKS::Nodegroup', 'aws_eks_node_group'],
  cost: (resource, context) => {
    const [desired, least] = [
      numberAt(resource, 'ScalingConfig.DesiredSize'),
      numberAt(resource, 'ScalingConfig.MinSize'),
    ];
    const count = needed(desired ?? least, 'ScalingConfig.DesiredSize');
    const data = templateOf(resource, 'LaunchTemplate', context);
    const bought = textAt(resource, 'CapacityType');
    const term = bought === 'SPOT' ? 'spot' : bought === 'CAPACITY_BLOCK' ? 'capacity-block' : 'on-demand';
    // EKS user guide, "managed node groups": on demand in the order of the list, spare capacity where there is most.
    const choice = term === 'spot' ? 'market' : 'first';
    const types = typesOf(resource, data).map((type) => ({
      sold: soldAs(type, resource, data),
      weight: 1,
      data,
      ignored: [],
    }));
    const { component: nodes } = launched(types, count, { term, choice }, context);
    const isMonitored = data !== undefined && isOn(valueAt(data, 'Monitoring.Enabled')) && count > 0;
    const monitoring = isMonitored ? detailedMonitoring(count, context) : null;
    const mapped = data === undefined ? [] : mappedVolumes(data, count, context);
    if (mapped.length > 0) return components(nodes, ...mapped, monitoring);
    const gib = numberAt(resource, 'DiskSize') ?? DEFAULT_DISK_GIB;
    return components(nodes, ...volume({ type: 'gp3', gib }, count, context, 'root-volume'), monitoring);
  },
};

const withoutCharge: ResourcePricing = {
  types: [
    'AWS::EKS::AccessEntry',
    'AWS::EKS::Addon',
    'AWS::EKS::CertificateAuthority',
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

export const eks: readonly ResourcePricing[] = [cluster, nodeGroup, capability, withoutCharge];
