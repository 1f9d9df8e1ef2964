import { ACCOUNT, type World } from './world';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type: string;
}

const XML = 'text/xml';
const JSON_1_1 = 'application/x-amz-json-1.1';

/** Version of the bootstrap stack that the emulator says is there. */
const BOOTSTRAP_VERSION = '30';

/** The Security Token Service; `null` for an operation that it does not know. */
export function sts(action: string): Record<string, unknown> | null {
  if (action === 'GetCallerIdentity')
    return { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/ci`, UserId: 'AIDAEXAMPLE' };
  if (action !== 'AssumeRole') return null;
  return {
    Credentials: {
      AccessKeyId: 'ASIAEXAMPLE',
      SecretAccessKey: 'assumed',
      SessionToken: 'session',
      Expiration: '2099-01-01T00:00:00Z',
    },
    AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/cdk/ci`, AssumedRoleId: 'AROAEXAMPLE:ci' },
  };
}

/** The parameter store, which holds what `cdk bootstrap` leaves there. */
export function ssm(target: string): Answer | null {
  if (!target.endsWith('.GetParameter')) return null;
  const Parameter = {
    Name: '/cdk-bootstrap/hnb659fds/version',
    Type: 'String',
    Value: BOOTSTRAP_VERSION,
    Version: 1,
  };
  return { status: 200, body: JSON.stringify({ Parameter }), type: JSON_1_1 };
}

/** The bucket of assets; `null` for what the emulator does not know. */
export function s3(world: World, method: string, url: URL, body: Buffer, isChunked: boolean): Answer | null {
  const key = url.pathname.split('/').at(-1) ?? '';
  if (method === 'POST' && url.searchParams.has('uploads'))
    return xml(200, '<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>');
  if (method === 'POST' && url.searchParams.has('uploadId'))
    return xml(200, '<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>');
  if (method === 'PUT') {
    world.objects.set(key, isChunked ? unchunked(body) : body.toString('utf8'));
    return { status: 200, body: '', type: XML };
  }
  if (method === 'GET' && url.searchParams.has('location'))
    return xml(
      200,
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>',
    );
  if (method === 'GET' && url.searchParams.has('encryption'))
    return xml(404, '<Error><Code>ServerSideEncryptionConfigurationNotFoundError</Code></Error>');
  if (method === 'GET' && url.searchParams.has('list-type')) {
    const prefix = url.searchParams.get('prefix') ?? '';
    const keys = [...world.objects.keys()].filter((each) => each === prefix.split('/').at(-1));
    const contents = keys.map(() => `<Contents><Key>${prefix}</Key><Size>1</Size></Contents>`).join('');
    return xml(200, `<ListBucketResult><KeyCount>${keys.length}</KeyCount>${contents}</ListBucketResult>`);
  }
  if (method === 'HEAD') return { status: world.objects.has(key) ? 200 : 404, body: '', type: XML };
  return null;
}

function xml(status: number, body: string): Answer {
  return { status, body, type: XML };
}

/** The content of a body that is sent in signed chunks: `<hex size>[;signature]\r\n<bytes>\r\n`, up to one of size 0. */
function unchunked(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (end < 0 || !(size > 0)) return Buffer.concat(parts).toString('utf8');
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
