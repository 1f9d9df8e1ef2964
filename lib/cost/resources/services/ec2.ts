import type { ReadResource } from '#lib/artifacts/unresolved';
import {
  aws,
  components,
  free,
  perContext,
  standing,
  stated,
  unpriced,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import {
  blocksAt,
  listAt,
  needed,
  numberAt,
  resourceAt,
  shownWord,
  textAt,
  valueAt,
  within,
} from '#lib/cost/resources/facts';
import { instanceAddresses } from '#lib/cost/resources/services/public-address';
import { isStopped } from '#lib/cost/resources/services/stopped-instance';
import { soldAs } from '#lib/cost/resources/services/sold-as';

/** What gp3 includes: IOPS and MB/s beyond are billed. */
const GP3 = { iops: 3000, megabytesPerSecond: 125 } as const;

/** How instances are bought: the list price, spare capacity, or a block of it reserved and paid in advance. */
export type Term = 'on-demand' | 'spot' | 'capacity-block';

const SERVICE_OF_TERM = {
  'on-demand': 'ec2',
  spot: 'ec2-spot',
  'capacity-block': 'ec2-capacity-block',
} as const satisfies Record<Term, string>;

/** Hours of `count` instances of a type. */
export function instances(
  type: string,
  count: number,
  context: PricingContext,
  term: Term = 'on-demand',
): Component {
  const price = {
    ...aws(SERVICE_OF_TERM[term], shownWord(type, 'its class'), 'instance-hour', context),
    term,
  };
  return {
    key: 'instance',
    label: `${type}, ${term}`,
    category: 'compute',
    price,
    quantityPerMonth: count * context.hours,
    basis: `${count} × ${context.hours} h`,
  };
}

/** Metrics that detailed monitoring sends of one instance. */
const DETAILED_METRICS = 7;

export function detailedMonitoring(count: number, context: PricingContext): Component {
  const price = aws('cloudwatch', 'Metric first 10k', 'metric-month', context);
  return stated(
    'monitoring',
    'detailed monitoring',
    price,
    'platform',
    DETAILED_METRICS * count,
    `${count} × ${DETAILED_METRICS} metrics`,
  );
}

export function isOn(value: unknown): boolean {
  return value === true || value === 'true';
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
  if (type.startsWith('io') && iops !== undefined)
    list.push(part(`${key}-iops`, `${type} IOPS`, 'IOPS-month', iops));
  return list;
}

const NO_COMPONENTS: readonly Component[] = [];

/** Root and data volumes that `BlockDeviceMappings` (Terraform: `block_device_mappings`) create with each instance. */
export function mappedVolumes(
  resource: ReadResource,
  count: number,
  context: PricingContext,
): readonly Component[] {
  const mappings = listAt(resource, 'BlockDeviceMappings');
  if (mappings.length === 0) return NO_COMPONENTS;
  return mappings.flatMap((mapping, index) => {
    const ebs = within(resource, valueAt(within(resource, mapping), 'Ebs'));
    return blockVolume(ebs, count, context, index === 0 ? 'root-volume' : `volume-${index}`);
  });
}

/** Root volume of Amazon Linux, and of Windows, where only the image states it: in GiB. */
const IMAGE_GIB = { usual: 8, windows: 30 } as const;

/** The root volume that an image brings along where no template states one. */
export function imageVolume(soldType: string, count: number, context: PricingContext): readonly Component[] {
  const isWindows = soldType.includes('Windows');
  if (count === 1) return ofOneImage[isWindows ? 'windows' : 'usual'](context);
  return volumesOfImages(isWindows ? IMAGE_GIB.windows : IMAGE_GIB.usual, count, context);
}

const ofOneImage = {
  usual: perContext((context) => volumesOfImages(IMAGE_GIB.usual, 1, context)),
  windows: perContext((context) => volumesOfImages(IMAGE_GIB.windows, 1, context)),
} as const;

function volumesOfImages(gib: number, count: number, context: PricingContext): readonly Component[] {
  return volume({ type: 'gp3', gib }, count, context, 'root-volume').map((component) => ({
    ...component,
    quantityIs: 'assumed',
    basis: `${component.basis}; no template states it: assumed is the size of the usual image`,
  }));
}

/** What Terraform calls the same of a single instance: `root_block_device` and `ebs_block_device`. */
function blockDevices(resource: ReadResource, context: PricingContext): readonly Component[] {
  if (resource.format !== 'terraform') return NO_COMPONENTS;
  return [
    ...blocksAt(resource, 'RootBlockDevice').flatMap((block) =>
      blockVolume(block, 1, context, 'root-volume'),
    ),
    ...blocksAt(resource, 'EbsBlockDevice').flatMap((block, index) =>
      blockVolume(block, 1, context, `volume-${index + 1}`),
    ),
  ];
}

function blockVolume(
  block: ReadResource,
  count: number,
  context: PricingContext,
  key: string,
): readonly Component[] {
  const gib = numberAt(block, 'VolumeSize');
  if (gib === undefined) return [];
  const iops = numberAt(block, 'Iops');
  const throughput = numberAt(block, 'Throughput');
  const facts = {
    type: textAt(block, 'VolumeType') ?? 'gp2',
    gib,
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughput }),
  };
  return volume(facts, count, context, key);
}

/** The data of a launch template, wherever the format puts it. */
export function launchTemplateData(template: ReadResource): ReadResource {
  const data = valueAt(template, 'LaunchTemplateData');
  return data === undefined ? template : within(template, data);
}

/** How an instance is bought, where its own options or those of its template say so. */
export function termOf(options: ReadResource): Term {
  const market = textAt(options, 'InstanceMarketOptions.MarketType');
  if (market === 'capacity-block') return 'capacity-block';
  return market === 'spot' ? 'spot' : 'on-demand';
}

const instance: ResourcePricing = {
  types: ['AWS::EC2::Instance', 'aws_instance', 'aws_spot_instance_request'],
  cost: (resource, context) => {
    const template =
      resourceAt(resource, 'LaunchTemplate.LaunchTemplateId', context) ??
      resourceAt(resource, 'LaunchTemplate.Id', context);
    const data = template === undefined ? undefined : launchTemplateData(template);
    const own = textAt(resource, 'InstanceType');
    const type = needed(
      own ?? (data === undefined ? undefined : textAt(data, 'InstanceType')),
      'InstanceType',
    );
    if (textAt(resource, 'Tenancy') === 'host') return free('stands on a dedicated host, which is billed');
    const bought = resource.type === 'aws_spot_instance_request' ? 'spot' : termOf(data ?? resource);
    const sold = soldAs(type, resource, data);
    const ofInstance = mappedVolumes(resource, 1, context);
    const mapped =
      ofInstance.length === 0 && data !== undefined ? mappedVolumes(data, 1, context) : ofInstance;
    const blocks = blockDevices(resource, context);
    const hasRoot = blocks.some(isRoot) || mapped.some(isRoot);
    return components(
      isStopped(resource, context) ? null : instances(sold, 1, context, bought),
      ...(hasRoot ? [] : imageVolume(sold, 1, context)),
      ...blocks,
      ...mapped,
      instanceAddresses(1, context, resource, data),
      isOn(valueAt(resource, 'Monitoring')) ? detailedMonitoring(1, context) : null,
    );
  },
};

function isRoot({ key }: Component): boolean {
  return key === 'root-volume';
}

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

const snapshot: ResourcePricing = {
  types: ['AWS::EC2::Snapshot', 'aws_ebs_snapshot', 'aws_ebs_snapshot_copy'],
  cost: (resource, context) => {
    const of = resourceAt(resource, 'VolumeId', context);
    const gib = of === undefined ? undefined : numberAt(of, 'Size');
    const price = aws('ebs', 'Snapshot storage', 'GB-month', context);
    return components(
      gib === undefined
        ? used('storage', 'snapshot kept', price, 'storage')
        : stated('storage', 'snapshot kept', price, 'storage', gib, `${gib} GB, the most that it can hold`),
    );
  },
};

/** Capacity that is held is paid as if it ran, whether something runs on it or not. */
const reservation: ResourcePricing = {
  types: ['AWS::EC2::CapacityReservation', 'aws_ec2_capacity_reservation'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const count = numberAt(resource, 'InstanceCount') ?? 1;
    const { basis, ...held } = instances(soldAs(type, resource), count, context);
    return components({
      ...held,
      label: `${type} held in reserve`,
      basis: `${basis}; instances in it cost nothing more`,
    });
  },
};

const block: ResourcePricing = {
  types: ['aws_ec2_capacity_block_reservation'],
  cost: (resource, context) => {
    const type = textAt(resource, 'InstanceType');
    if (type === undefined) return unpriced('the offering that it buys decides its type and price');
    return components(instances(type, numberAt(resource, 'InstanceCount') ?? 1, context, 'capacity-block'));
  },
};

const host: ResourcePricing = {
  types: ['AWS::EC2::Host', 'aws_ec2_host'],
  cost: (resource, context) => {
    const family = textAt(resource, 'InstanceFamily') ?? textAt(resource, 'InstanceType') ?? 'its family';
    const price = aws('ec2', `Dedicated host ${family}`, 'hour', context);
    return components(standing('hours', `dedicated host of ${family}`, price, 'compute', context));
  },
};

export const ec2: readonly ResourcePricing[] = [instance, ebsVolume, snapshot, reservation, block, host];
