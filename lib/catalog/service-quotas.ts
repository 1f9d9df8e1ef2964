/** A limit that AWS sets an account in a region, of which a deployment takes a part. */
export interface ServiceQuota {
  readonly id: string;
  /** Service code of Service Quotas: `ec2`, `vpc`, `sagemaker`, `bedrock`. */
  readonly service: string;
  /** `L-417A185B`; `null` where there is one for each model or type, which are found by name. */
  readonly code: string | null;
  /** As AWS names it, in the forms it was seen in; `*` stands for the model or the type. */
  readonly names: readonly string[];
  readonly unit: string;
  /** Letters with which the instance types begin that share it. @default - it is none of instance types */
  readonly families?: readonly string[];
  readonly purchase?: 'on-demand' | 'spot';
  /** How the managed model is called. @default - it is none of a managed model */
  readonly profile?: 'in-region' | 'regional' | 'global';
  /** How many tokens of the quota one token of output takes, by the beginning of the model's id. @default 1 */
  readonly outputWeights?: Readonly<Record<string, number>>;
  readonly source: string;
}
