/** A call of an API of AWS that needs credentials. */
export interface AwsCall {
  readonly service: 'pricing' | 'ec2';
  /** Region whose endpoint is asked, which is signed too. */
  readonly region: string;
  /** `https://api.pricing.us-east-1.amazonaws.com`. */
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What a role must allow for it: `pricing:GetProducts`. */
  readonly permission: string;
}

/** Signs a call, makes it, tries again where that may help, and gives the answer's text. */
export type CallAws = (call: AwsCall) => Promise<string>;
