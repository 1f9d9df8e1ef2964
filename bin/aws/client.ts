import { awsCaller } from '#bin/aws/call-aws';
import type { AwsCredentials } from '#bin/aws/credentials';
import { AWS_SERVICES, endpointOf, type AwsService, type AwsVariables } from '#bin/aws/endpoints';
import { elementAt, readXml, type XmlElement } from '#bin/aws/xml-answer';
import { RequestFailed, type Patience } from '#bin/http/retried';

/** Versions of the APIs that take a form and answer in XML. */
const QUERY_VERSIONS = { sts: '2011-06-15', cloudformation: '2010-05-15', ec2: '2016-11-15' } as const;
/** Prefixes of `x-amz-target` of those that take and answer JSON. */
const TARGETS = {
  ssm: 'AmazonSSM',
  'service-quotas': 'ServiceQuotasV20190624',
  sagemaker: 'SageMaker',
} as const;

/** Parameters of a form; lists are numbered as the service wants it. */
export type QueryParameters = Readonly<Record<string, string | readonly string[]>>;

/** Read-only questions and whatever else is asked of AWS in one region, signed. All throw `RequestFailed`. */
export interface AwsClient {
  readonly region: string;
  /** What the answer's `<ActionResult>` holds, or the whole of EC2's, which has none. */
  readonly query: (
    service: keyof typeof QUERY_VERSIONS,
    action: string,
    parameters?: QueryParameters,
  ) => Promise<XmlElement>;
  readonly json: (service: keyof typeof TARGETS, operation: string, body: object) => Promise<unknown>;
  /** Of a service with addresses of its own. The path is encoded; `permission` is told where it is refused. */
  readonly get: (service: AwsService, path: string, permission: string) => Promise<unknown>;
}

export interface AwsClientProps {
  readonly credentials: AwsCredentials;
  readonly region: string;
  /** Of the process: `AWS_ENDPOINT_URL` and its like. @default - none */
  readonly env?: AwsVariables | undefined;
  readonly patience?: Patience | undefined;
}

export function awsClient({ credentials, region, env = {}, patience }: AwsClientProps): AwsClient {
  const call = awsCaller(credentials, patience);
  const addressed = (service: AwsService) => ({
    service: AWS_SERVICES[service].signs,
    region,
    root: endpointOf(service, region, env),
  });
  return {
    region,
    query: async (service, action, parameters = {}) => {
      const text = await call({
        ...addressed(service),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: formOf(service, action, parameters),
        permission: `${service}:${action}`,
      });
      const whole = readXml(`${service} in ${region}`, text);
      const root = `${action}Response`;
      if (whole[root] === undefined) {
        throw new RequestFailed(`${service} in ${region}: not an answer of ${action}`);
      }
      return elementAt(whole, root, `${action}Result`) ?? elementAt(whole, root) ?? {};
    },
    json: async (service, operation, body) => {
      const text = await call({
        ...addressed(service),
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `${TARGETS[service]}.${operation}`,
        },
        body: JSON.stringify(body),
        permission: `${AWS_SERVICES[service].signs}:${operation}`,
      });
      return readJson(`${service} in ${region}`, text);
    },
    get: async (service, path, permission) => {
      const text = await call({
        ...addressed(service),
        method: 'GET',
        path,
        headers: {},
        body: '',
        permission,
      });
      return readJson(`${service} in ${region}`, text);
    },
  };
}

/** EC2 numbers the items of a list behind its name, the others behind `.member`. */
function formOf(service: keyof typeof QUERY_VERSIONS, action: string, parameters: QueryParameters): string {
  const between = service === 'ec2' ? '' : '.member';
  const pairs = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string'
      ? [[name, value]]
      : value.map((each, index) => [`${name}${between}.${index + 1}`, each]),
  );
  const form = new URLSearchParams([['Action', action], ['Version', QUERY_VERSIONS[service]], ...pairs]);
  return form.toString();
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RequestFailed(`${name}: the answer is not JSON`);
  }
}
