import { LandfallError } from '#lib/errors/landfall-error';

/** How one service of AWS is reached. */
interface ServiceNames {
  /** First words of its host. */
  readonly host: string;
  /** Name that is signed. */
  readonly signs: string;
  /** Its word in `AWS_ENDPOINT_URL_<word>`: the service id of the SDKs. */
  readonly variable: string;
}

// Source: "Service-specific endpoints", AWS SDKs and Tools Reference Guide, and the endpoints of each service in the
// AWS General Reference.
export const AWS_SERVICES = {
  sts: { host: 'sts', signs: 'sts', variable: 'STS' },
  ssm: { host: 'ssm', signs: 'ssm', variable: 'SSM' },
  cloudformation: { host: 'cloudformation', signs: 'cloudformation', variable: 'CLOUDFORMATION' },
  ec2: { host: 'ec2', signs: 'ec2', variable: 'EC2' },
  'service-quotas': { host: 'servicequotas', signs: 'servicequotas', variable: 'SERVICE_QUOTAS' },
  sagemaker: { host: 'api.sagemaker', signs: 'sagemaker', variable: 'SAGEMAKER' },
  bedrock: { host: 'bedrock', signs: 'bedrock', variable: 'BEDROCK' },
  eks: { host: 'eks', signs: 'eks', variable: 'EKS' },
} as const satisfies Readonly<Record<string, ServiceNames>>;
export type AwsService = keyof typeof AWS_SERVICES;

/** Variables of the process, as the SDKs read them. */
export type AwsVariables = Readonly<Record<string, string | undefined>>;

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where a service is asked: `AWS_ENDPOINT_URL_<SERVICE>`, else `AWS_ENDPOINT_URL`, else where it stands.
 *
 * @throws LandfallError of an address that is none, or that would send signed requests unencrypted to another machine
 */
export function endpointOf(service: AwsService, region: string, env: AwsVariables): string {
  const { host, variable } = AWS_SERVICES[service];
  const own = `AWS_ENDPOINT_URL_${variable}`;
  const [name, stated] = env[own] ? [own, env[own]] : ['AWS_ENDPOINT_URL', env['AWS_ENDPOINT_URL']];
  if (stated && env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() !== 'true') {
    return checked(name, stated);
  }
  return `https://${host}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function checked(name: string, stated: string): string {
  const url = URL.canParse(stated) ? new URL(stated) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.has(url.hostname))) {
    return stated.replace(/\/+$/, '');
  }
  // The address may hold a password: only its host is shown.
  const got = url === null ? 'no address' : `${url.protocol}//${url.host}`;
  const expected = 'an https address, or http on this machine';
  const fix = `unset ${name}, or write it as http://localhost:4566`;
  throw new LandfallError({ code: 'BAD_USAGE', at: name, got, expected, fix });
}
