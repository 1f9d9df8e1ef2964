import type { ReadResource } from '#lib/artifacts/unresolved';
import {
  aws,
  components,
  free,
  standing,
  unpriced,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { blocksAt, needed, numberAt, textAt, valueAt, within } from '#lib/cost/resources/facts';
import { instances, volume } from '#lib/cost/resources/services/ec2';
import { freeOf } from '#lib/cost/resources/services/meters';

/** Groups of a cluster by the names of both formats: CloudFormation has them under `Instances`. */
const GROUPS = ['MasterInstanceGroup', 'CoreInstanceGroup', 'TaskInstanceGroups'] as const;
const FLEETS = ['MasterInstanceFleet', 'CoreInstanceFleet', 'TaskInstanceFleets'] as const;
const FLEET = 'a fleet of types whose prices are not known';

const cluster: ResourcePricing = {
  types: ['AWS::EMR::Cluster', 'aws_emr_cluster'],
  cost: (resource, context) => {
    const groups = GROUPS.flatMap((name) => partsOf(resource, name).map((group) => ({ name, group })));
    const fleets = FLEETS.flatMap((name) => partsOf(resource, name).map((group) => ({ name, group })));
    const ofFleets = fleets.map(({ name, group }, index) => fleetLines(group, keyOf(name, index), context));
    const lines = [
      ...groups.flatMap(({ name, group }, index) => groupLines(group, keyOf(name, index), context)),
      ...ofFleets.flatMap((bought) => bought ?? []),
    ];
    const isOpen = ofFleets.includes(null);
    if (lines.length === 0) return unpriced(isOpen ? FLEET : 'its instances are not stated');
    const rootGib = numberAt(resource, 'EbsRootVolumeSize');
    const counted = lines.reduce((sum, line) => sum + (line.key.endsWith('-fee') ? hoursOf(line) : 0), 0);
    // What EMR takes where nothing is stated differs between releases.
    const root =
      rootGib === undefined
        ? []
        : volume({ type: 'gp2', gib: rootGib }, counted / context.hours, context, 'root-volume');
    const cost = components(...lines, ...root);
    return isOpen && cost.state === 'components' ? { ...cost, open: FLEET } : cost;
  },
};

/** `master`, `core`, `task-2`. */
function keyOf(name: string, index: number): string {
  const [word = ''] = name.split('Instance');
  return word === 'Task' ? `task-${index}` : word.toLowerCase();
}

function hoursOf({ quantityPerMonth }: Component): number {
  return quantityPerMonth ?? 0;
}

const group: ResourcePricing = {
  types: ['AWS::EMR::InstanceGroupConfig', 'aws_emr_instance_group'],
  cost: (resource, context) => components(...groupLines(resource, 'group', context)),
};

const fleet: ResourcePricing = {
  types: ['AWS::EMR::InstanceFleetConfig', 'aws_emr_instance_fleet'],
  cost: (resource, context) => {
    const lines = fleetLines(resource, 'fleet', context);
    return lines === null ? unpriced(FLEET) : components(...lines);
  },
};

/**
 * What a fleet buys on demand and as spare capacity: of its types the one that fills the target for the least, in whole
 * instances by their weights. `null` where no type has a price.
 */
function fleetLines(
  resource: ReadResource,
  key: string,
  context: PricingContext,
): readonly Component[] | null {
  const types = blocksAt(resource, 'InstanceTypeConfigs').map((config) => ({
    type: needed(textAt(config, 'InstanceType'), 'InstanceType'),
    weight: Math.max(1, numberAt(config, 'WeightedCapacity') ?? 1),
  }));
  const targets = [
    ['on-demand', numberAt(resource, 'TargetOnDemandCapacity') ?? 0],
    ['spot', numberAt(resource, 'TargetSpotCapacity') ?? 0],
  ] as const;
  const lines: Component[] = [];
  for (const [term, target] of targets) {
    if (target === 0) continue;
    const offers = types.flatMap(({ type, weight }) => {
      const count = Math.ceil(target / weight);
      const usd = context.usdOf(instances(type, count, context, term).price);
      return usd === null ? [] : [{ type, count, usd: usd * count }];
    });
    const [cheapest] = offers.toSorted((a, b) => a.usd - b.usd);
    if (cheapest === undefined) return null;
    const { type, count } = cheapest;
    const bought = instances(type, count, context, term);
    const suffix = term === 'spot' ? `${key}-spot` : key;
    const fee = aws('emr', type, 'instance-hour', context);
    lines.push(
      { ...bought, key: suffix, basis: `${bought.basis}; the cheapest of ${types.length} types` },
      standing(`${suffix}-fee`, `EMR on ${type}`, fee, 'platform', context, count),
    );
  }
  return lines;
}

/** Instances at their own price, what EMR takes of each, and the volumes that are stated. */
function groupLines(resource: ReadResource, key: string, context: PricingContext): readonly Component[] {
  const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
  const count = countOf(resource);
  const isSpot = textAt(resource, 'Market') === 'SPOT' || valueAt(resource, 'BidPrice') !== undefined;
  const bought = instances(type, count, context, isSpot ? 'spot' : 'on-demand');
  const fee = aws('emr', type, 'instance-hour', context);
  return [
    { ...bought, key },
    standing(`${key}-fee`, `EMR on ${type}`, fee, 'platform', context, count),
    ...volumesOf(resource, key, count, context),
  ];
}

function volumesOf(
  resource: ReadResource,
  key: string,
  count: number,
  context: PricingContext,
): readonly Component[] {
  const listed = [
    ...blocksAt(resource, 'EbsConfiguration.EbsBlockDeviceConfigs').map((block) => ({
      block,
      volume: within(block, valueAt(block, 'VolumeSpecification')),
    })),
    ...blocksAt(resource, 'EbsConfig').map((block) => ({ block, volume: block })),
  ];
  return listed.flatMap(({ block, volume: facts }, index) => {
    const gib = needed(numberAt(facts, 'SizeInGB') ?? numberAt(facts, 'Size'), 'SizeInGB');
    const type = textAt(facts, 'VolumeType') ?? textAt(facts, 'Type') ?? 'gp2';
    const iops = numberAt(facts, 'Iops');
    const each = numberAt(block, 'VolumesPerInstance') ?? 1;
    return volume(
      { type, gib, ...(iops === undefined ? {} : { iops }) },
      count * each,
      context,
      `${key}-volume-${index}`,
    );
  });
}

function countOf(resource: ReadResource): number {
  return numberAt(resource, 'InstanceCount') ?? 1;
}

function partsOf(resource: ReadResource, name: string): readonly ReadResource[] {
  return blocksAt(resource, resource.format === 'terraform' ? name : `Instances.${name}`);
}

/** EMR on a cluster of EKS takes its share of what jobs request, for as long as they run. */
const onEks: ResourcePricing = {
  types: ['AWS::EMRContainers::VirtualCluster', 'aws_emrcontainers_virtual_cluster'],
  cost: (_, context) =>
    components(
      used('cpus', 'vCPUs of jobs', aws('emr-eks', 'vCPU', 'vCPU-hour', context), 'platform'),
      used('memory', 'memory of jobs', aws('emr-eks', 'Memory', 'GB-hour', context), 'platform'),
    ),
};

const studio: ResourcePricing = {
  types: ['AWS::EMR::Studio', 'aws_emr_studio'],
  cost: () => free('a place to work; the clusters that it starts are billed'),
};

const definitions = freeOf('a definition; the clusters that run by it are billed', [
  'AWS::EMR::SecurityConfiguration',
  'AWS::EMR::Step',
  'AWS::EMR::StudioSessionMapping',
  'AWS::EMRContainers::Endpoint',
  'AWS::EMRContainers::JobTemplate',
  'AWS::EMRContainers::SecurityConfiguration',
  'aws_emr_block_public_access_configuration',
  'aws_emr_managed_scaling_policy',
  'aws_emr_security_configuration',
  'aws_emr_studio_session_mapping',
  'aws_emrcontainers_job_template',
]);

export const emr: readonly ResourcePricing[] = [cluster, group, fleet, onEks, studio, definitions];
