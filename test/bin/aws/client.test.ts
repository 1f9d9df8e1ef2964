import { afterEach, describe, expect, it } from 'vitest';
import { awsClient } from '#bin/aws/client';
import { endpointOf } from '#bin/aws/endpoints';
import { AwsRefused } from '#bin/aws/refusal';
import { listAt, readXml, textAt, wordsAt } from '#bin/aws/xml-answer';
import { apiServer, type ApiAnswer, type ApiServer } from '../../_support/api-server';

let server: ApiServer | undefined;
afterEach(() => server?.close());

async function client(answer: ApiAnswer) {
  server = await apiServer(() => answer);
  return awsClient({
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'nobody', sessionToken: 'nobody' },
    region: 'eu-central-1',
    env: { AWS_ENDPOINT_URL: server.root },
    patience: { attempts: 2, backoffMs: 1 },
  });
}

// AWS Security Token Service API Reference, GetCallerIdentity, "Sample Response".
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/Alice</Arn>
    <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>`;

describe('a client of AWS', () => {
  it('sends a form and reads XML', async () => {
    const result = await (await client({ body: IDENTITY })).query('sts', 'GetCallerIdentity');
    expect(textAt(result, 'Arn')).toBe('arn:aws:iam::123456789012:user/Alice');
    const [request] = server?.requests ?? [];
    expect(request?.body).toBe('Action=GetCallerIdentity&Version=2011-06-15');
    expect(request?.headers['authorization']).toContain('/eu-central-1/sts/aws4_request');
  });

  it('numbers lists as the service wants them', async () => {
    const asked = { InstanceType: ['p5.48xlarge', 'g6e.xlarge'] };
    await (await client({ body: '<DescribeXResponse/>' })).query('ec2', 'DescribeX', asked);
    expect(server?.requests[0]?.body).toContain('InstanceType.1=p5.48xlarge&InstanceType.2=g6e.xlarge');
    await server?.close();
    await (await client({ body: '<DescribeXResponse/>' })).query('cloudformation', 'DescribeX', asked);
    expect(server?.requests[0]?.body).toContain('InstanceType.member.1=p5.48xlarge');
  });

  it('sends and reads JSON, and asks addresses', async () => {
    const asked = await client({ body: '{"Parameter":{"Value":"30"}}' });
    const answer = await asked.json('ssm', 'GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
    expect(answer).toEqual({ Parameter: { Value: '30' } });
    await asked.get('eks', '/clusters/support', 'eks:DescribeCluster');
    const [first, second] = server?.requests ?? [];
    expect(first?.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
    expect([second?.method, second?.path, second?.body]).toEqual(['GET', '/clusters/support', '']);
  });

  it.each([
    [
      'an XML answer of something else',
      { body: '<html><body/></html>' },
      'not an answer of GetCallerIdentity',
    ],
    [
      'an answer that is cut',
      { body: IDENTITY.slice(0, 200) },
      'sts in eu-central-1: the answer is not well formed',
    ],
    [
      'a refusal',
      {
        status: 403,
        body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>secret words</Message></Error></ErrorResponse>',
      },
      'sts in eu-central-1: the service answered 403, AccessDenied; it needs sts:GetCallerIdentity',
    ],
  ])('refuses %s', async (_, answer, message) => {
    const asked = await client(answer);
    await expect(asked.query('sts', 'GetCallerIdentity')).rejects.toThrow(message);
  });

  it('lets the text of a refusal be compared, and shows it nowhere', async () => {
    const body =
      '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>';
    const failure: unknown = await (
      await client({ status: 400, body })
    )
      .query('cloudformation', 'DescribeStacks', { StackName: 'x' })
      .catch((error: unknown) => error);
    if (!(failure instanceof AwsRefused)) throw failure;
    expect([failure.code, failure.says('does not exist'), failure.isDenied]).toEqual([
      'ValidationError',
      true,
      false,
    ]);
    expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toContain('does not exist');
  });
});

describe('an endpoint', () => {
  it.each([
    ['where the service stands', {}, 'https://servicequotas.eu-central-1.amazonaws.com'],
    ['one for all', { AWS_ENDPOINT_URL: 'http://localhost:4566/' }, 'http://localhost:4566'],
    [
      'one for the service before it',
      { AWS_ENDPOINT_URL: 'http://localhost:1', AWS_ENDPOINT_URL_SERVICE_QUOTAS: 'https://quotas.example' },
      'https://quotas.example',
    ],
    [
      'where the service stands, when they are to be ignored',
      { AWS_ENDPOINT_URL: 'http://localhost:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      'https://servicequotas.eu-central-1.amazonaws.com',
    ],
  ])('is %s', (_, env, url) => {
    expect(endpointOf('service-quotas', 'eu-central-1', env)).toBe(url);
  });

  it('of China ends otherwise', () => {
    expect(endpointOf('ec2', 'cn-north-1', {})).toBe('https://ec2.cn-north-1.amazonaws.com.cn');
  });

  it.each(['http://mirror.example', 'ftp://localhost', 'nowhere', 'http://u:p4ss@mirror.example'])(
    'is refused as %s',
    (address) => {
      let message = '';
      try {
        endpointOf('ec2', 'us-east-1', { AWS_ENDPOINT_URL: address });
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('AWS_ENDPOINT_URL');
      expect(message).not.toContain('p4ss');
    },
  );
});

describe('an answer in XML', () => {
  it('has lists that are lists, whatever their length, and text as it was', () => {
    const answer = readXml(
      'ec2',
      '<?xml version="1.0"?><R><set><item><a>1</a></item></set><words><member>x</member></words><none/><t>{&quot;a&quot;:&#xA;1}</t></R>',
    );
    expect(listAt(answer, 'R', 'set')).toEqual([{ a: '1' }]);
    expect(wordsAt(answer, 'R', 'words')).toEqual(['x']);
    expect(listAt(answer, 'R', 'none')).toEqual([]);
    expect(textAt(answer, 'R', 't')).toBe('{"a":\n1}');
  });
});
