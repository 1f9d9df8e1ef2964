import { crc32 } from 'node:zlib';
import type { AwsCredentials } from '#bin/aws/credentials';
import { AwsRefused, codeOf, isPassing, isSkewed } from '#bin/aws/refusal';
import { signedHeaders } from '#bin/aws/sign';
import { Passing, RequestFailed, retried, retryAfterMs, type Patience } from '#bin/http/retried';

/** Largest answer that is read, in characters. */
const MAXIMUM_CHARACTERS = 64 * 2 ** 20;
/** A difference from the server's clock that explains a refused signature, in ms: AWS allows five minutes. */
const SKEW_MS = 4 * 60_000;

/** One request to an API of AWS, before it is signed. */
export interface SignedCall {
  /** Name that is signed, which is not always the host's: `servicequotas`, `sagemaker`. */
  readonly service: string;
  /** Region that is signed. */
  readonly region: string;
  /** `https://api.pricing.us-east-1.amazonaws.com`. */
  readonly root: string;
  /** @default 'POST' */
  readonly method?: 'GET' | 'POST';
  /** With its segments encoded and the query behind it. @default '/' */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What a role must allow for it, told where it is refused: `ec2:DescribeSpotPriceHistory`. */
  readonly permission: string;
}

/** Signs a call, makes it, tries again where that may help, and gives the answer's text. */
export type MakeCall = (call: SignedCall) => Promise<string>;

/**
 * Calls APIs of AWS with signed requests. Messages name the service and the code of an error and never its text: AWS
 * repeats signed headers in some, the session token among them. A redirect is not followed: what is signed for one
 * place is for no other.
 */
export function awsCaller(credentials: AwsCredentials, patience: Patience = {}): MakeCall {
  const { silenceMs = 60_000 } = patience;
  // What the server's clock is ahead of this machine's, once it showed.
  let skewMs = 0;
  return (call) =>
    retried(
      nameOf(call),
      patience,
      async () => {
        const response = await send(call, credentials, new Date(Date.now() + skewMs), silenceMs);
        const text = await textOf(response);
        if (response.ok) return text;
        const code = codeOf(response.headers, text);
        const off = Date.parse(response.headers.get('date') ?? '') - Date.now();
        if (isSkewed(code) && Math.abs(off - skewMs) > SKEW_MS) {
          skewMs = off;
          throw new Passing(`the service answered ${code}`, 0);
        }
        throw refusal(call, response, { code, text });
      },
      passingOf,
    );
}

function send(call: SignedCall, credentials: AwsCredentials, at: Date, silenceMs: number): Promise<Response> {
  const { root, method = 'POST', path = '/', headers, body, service, region } = call;
  const url = new URL(`${root}${path}`);
  const signed = signedHeaders({ method, url, headers, body, service, region, at }, credentials);
  // `fetch` sets the host by itself.
  const { host: _host, ...sent } = signed;
  const signal = AbortSignal.timeout(silenceMs);
  const content = method === 'GET' ? {} : { body };
  return fetch(url, { method, headers: sent, ...content, redirect: 'manual', signal });
}

async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (text.length > MAXIMUM_CHARACTERS) throw new RequestFailed(`more than ${MAXIMUM_CHARACTERS} characters`);
  const stated = response.headers.get('x-amz-crc32');
  if (stated !== null && Number(stated) !== crc32(text)) throw new Passing('the checksum does not match');
  return text;
}

function refusal(
  call: SignedCall,
  { status, headers }: Response,
  { code, text }: { readonly code: string; readonly text: string },
): Error {
  if (isPassing(status, code)) {
    return new Passing(
      `the service answered ${code === '' ? status : code}`,
      retryAfterMs(headers.get('retry-after')),
    );
  }
  return new AwsRefused({ name: nameOf(call), status, code, text, permission: call.permission });
}

function passingOf(error: unknown): Passing | null {
  if (error instanceof Passing) return error;
  if (error instanceof DOMException) return new Passing('no answer in time');
  // `fetch` throws a TypeError for every failure of the connection; its cause may name the address, nothing signed.
  return error instanceof TypeError ? new Passing('the connection failed') : null;
}

function nameOf({ service, region }: SignedCall): string {
  return `${service} in ${region}`;
}
