import { apiServer, type ApiAnswer, type ApiRequest, type ApiServer } from './api-server';

/** An account of AWS as its services would tell of it; what is left out does not exist. */
export interface AwsAccount {
  readonly arn?: string;
  /** Version of the CDK's bootstrap stack. */
  readonly bootstrap?: number;
  /** Applied values by code. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Values that every account begins with, by code. */
  readonly defaultQuotas?: Readonly<Record<string, number>>;
  /** Quotas that are listed by service, each with its name. */
  readonly listedQuotas?: Readonly<
    Record<string, readonly (readonly [code: string, name: string, value: number])[]>
  >;
  /** Zones by instance type. */
  readonly offerings?: Readonly<Record<string, readonly string[]>>;
  readonly reservations?: readonly {
    readonly id: string;
    readonly type: string;
    readonly zone: string;
    readonly available: number;
    readonly state?: string;
    readonly isBlock?: boolean;
  }[];
  readonly instances?: readonly {
    readonly type: string;
    readonly vcpus: number;
    readonly lifecycle?: 'spot' | 'capacity-block';
    readonly tags?: Readonly<Record<string, string>>;
  }[];
  readonly vpcs?: number;
  readonly addresses?: number;
  /** Zones of NAT gateways. */
  readonly natGateways?: readonly string[];
  /** Status of the agreement by model. */
  readonly models?: Readonly<Record<string, string>>;
  readonly eks?: Readonly<Record<string, { readonly status: string; readonly version: string }>>;
  /** Operations that the role may not call. */
  readonly denied?: readonly string[];
}

/** A server on this machine in the form of the services, as their API references and botocore's models have it. */
export function awsAccount(account: AwsAccount): Promise<ApiServer> {
  return apiServer((request) => answerOf(account, request));
}

function answerOf(account: AwsAccount, request: ApiRequest): ApiAnswer {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target !== '') return jsonAnswer(account, target, JSON.parse(request.body) as Record<string, string>);
  if (request.method === 'GET') return addressAnswer(account, request.path);
  const form = new URLSearchParams(request.body);
  const action = form.get('Action') ?? '';
  if (account.denied?.includes(action)) {
    return {
      status: 403,
      body: `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>`,
    };
  }
  return queryAnswer(account, action, form);
}

function jsonAnswer(account: AwsAccount, target: string, asked: Record<string, string>): ApiAnswer {
  const operation = target.split('.')[1] ?? '';
  if (account.denied?.includes(operation)) return refusal(400, 'AccessDeniedException');
  const code = asked['QuotaCode'] ?? '';
  const quota = (value: number, name = code) => ({ ServiceCode: asked['ServiceCode'], QuotaCode: code, QuotaName: name, Value: value }); // prettier-ignore
  switch (operation) {
    case 'GetParameter':
      return account.bootstrap === undefined
        ? refusal(400, 'ParameterNotFound')
        : json({
            Parameter: { Name: asked['Name'], Type: 'String', Value: String(account.bootstrap), Version: 1 },
          });
    case 'GetServiceQuota': {
      const value = account.quotas?.[code];
      return value === undefined ? refusal(400, 'NoSuchResourceException') : json({ Quota: quota(value) });
    }
    case 'GetAWSDefaultServiceQuota': {
      const value = account.defaultQuotas?.[code];
      return value === undefined ? refusal(400, 'NoSuchResourceException') : json({ Quota: quota(value) });
    }
    case 'ListServiceQuotas': {
      const all = account.listedQuotas?.[asked['ServiceCode'] ?? ''] ?? [];
      // One a page, so that every list is read to its end.
      const index = Number(asked['NextToken'] ?? 0);
      const page = all.slice(index, index + 1);
      return json({
        Quotas: page.map(([QuotaCode, QuotaName, Value]) => ({ QuotaCode, QuotaName, Value })),
        ...(index + 1 < all.length ? { NextToken: String(index + 1) } : {}),
      });
    }
    default:
      return refusal(400, 'UnknownOperationException');
  }
}

function addressAnswer({ models, eks }: AwsAccount, path: string): ApiAnswer {
  const name = decodeURIComponent(path.split('/').at(-1) ?? '');
  if (path.startsWith('/clusters/')) {
    const cluster = eks?.[name];
    return cluster === undefined
      ? refusal(404, 'ResourceNotFoundException')
      : json({ cluster: { name, ...cluster } });
  }
  const status = models?.[name];
  if (status === undefined) return refusal(404, 'ResourceNotFoundException');
  return json({
    modelId: name,
    agreementAvailability: { status },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  });
}

const NAMESPACES: Readonly<Record<string, string>> = {
  GetCallerIdentity: 'https://sts.amazonaws.com/doc/2011-06-15/',
};
const EC2_NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

function queryAnswer(account: AwsAccount, action: string, form: URLSearchParams): ApiAnswer {
  const content = contentOf(account, action, form);
  if (content === null) {
    return {
      status: 400,
      body: `<Response><Errors><Error><Code>InvalidAction</Code></Error></Errors></Response>`,
    };
  }
  const namespace = NAMESPACES[action] ?? EC2_NAMESPACE;
  return {
    headers: { 'content-type': 'text/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><${action}Response xmlns="${namespace}">${content}</${action}Response>`,
  };
}

function contentOf(account: AwsAccount, action: string, form: URLSearchParams): string | null {
  const { arn = 'arn:aws:sts::123456789012:assumed-role/deployer/ci', offerings = {} } = account;
  const type = form.get('Filter.1.Value.1') ?? '';
  switch (action) {
    case 'GetCallerIdentity':
      return `<GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROA:ci</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>`;
    case 'DescribeInstanceTypeOfferings':
      return set(
        'instanceTypeOfferingSet',
        (offerings[type] ?? []).map((zone) => `<instanceType>${type}</instanceType><locationType>availability-zone</locationType><location>${zone}</location>`), // prettier-ignore
      );
    case 'DescribeCapacityReservations':
      return set(
        'capacityReservationSet',
        (account.reservations ?? [])
          .filter((each) => each.type === type)
          .map(
            ({ id, zone, available, state = 'active', isBlock = false }) =>
              `<capacityReservationId>${id}</capacityReservationId><instanceType>${type}</instanceType><availabilityZone>${zone}</availabilityZone><totalInstanceCount>${available}</totalInstanceCount><availableInstanceCount>${available}</availableInstanceCount><state>${state}</state>${isBlock ? '<reservationType>capacity-block</reservationType><endDate>2026-12-24T11:30:00.000Z</endDate>' : '<reservationType>default</reservationType>'}`,
          ),
      );
    case 'DescribeInstances':
      return set(
        'reservationSet',
        (account.instances ?? []).map(
          ({ type: own, vcpus, lifecycle, tags = {} }) =>
            `<reservationId>r-1</reservationId>${set('instancesSet', [`<instanceId>i-1</instanceId><instanceType>${own}</instanceType>${lifecycle === undefined ? '' : `<instanceLifecycle>${lifecycle}</instanceLifecycle>`}<cpuOptions><coreCount>${vcpus / 2}</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions>${tagSet(tags)}`])}`,
        ),
      );
    case 'DescribeVpcs':
      return set(
        'vpcSet',
        items(account.vpcs, (index) => `<vpcId>vpc-${index}</vpcId>${tagSet({})}`),
      );
    case 'DescribeAddresses':
      return set(
        'addressesSet',
        items(account.addresses, (index) => `<publicIp>192.0.2.${index}</publicIp>`),
      );
    case 'DescribeNatGateways':
      return set(
        'natGatewaySet',
        (account.natGateways ?? []).map((zone, index) => `<natGatewayId>nat-${index}</natGatewayId><subnetId>subnet-${zone}</subnetId><state>available</state>`), // prettier-ignore
      );
    case 'DescribeSubnets':
      return set(
        'subnetSet',
        [...new Set(account.natGateways)].map((zone) => `<subnetId>subnet-${zone}</subnetId><availabilityZone>${zone}</availabilityZone>`), // prettier-ignore
      );
    default:
      return null;
  }
}

function set(name: string, each: readonly string[]): string {
  return `<${name}>${each.map((content) => `<item>${content}</item>`).join('')}</${name}>`;
}

function tagSet(tags: Readonly<Record<string, string>>): string {
  return set(
    'tagSet',
    Object.entries(tags).map(([key, value]) => `<key>${key}</key><value>${value}</value>`),
  );
}

function items(count: number | undefined, make: (index: number) => string): string[] {
  return Array.from({ length: count ?? 0 }, (_, index) => make(index));
}

function json(content: object): ApiAnswer {
  return { body: JSON.stringify(content) };
}

function refusal(status: number, code: string): ApiAnswer {
  return {
    status,
    headers: { 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message: 'no' }),
  };
}
