import {
  components,
  free,
  unpriced,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, needed, numberAt, resourceAt, textAt, valueAt, within } from '#lib/cost/resources/facts';
import {
  imageVolume,
  instances,
  launchTemplateData,
  mappedVolumes,
  termOf,
  type Term,
} from '#lib/cost/resources/services/ec2';
import { instanceAddresses } from '#lib/cost/resources/services/public-address';
import { soldAs } from '#lib/cost/resources/services/sold-as';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** The template that a group or a fleet launches by, wherever its format names it. */
function templateOf(resource: ReadResource, path: string, context: PricingContext): ReadResource | undefined {
  const named = ['LaunchTemplateId', 'Id', 'LaunchTemplateName', 'Name'].map((name) =>
    resourceAt(resource, `${path}.${name}`, context),
  );
  return named.find((each) => each !== undefined);
}

interface Share {
  readonly term: Term;
  readonly count: number;
}

/** How many of a group's instances a mixed policy buys on demand and how many as spare capacity. */
function sharesOf(group: ReadResource, count: number): readonly Share[] {
  const at = (name: string) => numberAt(group, `MixedInstancesPolicy.InstancesDistribution.${name}`);
  const base = Math.min(count, at('OnDemandBaseCapacity') ?? 0);
  const above = Math.ceil(((count - base) * (at('OnDemandPercentageAboveBaseCapacity') ?? 100)) / 100);
  const onDemand = base + above;
  const shares: readonly Share[] = [
    { term: 'on-demand', count: onDemand },
    { term: 'spot', count: count - onDemand },
  ];
  return shares.filter((share) => share.count > 0);
}

const MIXED = 'MixedInstancesPolicy.LaunchTemplate';

/** Those of the template, or the one that the image brings along. */
function volumesOf(
  soldType: string,
  data: ReadResource | undefined,
  count: number,
  context: PricingContext,
): readonly Component[] {
  const mapped = data === undefined ? [] : mappedVolumes(data, count, context);
  return mapped.length > 0 ? mapped : imageVolume(soldType, count, context);
}

const autoScalingGroup: ResourcePricing = {
  types: ['AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group'],
  cost: (resource, context) => {
    const [capacity, least] = [numberAt(resource, 'DesiredCapacity'), numberAt(resource, 'MinSize')];
    const count = needed(capacity ?? least, 'DesiredCapacity');
    const isMixed = valueAt(resource, 'MixedInstancesPolicy') !== undefined;
    const template =
      templateOf(resource, isMixed ? `${MIXED}.LaunchTemplateSpecification` : 'LaunchTemplate', context) ??
      resourceAt(resource, 'LaunchConfigurationName', context) ??
      resourceAt(resource, 'LaunchConfiguration', context);
    if (template === undefined) return unpriced('its launch template is not part of these artifacts');
    const data = launchTemplateData(template);
    const overrides = resource.format === 'terraform' ? 'Override' : 'Overrides';
    const [override] = isMixed ? listAt(resource, `${MIXED}.${overrides}`) : [];
    const overridden =
      override === undefined ? undefined : textAt(within(resource, override), 'InstanceType');
    const type = needed(overridden ?? textAt(data, 'InstanceType'), 'InstanceType of the launch template');
    const shares: readonly Share[] = isMixed ? sharesOf(resource, count) : [{ term: termOf(data), count }];
    return components(
      ...shares.map((share, index) => {
        const line = instances(soldAs(type, data), share.count, context, share.term);
        return index === 0 ? line : { ...line, key: `instance-${share.term}` };
      }),
      ...volumesOf(soldAs(type, data), data, count, context),
      instanceAddresses(count, context, data),
    );
  },
};

/** A fleet names its capacity once and its templates with their types; the first of them is what is priced. */
const fleet: ResourcePricing = {
  types: ['AWS::EC2::EC2Fleet', 'aws_ec2_fleet'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const [first] = listAt(resource, isTerraform ? 'LaunchTemplateConfig' : 'LaunchTemplateConfigs');
    const config = within(resource, first);
    const template = templateOf(config, 'LaunchTemplateSpecification', context);
    const [override] = listAt(config, isTerraform ? 'Override' : 'Overrides');
    const own = override === undefined ? undefined : textAt(within(config, override), 'InstanceType');
    const data = template === undefined ? undefined : launchTemplateData(template);
    const type = own ?? (data === undefined ? undefined : textAt(data, 'InstanceType'));
    if (type === undefined) return unpriced('its launch template is not part of these artifacts');
    const count = needed(
      numberAt(resource, 'TargetCapacitySpecification.TotalTargetCapacity'),
      'TotalTargetCapacity',
    );
    const term =
      textAt(resource, 'TargetCapacitySpecification.DefaultTargetCapacityType') === 'spot'
        ? 'spot'
        : 'on-demand';
    return components(
      instances(soldAs(type, data), count, context, term),
      ...volumesOf(soldAs(type, data), data, count, context),
    );
  },
};

const spotFleet: ResourcePricing = {
  types: ['AWS::EC2::SpotFleet', 'aws_spot_fleet_request'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const config = isTerraform ? resource : within(resource, valueAt(resource, 'SpotFleetRequestConfigData'));
    const [first] = listAt(config, isTerraform ? 'LaunchSpecification' : 'LaunchSpecifications');
    if (first === undefined) return unpriced('its launch template is not part of these artifacts');
    const launched = within(config, first);
    const type = needed(textAt(launched, 'InstanceType'), 'LaunchSpecifications.0.InstanceType');
    const count = needed(numberAt(config, 'TargetCapacity'), 'TargetCapacity');
    return components(instances(soldAs(type, launched), count, context, 'spot'));
  },
};

const launchTemplate: ResourcePricing = {
  types: [
    'AWS::EC2::LaunchTemplate',
    'aws_launch_template',
    'AWS::AutoScaling::LaunchConfiguration',
    'aws_launch_configuration',
  ],
  cost: () => free('what is launched by it is billed where it is launched'),
};

export const fleets: readonly ResourcePricing[] = [autoScalingGroup, fleet, spotFleet, launchTemplate];
