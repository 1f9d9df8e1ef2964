import { setTimeout as sleep } from 'node:timers/promises';

/** How patiently somebody is asked over HTTP. */
export interface Patience {
  /** Tries of one request, the first included. @default 4 */
  readonly attempts?: number;
  /** Wait before the second try; doubled before each further one. @default 500 */
  readonly backoffMs?: number;
  /** Longest silence before and within an answer. @default 60,000 */
  readonly silenceMs?: number;
  /** Longest wait that a server may ask for by `Retry-After`. @default 30,000 */
  readonly longestWaitMs?: number;
}

/** A request came to nothing, after all tries. The message says why, for people. */
export class RequestFailed extends Error {}

/** Worth another try: busy, cut, silent. */
export class Passing extends Error {
  /** What the server asked for. */
  public readonly waitMs: number | undefined;

  public constructor(message: string, waitMs?: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/**
 * Tries until one comes through.
 *
 * @param name - Of what is asked, before the message of a failure
 * @param passingOf - What another try may mend; `null` of everything else, which is thrown on
 * @throws RequestFailed after the last try
 */
export async function retried<Answer>(
  name: string,
  { attempts = 4, backoffMs = 500, longestWaitMs = 30_000 }: Patience,
  tryOnce: () => Promise<Answer>,
  passingOf: (error: unknown) => Passing | null,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnce();
    } catch (error) {
      const passing = passingOf(error);
      if (passing === null) throw error;
      if (attempt >= attempts) throw new RequestFailed(`${name}: ${passing.message} (${attempts} tries)`);
      // Spread, so that many machines that failed together do not come back together.
      const own = backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      await sleep(Math.min(passing.waitMs ?? own, longestWaitMs));
    }
  }
}

/** What a header `Retry-After` asks for, in ms: it holds seconds, or a date. */
export function retryAfterMs(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, until - Date.now());
}
