import type { ReadResource } from '#lib/artifacts/unresolved';
import {
  aws,
  components,
  free,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { listAt, needed, numberAt, resourceAt, textAt, valueAt, within } from '#lib/cost/resources/facts';

/** What gp3 includes: IOPS and MB/s beyond are billed. */
const GP3 = { iops: 3000, megabytesPerSecond: 125 } as const;

/** Hours of `count` instances of a type. `isSpot` where they are bought as spare capacity. */
export function instances(type: string, count: number, context: PricingContext, isSpot = false): Component {
  const price = isSpot
    ? { ...aws('ec2-spot', type, 'instance-hour', context), term: 'spot' }
    : aws('ec2', type, 'instance-hour', context);
  return {
    key: 'instance',
    label: `${type}, ${isSpot ? 'spot' : 'on-demand'}`,
    category: 'compute',
    price,
    quantityPerMonth: count * context.hours,
    basis: `${count} × ${context.hours} h`,
  };
}

/** Storage of `count` volumes, and what of gp3's IOPS and throughput is beyond the included. */
export function volume(
  facts: {
    readonly type: string;
    readonly gib: number;
    readonly iops?: number;
    readonly throughput?: number;
  },
  count: number,
  context: PricingContext,
  key = 'volume',
): readonly Component[] {
  const { type, gib, iops, throughput } = facts;
  const part = (name: string, sku: string, unit: string, quantity: number): Component => ({
    key: name,
    label: `${type} ${name}`,
    category: 'storage',
    price: aws('ebs', sku, unit, context),
    quantityPerMonth: quantity * count,
    basis: `${count} × ${quantity}`,
  });
  const list = [part(key, `${type} storage`, 'GB-month', gib)];
  if (type === 'gp3' && iops !== undefined && iops > GP3.iops) {
    list.push(part(`${key}-iops`, 'gp3 IOPS above 3000', 'IOPS-month', iops - GP3.iops));
  }
  if (type === 'gp3' && throughput !== undefined && throughput > GP3.megabytesPerSecond) {
    const beyond = throughput - GP3.megabytesPerSecond;
    list.push(part(`${key}-throughput`, 'gp3 throughput above 125 MBps', 'MBps-month', beyond));
  }
  if (type !== 'gp3' && iops !== undefined)
    list.push(part(`${key}-iops`, `${type} IOPS`, 'IOPS-month', iops));
  return list;
}

/** Root and data volumes that `BlockDeviceMappings` (Terraform: `block_device_mappings`) create with each instance. */
export function mappedVolumes(resource: ReadResource, count: number, context: PricingContext): Component[] {
  return listAt(resource, 'BlockDeviceMappings').flatMap((mapping, index) => {
    const ebs = within(resource, valueAt(within(resource, mapping), 'Ebs'));
    const gib = numberAt(ebs, 'VolumeSize');
    if (gib === undefined) return [];
    const iops = numberAt(ebs, 'Iops');
    const throughput = numberAt(ebs, 'Throughput');
    const facts = {
      type: textAt(ebs, 'VolumeType') ?? 'gp2',
      gib,
      ...(iops === undefined ? {} : { iops }),
      ...(throughput === undefined ? {} : { throughput }),
    };
    return volume(facts, count, context, index === 0 ? 'root-volume' : `volume-${index}`);
  });
}

/** The data of a launch template, wherever the format puts it. */
export function launchTemplateData(template: ReadResource): ReadResource {
  const data = valueAt(template, 'LaunchTemplateData');
  return data === undefined ? template : within(template, data);
}

const instance: ResourcePricing = {
  types: ['AWS::EC2::Instance', 'aws_instance'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const root = within(resource, valueAt(resource, 'RootBlockDevice'));
    const gib = numberAt(root, 'VolumeSize');
    const rootVolume =
      gib === undefined
        ? []
        : volume({ type: textAt(root, 'VolumeType') ?? 'gp2', gib }, 1, context, 'root-volume');
    return components(instances(type, 1, context), ...rootVolume, ...mappedVolumes(resource, 1, context));
  },
};

const ebsVolume: ResourcePricing = {
  types: ['AWS::EC2::Volume', 'aws_ebs_volume'],
  cost: (resource, context) => {
    const iops = numberAt(resource, 'Iops');
    const throughput = numberAt(resource, 'Throughput');
    const type = textAt(resource, resource.format === 'terraform' ? 'Type' : 'VolumeType') ?? 'gp2';
    const facts = {
      type,
      gib: needed(numberAt(resource, 'Size'), 'Size'),
      ...(iops === undefined ? {} : { iops }),
      ...(throughput === undefined ? {} : { throughput }),
    };
    return components(...volume(facts, 1, context));
  },
};

const autoScalingGroup: ResourcePricing = {
  types: ['AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group'],
  cost: (resource, context) => {
    const [capacity, least] = [numberAt(resource, 'DesiredCapacity'), numberAt(resource, 'MinSize')];
    const count = needed(capacity ?? least, 'DesiredCapacity');
    const template =
      resourceAt(resource, 'LaunchTemplate.LaunchTemplateId', context) ??
      resourceAt(resource, 'LaunchTemplate.Id', context);
    if (template === undefined)
      return { state: 'unpriced', why: 'its launch template is not part of these artifacts' };
    const data = launchTemplateData(template);
    const type = needed(textAt(data, 'InstanceType'), 'InstanceType of the launch template');
    return components(instances(type, count, context), ...mappedVolumes(data, count, context));
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

export const ec2: readonly ResourcePricing[] = [instance, ebsVolume, autoScalingGroup, launchTemplate];
