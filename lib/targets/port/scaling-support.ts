/** How the number of nodes follows the load over a week. */
export const SCALING_POLICIES = ['fixed', 'scheduled', 'autoscaled', 'scale-to-zero'] as const;
export type ScalingPolicyId = (typeof SCALING_POLICIES)[number];

/** What a target can do besides standing still. */
export interface ScalingSupport {
  /** `fixed` among them, always. */
  readonly policies: readonly ScalingPolicyId[];
  /** Why the others are not: `what is owned stands whether it works or not`. */
  readonly otherwise: string;
  /** How its nodes come and go. @default - none does */
  readonly pace?: NodePace;
  /** A fleet that can be at nothing. @default - it never is */
  readonly atZero?: AtZero;
}

export interface NodePace {
  /** Assumption, in seconds: from asking for a node until it runs the container. */
  readonly start: string;
  /** No replica goes earlier after it is no longer needed. */
  readonly leastCooldownSeconds: number;
  /** How much longer a node is paid for that no replica needs. */
  readonly releaseSeconds: number;
}

export interface AtZero {
  readonly releaseSeconds: number;
  /** What callers must know. */
  readonly note: string;
}

/** The number of machines is somebody's signature. */
export function standsStill(otherwise: string): ScalingSupport {
  return { policies: ['fixed'], otherwise };
}
