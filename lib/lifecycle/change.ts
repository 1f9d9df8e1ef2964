/** What becomes of a resource. */
export const ACTIONS = ['create', 'update', 'replace', 'may-replace', 'delete', 'release'] as const;
export type Action = (typeof ACTIONS)[number];

/** A place in a resource that differs; its value is never told. */
export interface ChangedPath {
  /** `Properties.ScalingConfig.MaxSize`; keys that are no plain words are told by a fingerprint. */
  readonly path: string;
  /** Fingerprint of the value that stands there now; `null` where none does. */
  readonly was: string | null;
}

/** One resource that a deployment would touch, in a form that is equal for equal changes. */
export interface Change {
  /** In its stack: a logical id, `Outputs.Url`, a Terraform address. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Where it differs; empty of what is created or deleted as a whole. */
  readonly paths: readonly ChangedPath[];
  /** What stays of the resource that goes: of what is deleted or replaced. */
  readonly keeps: 'resource' | 'snapshot' | null;
  /** Terraform alone: the object made before did not come out whole, and is made again. */
  readonly isHalfMade?: true;
}

/** What somebody looking from outside found standing of a stack. */
export type LiveState =
  | { readonly kind: 'absent' }
  /** `sha256` of the deployed template, with the stack's tags and its protection. */
  | { readonly kind: 'template'; readonly sha256: string }
  | { readonly kind: 'state'; readonly lineage: string; readonly serial: number }
  /** Nobody looked: `plan --offline`. */
  | { readonly kind: 'unknown' };

export type Provisioner = 'cdk' | 'terraform';

/** A stack as it would be deployed now. */
export interface PlannedStack {
  /** Name under which it is deployed; unique in the bundle. */
  readonly stack: string;
  readonly provisioner: Provisioner;
  /** Region where it stands; `null` outside of AWS. */
  readonly region: string | null;
  /** Digest of everything that is deployed of it. */
  readonly artifactSha256: string;
  readonly live: LiveState;
  /**
   * Stacks that have to stand before this one can be asked: its changes are then all that it declares. Empty where it was
   * asked.
   */
  readonly plannedAfter: readonly string[];
  readonly changes: readonly Change[];
}

/** `support-eks-network/Vpc8378EB38`: what `--approve` takes. */
export function fullAddress(
  { stack }: Pick<PlannedStack, 'stack'>,
  { address }: Pick<Change, 'address'>,
): string {
  return `${stack}/${address}`;
}

export function isChanged({ changes }: Pick<PlannedStack, 'changes'>): boolean {
  return changes.length > 0;
}
