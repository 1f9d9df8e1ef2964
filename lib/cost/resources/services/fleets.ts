import {
  components,
  free,
  type Component,
  type PricingContext,
  type ResourceCost,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { blocksAt, needed, numberAt, resourceAt, textAt, valueAt, within } from '#lib/cost/resources/facts';
import { imageVolume, launchTemplateData, mappedVolumes, termOf } from '#lib/cost/resources/services/ec2';
import {
  launched,
  launchedTypes,
  templateOf,
  type CapacityUnit,
  type Choice,
  type Launch,
  type LaunchedType,
} from '#lib/cost/resources/services/launched-types';
import { instanceAddresses } from '#lib/cost/resources/services/public-address';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** A part of a capacity, and how it is bought. */
interface Share {
  readonly term: 'on-demand' | 'spot' | 'capacity-block';
  readonly capacity: number;
  readonly choice: Choice;
}

/** Volumes of what is launched: those of its template, or the one that the image brings along. */
function volumesOf({ data, sold, count }: Launch, context: PricingContext): readonly Component[] {
  const mapped = data === undefined ? [] : mappedVolumes(data, count, context);
  return mapped.length > 0 ? mapped : imageVolume(sold, count, context);
}

/** Lines of shares of one capacity: instances by how they are bought, their volumes and addresses together. */
function costOfShares(
  types: readonly LaunchedType[],
  shares: readonly Share[],
  context: PricingContext,
): ResourceCost {
  const launches = shares.map((share) => ({ ...share, ...launched(types, share.capacity, share, context) }));
  const volumes = new Map<string, Component>();
  for (const launch of launches) {
    for (const each of volumesOf(launch, context)) {
      const before = volumes.get(each.key);
      const isSame = before?.price.sku === each.price.sku;
      if (before === undefined) volumes.set(each.key, each);
      else if (isSame) volumes.set(each.key, both(before, each));
      else volumes.set(`${each.key}-${launch.term}`, { ...each, key: `${each.key}-${launch.term}` });
    }
  }
  const count = launches.reduce((sum, launch) => sum + launch.count, 0);
  return components(
    ...launches.map(({ component, term }, index) =>
      index === 0 ? component : { ...component, key: `instance-${term}` },
    ),
    ...volumes.values(),
    instanceAddresses(count, context, launches[0]?.data),
  );
}

function both(one: Component, other: Component): Component {
  const quantityPerMonth = (one.quantityPerMonth ?? 0) + (other.quantityPerMonth ?? 0);
  return { ...one, quantityPerMonth, basis: `${one.basis} + ${other.basis}` };
}

const MIXED = 'MixedInstancesPolicy.LaunchTemplate';
const DISTRIBUTION = 'MixedInstancesPolicy.InstancesDistribution';

/** How many of a group's instances a mixed policy buys on demand and how many as spare capacity. */
function sharesOf(group: ReadResource, capacity: number, isByAttributes: boolean): readonly Share[] {
  const at = (name: string) => numberAt(group, `${DISTRIBUTION}.${name}`);
  const base = Math.min(capacity, at('OnDemandBaseCapacity') ?? 0);
  const above = Math.ceil(((capacity - base) * (at('OnDemandPercentageAboveBaseCapacity') ?? 100)) / 100);
  // EC2 Auto Scaling user guide, "allocation strategies": the defaults.
  const strategy =
    textAt(group, `${DISTRIBUTION}.OnDemandAllocationStrategy`) ??
    (isByAttributes ? 'lowest-price' : 'prioritized');
  const spot = textAt(group, `${DISTRIBUTION}.SpotAllocationStrategy`) ?? 'lowest-price';
  const shares: readonly Share[] = [
    { term: 'on-demand', capacity: base + above, choice: choiceOf(strategy) },
    { term: 'spot', capacity: capacity - base - above, choice: choiceOf(spot) },
  ];
  const bought = shares.filter((share) => share.capacity > 0);
  return bought.length > 0 ? bought : shares.slice(0, 1);
}

/** `lowest-price` of groups, `lowestPrice` of fleets; what else there is weighs the capacity at hand. */
function choiceOf(strategy: string): Choice {
  if (strategy === 'prioritized') return 'first';
  return /^lowest-?price$/i.test(strategy) ? 'cheapest' : 'market';
}

function unitOf(stated: string | undefined): CapacityUnit {
  return stated === 'vcpu' || stated === 'memory-mib' ? stated : 'units';
}

const autoScalingGroup: ResourcePricing = {
  types: ['AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group'],
  cost: (resource, context) => {
    const [desired, least] = [numberAt(resource, 'DesiredCapacity'), numberAt(resource, 'MinSize')];
    const capacity = needed(desired ?? least, 'DesiredCapacity');
    const unit = unitOf(textAt(resource, 'DesiredCapacityType'));
    if (valueAt(resource, 'MixedInstancesPolicy') === undefined) {
      const configuration =
        resourceAt(resource, 'LaunchConfigurationName', context) ??
        resourceAt(resource, 'LaunchConfiguration', context);
      const data =
        templateOf(resource, 'LaunchTemplate', context) ??
        (configuration === undefined ? undefined : launchTemplateData(configuration));
      const types = launchedTypes([], data, unit, context);
      const term = data === undefined ? 'on-demand' : termOf(data);
      return costOfShares(types, [{ term, capacity, choice: 'cheapest' }], context);
    }
    const data = templateOf(resource, `${MIXED}.LaunchTemplateSpecification`, context);
    const [template] = blocksAt(resource, MIXED);
    const overrides =
      template === undefined
        ? []
        : blocksAt(template, resource.format === 'terraform' ? 'Override' : 'Overrides');
    const types = launchedTypes(overrides, data, unit, context);
    const isByAttributes = overrides.some((each) => valueAt(each, 'InstanceRequirements') !== undefined);
    return costOfShares(types, sharesOf(resource, capacity, isByAttributes), context);
  },
};

/** Types of every template that a fleet names with its overrides. */
function typesOfConfigs(
  configs: readonly ReadResource[],
  overrides: string,
  unit: CapacityUnit,
  context: PricingContext,
): readonly LaunchedType[] {
  return configs.flatMap((config) => {
    const data = templateOf(config, 'LaunchTemplateSpecification', context);
    return launchedTypes(blocksAt(config, overrides), data, unit, context);
  });
}

const fleet: ResourcePricing = {
  types: ['AWS::EC2::EC2Fleet', 'aws_ec2_fleet'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const target = (name: string) => numberAt(resource, `TargetCapacitySpecification.${name}`);
    const total = needed(target('TotalTargetCapacity'), 'TotalTargetCapacity');
    const unit = unitOf(textAt(resource, 'TargetCapacitySpecification.TargetCapacityUnitType'));
    const usual = textAt(resource, 'TargetCapacitySpecification.DefaultTargetCapacityType');
    const [onDemand, spot] = [target('OnDemandTargetCapacity') ?? 0, target('SpotTargetCapacity') ?? 0];
    const left = Math.max(0, total - onDemand - spot);
    const isSpot = usual === 'spot';
    const strategy = (name: string) =>
      choiceOf(textAt(resource, `${name}.AllocationStrategy`) ?? 'lowestPrice');
    const shares: readonly Share[] = [
      {
        term: usual === 'capacity-block' ? usual : 'on-demand',
        capacity: onDemand + (isSpot ? 0 : left),
        choice: strategy('OnDemandOptions'),
      },
      { term: 'spot', capacity: spot + (isSpot ? left : 0), choice: strategy('SpotOptions') },
    ];
    const types = typesOfConfigs(
      blocksAt(resource, isTerraform ? 'LaunchTemplateConfig' : 'LaunchTemplateConfigs'),
      isTerraform ? 'Override' : 'Overrides',
      unit,
      context,
    );
    const bought = shares.filter(({ capacity }) => capacity > 0);
    return costOfShares(types, bought.length > 0 ? bought : shares.slice(0, 1), context);
  },
};

const spotFleet: ResourcePricing = {
  types: ['AWS::EC2::SpotFleet', 'aws_spot_fleet_request'],
  cost: (resource, context) => {
    const isTerraform = resource.format === 'terraform';
    const config = isTerraform ? resource : within(resource, valueAt(resource, 'SpotFleetRequestConfigData'));
    const total = needed(numberAt(config, 'TargetCapacity'), 'TargetCapacity');
    const onDemand = numberAt(config, 'OnDemandTargetCapacity') ?? 0;
    const unit = unitOf(textAt(config, 'TargetCapacityUnitType'));
    const types = [
      ...blocksAt(config, isTerraform ? 'LaunchSpecification' : 'LaunchSpecifications').flatMap((each) =>
        launchedTypes([each], each, unit, context),
      ),
      ...typesOfConfigs(
        blocksAt(config, isTerraform ? 'LaunchTemplateConfig' : 'LaunchTemplateConfigs'),
        'Overrides',
        unit,
        context,
      ),
    ];
    const strategy = textAt(config, 'AllocationStrategy') ?? 'lowestPrice';
    const ofDemand = textAt(config, 'OnDemandAllocationStrategy') ?? 'lowestPrice';
    const shares: readonly Share[] = [
      { term: 'on-demand', capacity: onDemand, choice: choiceOf(ofDemand) },
      { term: 'spot', capacity: Math.max(0, total - onDemand), choice: choiceOf(strategy) },
    ];
    const bought = shares.filter(({ capacity }) => capacity > 0);
    return costOfShares(types, bought.length > 0 ? bought : shares.slice(1), context);
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
