import { createHash, createHmac } from 'node:crypto';
import type { AwsCredentials } from '#bin/aws/credentials';

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Lower case names; `host` and `x-amz-date` are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
  readonly region: string;
  readonly at: Date;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The headers of a request with its signature, version 4. The path is encoded twice, as every service but S3 wants it.
 *
 * Source: AWS IAM User Guide, "Create a signed AWS API request"
 */
export function signedHeaders(
  { method, url, headers, body, service, region, at }: SignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Readonly<Record<string, string>> {
  const instant = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-date': instant,
    ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(all).toSorted();
  const query = [...url.searchParams]
    .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const request = [
    method,
    url.pathname.split('/').map(encoded).join('/'),
    query,
    ...names.map((name) => `${name}:${(all[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const day = instant.slice(0, 8);
  const scope = [day, region, service, 'aws4_request'];
  const text = [ALGORITHM, instant, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, text).toString('hex');
  return {
    ...all,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** As URIs are encoded there: everything but letters, digits, `-`, `.`, `_` and `~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
