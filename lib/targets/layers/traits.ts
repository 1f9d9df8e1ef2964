import type { Target } from '#lib/targets/target';

/** Who operates what of a target, and what can be changed there, as its knobs have it. */
export function traitsOf(target: Target, knobs: unknown): Pick<Target, 'operates' | 'customisable'> {
  const { operates, customisable } = target.handedOver?.(knobs) ?? target;
  return { operates, customisable };
}
