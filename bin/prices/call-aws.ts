import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { AwsCredentials } from '#bin/prices/aws-credentials';
import { DownloadFailed, retryAfterMs, type DownloadProps } from '#bin/prices/download';
import { signedHeaders } from '#bin/prices/sign-aws';
import type { AwsCall, CallAws } from '#lib/price-feeds/aws/aws-call';

/** Largest answer that is read, in characters. */
const MAXIMUM_CHARACTERS = 64 * 2 ** 20;
/** Codes of "asked too often" and of a service that has to be asked again. */
const PASSING =
  /^(?:Throttl|RequestLimitExceeded|TooManyRequests|ServiceUnavailable|InternalError|InternalServerError|InternalFailure|Unavailable|RequestTimeout|PriorRequestNotComplete)/;
const EXPIRED = /^(?:ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient)/;
/** What a wrong clock of this machine looks like. */
const SKEWED = /^(?:RequestTimeTooSkewed|InvalidSignature|SignatureDoesNotMatch|RequestExpired|AuthFailure)/;
/** A difference from the server's clock that explains a refused signature, in ms: AWS allows five minutes. */
const SKEW_MS = 4 * 60_000;

/** An answer that another try may mend. */
class Passing extends Error {
  public readonly waitMs: number | undefined;

  public constructor(message: string, waitMs?: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/**
 * Calls APIs of AWS with signed requests. Messages name the service and the code of an error and never its text: AWS
 * repeats signed headers in some, the session token among them. A redirect is not followed: what is signed for one
 * place is for no other.
 */
export function awsCaller(
  credentials: AwsCredentials,
  { attempts = 4, backoffMs = 500, silenceMs = 60_000, longestWaitMs = 30_000 }: DownloadProps = {},
): CallAws {
  // What the server's clock is ahead of this machine's, once it showed.
  let skewMs = 0;
  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await send(call, credentials, new Date(Date.now() + skewMs), silenceMs);
        const text = await textOf(response);
        if (response.ok) return text;
        const code = codeOf(response, text);
        const off = Date.parse(response.headers.get('date') ?? '') - Date.now();
        if (SKEWED.test(code) && Math.abs(off - skewMs) > SKEW_MS && attempt < attempts) {
          skewMs = off;
          continue;
        }
        refuse(call, response, code);
      } catch (error) {
        const passing = passingOf(error);
        if (passing === null) throw error;
        if (attempt >= attempts) {
          throw new DownloadFailed(`${nameOf(call)}: ${passing.message} (${attempts} tries)`);
        }
        const own = backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
        await sleep(Math.min(passing.waitMs ?? own, longestWaitMs));
      }
    }
  };
}

function send(call: AwsCall, credentials: AwsCredentials, at: Date, silenceMs: number): Promise<Response> {
  const { root, headers, body, service, region } = call;
  const url = new URL(`${root}/`);
  const signed = signedHeaders({ method: 'POST', url, headers, body, service, region, at }, credentials);
  // `fetch` sets the host by itself.
  const { host: _host, ...sent } = signed;
  const signal = AbortSignal.timeout(silenceMs);
  return fetch(url, { method: 'POST', headers: sent, body, redirect: 'manual', signal });
}

async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (text.length > MAXIMUM_CHARACTERS)
    throw new DownloadFailed(`more than ${MAXIMUM_CHARACTERS} characters`);
  const stated = response.headers.get('x-amz-crc32');
  if (stated !== null && Number(stated) !== crc32(text)) throw new Passing('the checksum does not match');
  return text;
}

function refuse(call: AwsCall, response: Response, code: string): never {
  const { status } = response;
  if (status === 429 || status >= 500 || PASSING.test(code)) {
    const wait = retryAfterMs(response.headers.get('retry-after'));
    throw new Passing(`the service answered ${code === '' ? status : code}`, wait);
  }
  const what = code === '' ? `${status}` : `${status}, ${code}`;
  const fix = EXPIRED.test(code)
    ? '; the session has ended: sign in again'
    : status === 401 || status === 403 || /^(?:AccessDenied|UnauthorizedOperation)/.test(code)
      ? '; it needs pricing:GetProducts, ec2:DescribeSpotPriceHistory and ec2:DescribeCapacityBlockOfferings'
      : '';
  throw new DownloadFailed(`${nameOf(call)}: the service answered ${what}${fix}`);
}

/** Of an error in JSON (`__type`) or in XML (`<Code>`); nothing of it that is no plain word. */
function codeOf(response: Response, text: string): string {
  const header = response.headers.get('x-amzn-errortype');
  const [, json] = /"__type"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  const [, xml] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  const code = (header ?? json ?? xml ?? '').replace(/^.*#/, '').replace(/:.*$/, '');
  return /^[A-Za-z.]{1,80}$/.test(code) ? code : '';
}

function passingOf(error: unknown): Passing | null {
  if (error instanceof Passing) return error;
  if (error instanceof DOMException) return new Passing('no answer in time');
  // `fetch` throws a TypeError for every failure of the connection; its cause may name the address, nothing signed.
  if (error instanceof TypeError) return new Passing('the connection failed');
  return null;
}

function nameOf({ service, region }: AwsCall): string {
  return `${service} in ${region}`;
}
