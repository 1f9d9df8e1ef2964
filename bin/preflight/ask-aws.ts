import { AwsRefused } from '#bin/aws/refusal';
import type { AwsClient } from '#bin/aws/client';
import { elementAt, listAt, textAt } from '#bin/aws/xml-answer';
import type { Askers } from '#bin/preflight/askers';
import { quotaAsker } from '#bin/preflight/ask-quota';
import type { Reservation } from '#lib/preflight/checks/capacity';

/** What AWS is asked of an account. Every call only reads. */
export function awsAskers(
  clientOf: (region: string) => AwsClient,
): Pick<
  Askers,
  'identity' | 'bootstrap' | 'eks-cluster' | 'quota' | 'offering' | 'reservation' | 'managed-model'
> {
  const identityIn = async (region: string) => {
    const result = await clientOf(region).query('sts', 'GetCallerIdentity');
    return { account: textAt(result, 'Account') ?? '', arn: textAt(result, 'Arn') ?? '' };
  };
  return {
    identity: async ({ asks: { region } }) => await identityIn(region),
    bootstrap: async ({ asks: { region, qualifier } }) => {
      const { account } = await identityIn(region);
      const client = clientOf(region);
      const found = await absentAsNull(
        client.json('ssm', 'GetParameter', { Name: `/cdk-bootstrap/${qualifier}/version` }),
        /^ParameterNotFound/,
      );
      const version = Number((found as { Parameter?: { Value?: unknown } } | null)?.Parameter?.Value);
      return { account, version: Number.isInteger(version) && version > 0 ? version : null };
    },
    'eks-cluster': async ({ asks: { region, name } }) => {
      const path = `/clusters/${encodeURIComponent(name)}`;
      const found = await absentAsNull(
        clientOf(region).get('eks', path, 'eks:DescribeCluster'),
        /^ResourceNotFound/,
      );
      const cluster = (found as { cluster?: { status?: string; version?: string } } | null)?.cluster;
      return cluster === undefined ? null : { status: cluster.status ?? '', version: cluster.version ?? '' };
    },
    quota: quotaAsker(clientOf),
    offering: async ({ asks: { region, type } }) => {
      const result = await clientOf(region).query('ec2', 'DescribeInstanceTypeOfferings', {
        LocationType: 'availability-zone',
        'Filter.1.Name': 'instance-type',
        'Filter.1.Value': [type],
      });
      return listAt(result, 'instanceTypeOfferingSet').flatMap((each) => textAt(each, 'location') ?? []);
    },
    reservation: async ({ asks: { region, type } }) => {
      const result = await clientOf(region).query('ec2', 'DescribeCapacityReservations', {
        'Filter.1.Name': 'instance-type',
        'Filter.1.Value': [type],
      });
      return listAt(result, 'capacityReservationSet').map(reservationOf);
    },
    'managed-model': async ({ asks: { region, modelId } }) => {
      const path = `/foundation-model-availability/${encodeURIComponent(modelId)}`;
      const found = (await absentAsNull(
        clientOf(region).get('bedrock', path, 'bedrock:GetFoundationModelAvailability'),
        /^(?:ResourceNotFound|ValidationException)/,
      )) as ModelAvailability | null;
      if (found === null) return null;
      return {
        agreement: found.agreementAvailability?.status ?? 'ERROR',
        isAuthorized: found.authorizationStatus === 'AUTHORIZED',
        isEntitled: found.entitlementAvailability === 'AVAILABLE',
        isInRegion: found.regionAvailability === 'AVAILABLE',
      };
    },
  };
}

/** Amazon Bedrock API Reference, GetFoundationModelAvailability. */
interface ModelAvailability {
  readonly agreementAvailability?: { readonly status?: string };
  readonly authorizationStatus?: string;
  readonly entitlementAvailability?: string;
  readonly regionAvailability?: string;
}

/** Amazon EC2 API Reference, CapacityReservation. */
function reservationOf(each: Parameters<typeof textAt>[0]): Reservation {
  return {
    id: textAt(each, 'capacityReservationId') ?? '',
    type: textAt(each, 'reservationType') === 'capacity-block' ? 'capacity-block' : 'default',
    state: textAt(each, 'state') ?? '',
    zone: textAt(each, 'availabilityZone') ?? '',
    total: Number(textAt(each, 'totalInstanceCount') ?? 0),
    available: Number(textAt(each, 'availableInstanceCount') ?? 0),
    end: textAt(each, 'endDate') ?? null,
  };
}

/** The answer; `null` where the service refuses by a code that means there is nothing. */
export async function absentAsNull<Answer>(asked: Promise<Answer>, codes: RegExp): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwsRefused && codes.test(error.code)) return null;
    throw error;
  }
}

/** Tags of a resource of EC2, by key. */
export function tagsOf(resource: Parameters<typeof textAt>[0]): ReadonlyMap<string, string> {
  const tags = elementAt(resource)?.['tagSet'];
  return new Map(listAt(tags).map((tag) => [textAt(tag, 'key') ?? '', textAt(tag, 'value') ?? '']));
}
