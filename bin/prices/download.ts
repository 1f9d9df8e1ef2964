import { createHash } from 'node:crypto';
import { Passing, RequestFailed, retried, retryAfterMs, type Patience } from '#bin/http/retried';
import { IncompleteDocument, UnknownForm, type ReadDocument } from '#lib/price-feeds/document-reader';

/** Larger than any price list of one region; an answer without end is not read to its end. */
const MAXIMUM_BYTES = 4 * 2 ** 30;

/** Documents over HTTP: streamed, tried again where that may help, and held to their length and checksum. */
export function downloader(patience: Patience = {}): ReadDocument {
  const { silenceMs = 60_000 } = patience;
  return (url, makeReader) =>
    retried(
      url,
      patience,
      () => readOnce(url, makeReader(), silenceMs),
      (error) => passingOf(error, url),
    );
}

function passingOf(error: unknown, url: string): Passing | null {
  if (error instanceof Passing) return error;
  if (error instanceof IncompleteDocument) return new Passing(`cut short: ${error.message}`);
  if (error instanceof UnknownForm) {
    throw new RequestFailed(`${url}: not in the known form: ${error.message}`);
  }
  if (error instanceof DOMException && error.name === 'AbortError') return new Passing('no answer in time');
  // `fetch` throws a TypeError for every failure of the connection, with the reason as its cause.
  return error instanceof TypeError ? new Passing(reasonOf(error)) : null;
}

function reasonOf(error: TypeError): string {
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

async function readOnce<Value>(
  url: string,
  reader: { readonly write: (chunk: Uint8Array) => void; readonly end: () => Value },
  silenceMs: number,
) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch(url, { signal: silence.signal, redirect: 'follow' });
    refuseStatus(url, response);
    const hash = createHash('sha256');
    const md5 = createHash('md5');
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > MAXIMUM_BYTES) throw new RequestFailed(`${url}: more than ${MAXIMUM_BYTES} bytes`);
      hash.update(chunk);
      md5.update(chunk);
      reader.write(chunk);
    }
    const sha256 = hash.digest();
    refuseDamaged(response.headers, bytes, { sha256, md5: md5.digest() });
    return { value: reader.end(), facts: { url: response.url, sha256: sha256.toString('hex'), bytes } };
  } finally {
    clearTimeout(timer);
  }
}

function refuseStatus(url: string, response: Response): void {
  if (url.startsWith('https:') && !response.url.startsWith('https:')) {
    throw new RequestFailed(`${url}: led to ${response.url}, which is not encrypted`);
  }
  const { status } = response;
  if (response.ok) return;
  if (status === 408 || status === 429 || status >= 500) {
    throw new Passing(`the server answered ${status}`, retryAfterMs(response.headers.get('retry-after')));
  }
  throw new RequestFailed(`${url}: the server answered ${status}`);
}

/** Length and checksums are those of the bytes on the wire: with an encoding they say nothing of ours. */
function refuseDamaged(headers: Headers, bytes: number, digests: { sha256: Buffer; md5: Buffer }): void {
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return;
  const length = headers.get('content-length');
  if (length !== null && Number(length) !== bytes) {
    throw new Passing(`cut short: ${bytes} of ${length} bytes`);
  }
  const sha256 = digests.sha256.toString('base64');
  const stated = [
    [headers.get('x-amz-checksum-sha256'), sha256],
    [
      /sha-256=:?([^:,]+)/i.exec(headers.get('repr-digest') ?? headers.get('digest') ?? '')?.[1] ?? null,
      sha256,
    ],
    [headers.get('content-md5'), digests.md5.toString('base64')],
  ] as const;
  // A checksum of parts ends in their number: it is not one of the bytes.
  const wrong = stated.find(
    ([wanted, actual]) => wanted !== null && !wanted.includes('-') && wanted !== actual,
  );
  if (wrong !== undefined) throw new Passing('the checksum does not match');
}
