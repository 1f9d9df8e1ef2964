import type { AwsClient, QueryParameters } from '#bin/aws/client';
import { RequestFailed } from '#bin/http/retried';
import { listAt, textAt, type XmlElement } from '#bin/aws/xml-answer';
import { tagsOf } from '#bin/preflight/ask-aws';
import type { InUse } from '#lib/preflight/checks/quotas';

/** What lists things that count one each, and where the answer holds them. */
const LISTED = {
  addresses: ['DescribeAddresses', 'addressesSet'],
  vpcs: ['DescribeVpcs', 'vpcSet'],
} as const;
const RUNNING = ['pending', 'running', 'stopping', 'shutting-down'];

/** How much of a quota the account takes already, without what these deployments have; `null` where it may not be told. */
export async function usedOf(client: AwsClient, inUse: InUse): Promise<number | null> {
  try {
    return await counted(client, inUse);
  } catch (error) {
    if (error instanceof RequestFailed) return null;
    throw error;
  }
}

async function counted(client: AwsClient, inUse: InUse): Promise<number> {
  const { environment, options } = inUse.except;
  const isForeign = (resource: XmlElement) => {
    const tags = tagsOf(resource);
    const option = tags.get('landfall:option') ?? '';
    return tags.get('landfall:environment') !== environment || !options.includes(option);
  };
  if (inUse.of === 'nat-gateways') return mostGateways(client, inUse.zones, isForeign);
  if (inUse.of !== 'vcpus') {
    const [action, set] = LISTED[inUse.of];
    return (await pages(client, action, set)).filter(isForeign).length;
  }
  const running = { 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value': RUNNING };
  const reservations = await pages(client, 'DescribeInstances', 'reservationSet', running);
  return reservations
    .flatMap((each) => listAt(each, 'instancesSet'))
    .filter((each) => isForeign(each) && takes(each, inUse))
    .reduce((sum, each) => sum + vcpusOf(each), 0);
}

function takes(instance: XmlElement, { families, purchase }: Extract<InUse, { of: 'vcpus' }>): boolean {
  const family = /^[a-z]+/.exec(textAt(instance, 'instanceType') ?? '')?.[0] ?? '';
  const isSpot = textAt(instance, 'instanceLifecycle') === 'spot';
  // What runs in a capacity block is paid before and counts against no quota.
  const isBlock = textAt(instance, 'instanceLifecycle') === 'capacity-block';
  return families.includes(family) && !isBlock && isSpot === (purchase === 'spot');
}

function vcpusOf(instance: XmlElement): number {
  const cores = Number(textAt(instance, 'cpuOptions', 'coreCount') ?? 0);
  return cores * Number(textAt(instance, 'cpuOptions', 'threadsPerCore') ?? 1);
}

/** Of the zones, the one that has most. */
async function mostGateways(
  client: AwsClient,
  zones: readonly string[],
  isForeign: (resource: XmlElement) => boolean,
): Promise<number> {
  const gateways = await pages(client, 'DescribeNatGateways', 'natGatewaySet', {
    'Filter.1.Name': 'state',
    'Filter.1.Value': ['pending', 'available', 'deleting'],
  });
  const subnets = await pages(client, 'DescribeSubnets', 'subnetSet');
  const zoneOf = new Map(subnets.map((each) => [textAt(each, 'subnetId'), textAt(each, 'availabilityZone')]));
  const perZone = zones.map(
    (zone) =>
      gateways.filter((each) => isForeign(each) && zoneOf.get(textAt(each, 'subnetId')) === zone).length,
  );
  return Math.max(0, ...perZone);
}

async function pages(
  client: AwsClient,
  action: string,
  set: string,
  parameters: QueryParameters = {},
): Promise<readonly XmlElement[]> {
  const found: XmlElement[] = [];
  const seen = new Set<string>();
  for (let token = ''; ;) {
    const asked = token === '' ? parameters : { ...parameters, NextToken: token };
    const answer = await client.query('ec2', action, asked);
    found.push(...listAt(answer, set));
    token = textAt(answer, 'nextToken') ?? '';
    if (token === '' || seen.has(token)) return found;
    seen.add(token);
  }
}
