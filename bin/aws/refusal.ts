import { RequestFailed } from '#bin/http/retried';

/** Codes of "asked too often" and of a service that has to be asked again. */
const PASSING =
  /^(?:Throttl|RequestLimitExceeded|TooManyRequests|ServiceUnavailable|InternalError|InternalServerError|InternalFailure|Unavailable|RequestTimeout|PriorRequestNotComplete)/;
const EXPIRED = /^(?:ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient)/;
const DENIED = /^(?:AccessDenied|UnauthorizedOperation)/;
/** What a wrong clock of this machine looks like. */
const SKEWED = /^(?:RequestTimeTooSkewed|InvalidSignature|SignatureDoesNotMatch|RequestExpired|AuthFailure)/;

export interface Refusal {
  /** Of what was asked: `ec2 in us-east-1`. */
  readonly name: string;
  /** Of HTTP. */
  readonly status: number;
  /** '' where the answer had none that can be shown. */
  readonly code: string;
  readonly text: string;
  readonly permission: string;
}

/** AWS refused a call for good. Its text is only compared, never shown: it may repeat what was signed. */
export class AwsRefused extends RequestFailed {
  public readonly code: string;
  public readonly status: number;
  readonly #text: string;

  public constructor({ name, status, code, text, permission }: Refusal) {
    const what = code === '' ? `${status}` : `${status}, ${code}`;
    super(`${name}: the service answered ${what}${remedy(status, code, permission)}`);
    this.code = code;
    this.status = status;
    this.#text = text;
  }

  /** Whether a role lacks a permission, or nobody is signed in any more. */
  public get isDenied(): boolean {
    return this.status === 401 || this.status === 403 || DENIED.test(this.code) || EXPIRED.test(this.code);
  }

  /** Whether its text has some known words: errors of validation share one code. */
  public says(words: string | RegExp): boolean {
    return typeof words === 'string' ? this.#text.includes(words) : words.test(this.#text);
  }
}

function remedy(status: number, code: string, permission: string): string {
  if (EXPIRED.test(code)) return '; the session has ended: sign in again';
  return status === 401 || status === 403 || DENIED.test(code) ? `; it needs ${permission}` : '';
}

export function isPassing(status: number, code: string): boolean {
  return status === 429 || status >= 500 || PASSING.test(code);
}

export function isSkewed(code: string): boolean {
  return SKEWED.test(code);
}

/** Of an error in JSON (`__type`, `code`) or in XML (`<Code>`); nothing of it that is no plain word. */
export function codeOf(headers: Headers, text: string): string {
  const [, json] = /"(?:__type|code)"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  const [, xml] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  const code = (headers.get('x-amzn-errortype') ?? json ?? xml ?? '').replace(/^.*#/, '').replace(/:.*$/, '');
  return /^[A-Za-z.]{1,80}$/.test(code) ? code : '';
}
