/** How the number of nodes follows the load over a week. */
export const SCALING_POLICIES = ['fixed', 'scheduled', 'autoscaled', 'scale-to-zero'] as const;
export type ScalingPolicyId = (typeof SCALING_POLICIES)[number];

/** What a target can do besides standing still. */
export interface ScalingSupport {
  /** `fixed` among them, always. */
  readonly policies: readonly ScalingPolicyId[];
  /** Why the others are not: `what is owned stands whether it works or not`. */
  readonly otherwise: string;
  /** Assumption, in seconds: from asking for a node until it runs the container. @default - no node comes or goes */
  readonly nodeStart?: string;
  /** What callers must know of a fleet that can be at nothing. @default - it is never at nothing */
  readonly atZero?: string;
}

/** The number of machines is somebody's signature. */
export function standsStill(otherwise: string): ScalingSupport {
  return { policies: ['fixed'], otherwise };
}
