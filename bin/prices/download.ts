import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { IncompleteDocument, UnknownForm, type ReadDocument } from '#lib/price-feeds/document-reader';

export interface DownloadProps {
  /** Tries of one document, the first included. @default 4 */
  readonly attempts?: number;
  /** Wait before the second try; doubled before each further one. @default 500 */
  readonly backoffMs?: number;
  /** Longest silence before and within an answer. @default 60,000 */
  readonly silenceMs?: number;
  /** Longest wait that a server may ask for by `Retry-After`. @default 30,000 */
  readonly longestWaitMs?: number;
}

/** Larger than any price list of one region; an answer without end is not read to its end. */
const MAXIMUM_BYTES = 4 * 2 ** 30;

/** A document could not be read, after all tries. The message says why, for people. */
export class DownloadFailed extends Error {}

/** Worth another try: busy, cut, silent. */
class Passing extends Error {
  /** What the server asked for. */
  public readonly waitMs: number | undefined;

  public constructor(message: string, waitMs?: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/** Documents over HTTP: streamed, tried again where that may help, and held to their length and checksum. */
export function downloader({
  attempts = 4,
  backoffMs = 500,
  silenceMs = 60_000,
  longestWaitMs = 30_000,
}: DownloadProps = {}): ReadDocument {
  return async (url, makeReader) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readOnce(url, makeReader(), silenceMs);
      } catch (error) {
        const { message, waitMs } = passing(error, url);
        if (attempt >= attempts) throw new DownloadFailed(`${url}: ${message} (${attempts} tries)`);
        // Spread, so that many machines that failed together do not come back together.
        const own = backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
        await sleep(Math.min(waitMs ?? own, longestWaitMs));
      }
    }
  };
}

/** What another try may mend; anything else is thrown on. */
function passing(
  error: unknown,
  url: string,
): { readonly message: string; readonly waitMs?: number | undefined } {
  if (error instanceof Passing) return error;
  if (error instanceof IncompleteDocument) return { message: `cut short: ${error.message}` };
  if (error instanceof UnknownForm)
    throw new DownloadFailed(`${url}: not in the known form: ${error.message}`);
  if (error instanceof DownloadFailed) throw error;
  if (error instanceof DOMException && error.name === 'AbortError') return { message: 'no answer in time' };
  // `fetch` throws a TypeError for every failure of the connection, with the reason as its cause.
  if (error instanceof TypeError) return { message: reasonOf(error) };
  throw error;
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
      if (bytes > MAXIMUM_BYTES) throw new DownloadFailed(`${url}: more than ${MAXIMUM_BYTES} bytes`);
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
    throw new DownloadFailed(`${url}: led to ${response.url}, which is not encrypted`);
  }
  const { status } = response;
  if (response.ok) return;
  if (status === 408 || status === 429 || status >= 500) {
    throw new Passing(`the server answered ${status}`, retryAfterMs(response.headers.get('retry-after')));
  }
  throw new DownloadFailed(`${url}: the server answered ${status}`);
}

/** Seconds, or a date. */
export function retryAfterMs(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, until - Date.now());
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
