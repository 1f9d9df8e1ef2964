/** `missing`: ours and not live. `foreign`: live, of a stack of ours, and not ours. `changed`: on both sides, and not alike. */
export const DIFFERENCES = ['missing', 'foreign', 'changed'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** How what is live came to differ. */
export const ORIGINS = ['not-deployed', 'changed-outside', 'either'] as const;
export type Origin = (typeof ORIGINS)[number];

/** One thing that is live otherwise than it should be. Places, never values. */
export interface DriftedThing {
  readonly difference: Difference;
  /** A logical id, a Terraform address, or `Kind namespace/name`. */
  readonly address: string;
  readonly type: string;
  /**
   * `not-deployed`: what was deployed last is not what is synthesized now. `changed-outside`: it differs from what was
   * deployed last. `either`: a cluster does not tell which.
   */
  readonly origin: Origin;
  /** Where it differs; empty of what is missing or foreign as a whole. */
  readonly paths: readonly string[];
}

export const PROVISIONERS = ['cloudformation', 'terraform', 'kubernetes'] as const;
export type Provisioner = (typeof PROVISIONERS)[number];

/** A stack, or the objects of an option in a cluster, beside what is live of it. */
export interface DriftedStack {
  readonly stack: string;
  readonly provisioner: Provisioner;
  readonly region: string | null;
  /** False where nothing of it is live: then all of it is missing. */
  readonly isLive: boolean;
  readonly things: readonly DriftedThing[];
  /** Resources that nobody can compare with what is live: CloudFormation knows no drift of their types. */
  readonly unchecked: number;
  /** Why less was compared than could be. */
  readonly notes: readonly string[];
}

/** `landfall/drift/v1`: what is live against what is synthesized now. */
export interface Drift {
  readonly schema: 'landfall/drift/v1';
  readonly environment: string;
  readonly checkedAt: string;
  readonly stacks: readonly DriftedStack[];
  readonly counts: Readonly<Record<Difference, number>> & { readonly unchecked: number };
}

export function driftOf(environment: string, checkedAt: string, stacks: readonly DriftedStack[]): Drift {
  const things = stacks.flatMap((stack) => stack.things);
  const count = (difference: Difference) => things.filter((thing) => thing.difference === difference).length;
  return {
    schema: 'landfall/drift/v1',
    environment,
    checkedAt,
    stacks,
    counts: {
      missing: count('missing'),
      foreign: count('foreign'),
      changed: count('changed'),
      unchecked: stacks.reduce((sum, { unchecked }) => sum + unchecked, 0),
    },
  };
}

export function hasDrifted({ counts }: Pick<Drift, 'counts'>): boolean {
  return counts.missing + counts.foreign + counts.changed > 0;
}

/**
 * Things of one stack by their address: what changed outside explains the same difference from what is synthesized, so each
 * is told once, with the places of both.
 */
export function merged(things: readonly DriftedThing[]): DriftedThing[] {
  const byAddress = new Map<string, DriftedThing>();
  for (const thing of things) {
    const known = byAddress.get(thing.address);
    if (known === undefined) byAddress.set(thing.address, thing);
    else {
      const outside = known.origin === 'changed-outside' ? known : thing;
      const paths = [...new Set([...known.paths, ...thing.paths])].toSorted();
      byAddress.set(thing.address, { ...outside, paths });
    }
  }
  return [...byAddress.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}
