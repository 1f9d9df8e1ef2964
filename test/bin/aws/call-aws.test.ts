import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { awsCaller } from '#bin/aws/call-aws';
import { signedHeaders } from '#bin/aws/sign';
import { apiServer, type ApiAnswer, type ApiServer } from '../../_support/api-server';

// The keys that the AWS documentation uses in its examples.
const EXAMPLE = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: null,
};
const SECRETS = { ...EXAMPLE, sessionToken: 'a-session-token-of-nobody' };

let server: ApiServer | undefined;
afterEach(() => server?.close());

async function call(...answers: readonly ApiAnswer[]) {
  server = await apiServer((_, index) => answers[Math.min(index, answers.length - 1)] ?? { body: '' });
  const caller = awsCaller(SECRETS, { attempts: 3, backoffMs: 1, silenceMs: 2000, longestWaitMs: 5 });
  return caller({
    service: 'pricing',
    region: 'us-east-1',
    root: server.root,
    headers: {},
    body: '{}',
    permission: 'pricing:GetProducts',
  });
}

const error = (status: number, type: string, headers = {}): ApiAnswer => ({
  status,
  headers,
  body: JSON.stringify({
    __type: `com.amazonaws.pricing#${type}`,
    message: `x-amz-security-token:${SECRETS.sessionToken}`,
  }),
});
const FINE: ApiAnswer = { body: '{"PriceList":[]}' };

describe('a signature', () => {
  // AWS General Reference, "Signature Version 4 signing process", the worked example of ListUsers.
  it('is the one that AWS documents', () => {
    const { authorization } = signedHeaders(
      {
        method: 'GET',
        url: new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: '',
        service: 'iam',
        region: 'us-east-1',
        at: new Date('2015-08-30T12:36:00Z'),
      },
      EXAMPLE,
    );
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });
});

describe('a signed call', () => {
  it.each([
    ['throttled', error(400, 'ThrottlingException')],
    ['asked to wait', { status: 429, headers: { 'retry-after': '0' }, body: '' }],
    ['out of service', { status: 503, body: 'no' }],
    ['cut short', { ...FINE, isCut: true }],
    ['damaged', { ...FINE, headers: { 'x-amz-crc32': '1' } }],
  ])('that is %s is made again', async (_, first) => {
    expect(await call(first, FINE)).toBe(FINE.body);
    expect(server?.requests).toHaveLength(2);
  });

  it('holds an answer to its checksum', async () => {
    const checked = { ...FINE, headers: { 'x-amz-crc32': String(crc32(FINE.body)) } };
    expect(await call(checked)).toBe(FINE.body);
    await server?.close();
    await expect(call({ ...FINE, headers: { 'x-amz-crc32': '7' } })).rejects.toThrow(
      'pricing in us-east-1: the checksum does not match (3 tries)',
    );
  });

  it('is signed by the clock of the server once that is known to be another', async () => {
    const ahead = new Date(Date.now() + 3_600_000).toUTCString();
    const skewed = error(403, 'InvalidSignatureException', { date: ahead });
    expect(await call(skewed, FINE)).toBe(FINE.body);
    const [first = '', second = ''] = (server?.requests ?? []).map(({ headers }) =>
      String(headers['x-amz-date']),
    );
    const instant = (stamp: string) =>
      Date.parse(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
    expect(instant(second) - instant(first)).toBeGreaterThan(3_500_000);
  });

  it.each([
    [
      'whose session has ended',
      error(400, 'ExpiredTokenException'),
      /400, ExpiredTokenException; the session has ended/,
    ],
    [
      'that is not allowed',
      error(400, 'AccessDeniedException'),
      /AccessDeniedException; it needs pricing:GetProducts/,
    ],
    [
      'refused in XML',
      { status: 401, body: '<Response><Errors><Error><Code>AuthFailure</Code></Error></Errors></Response>' },
      /401, AuthFailure; it needs/,
    ],
    [
      'that is redirected',
      { status: 301, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
      /answered 301$/,
    ],
    ['refused with an odd code', error(400, 'x y <z>'), /the service answered 400$/],
  ])('%s is not made again', async (_, answer, message) => {
    await expect(call(answer)).rejects.toThrow(message);
    expect(server?.requests).toHaveLength(1);
  });

  it('says nothing of a secret, whatever it is answered', async () => {
    for (const answer of [
      error(400, 'ExpiredTokenException'),
      error(500, 'InternalFailure'),
      error(418, SECRETS.secretAccessKey),
      { status: 400, body: JSON.stringify(SECRETS) },
    ]) {
      const failure: unknown = await call(answer).catch((reason: unknown) => reason);
      await server?.close();
      const text = `${String(failure)} ${JSON.stringify(failure)} ${failure instanceof Error ? String(failure.stack) : ''}`;
      expect(text).toContain('pricing in us-east-1');
      for (const secret of [SECRETS.secretAccessKey, SECRETS.sessionToken, SECRETS.accessKeyId]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});
