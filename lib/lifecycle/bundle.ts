import { fullAddress, type PlannedStack } from '#lib/lifecycle/change';
import type { LiveDanger } from '#lib/lifecycle/danger';
import { digestOf } from '#lib/lifecycle/digest';

/** What the plan was asked for, in words that a second run is given again. Paths start from the working folder. */
export interface BundleRequest {
  readonly environment: string;
  readonly option: string | null;
  readonly scenario: string | null;
  readonly prices: string | null;
  readonly constants: string | null;
  readonly modelConfig: string | null;
}

export interface BundleInput {
  /** From the working folder. `(prices of the local cache)` names no file. */
  readonly path: string;
  readonly sha256: string;
}

export interface BundleCost {
  /** Monthly equivalent of all that is deployed then; includes what has no resource, such as people. */
  readonly afterMonthlyUsd: number;
  /** The same before; `null` where what stands was planned by another environment file or catalog. */
  readonly beforeMonthlyUsd: number | null;
  /** Some line has no price. */
  readonly isAtLeast: boolean;
}

/** `landfall/plan-bundle/v1`: what was reviewed, without a value of any property. */
export interface PlanBundle {
  readonly schema: 'landfall/plan-bundle/v1';
  /** Version of the program that made it. */
  readonly landfall: string;
  readonly environment: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly request: BundleRequest;
  readonly inputs: readonly BundleInput[];
  readonly catalogSha256: string;
  readonly stacks: readonly (PlannedStack & { readonly changesSha256: string })[];
  readonly dangers: readonly LiveDanger[];
  readonly cost: BundleCost;
  /** Digest of everything above: a bundle that was changed says so. */
  readonly sha256: string;
}

export type BundleParts = Omit<PlanBundle, 'schema' | 'stacks' | 'sha256'> & {
  readonly stacks: readonly PlannedStack[];
};

export function makeBundle(parts: BundleParts): PlanBundle {
  const { landfall, environment, createdAt, expiresAt, request, inputs, catalogSha256, dangers, cost } =
    parts;
  const content = {
    schema: 'landfall/plan-bundle/v1' as const,
    landfall,
    environment,
    createdAt,
    expiresAt,
    request,
    inputs,
    catalogSha256,
    stacks: parts.stacks.map((stack) => ({ ...stack, changesSha256: digestOf(stack.changes) })),
    dangers,
    cost,
  };
  return { ...content, sha256: digestOf(content) };
}

/** The text of a bundle's file. */
export function bundleText(bundle: PlanBundle): string {
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/**
 * Whether a bundle is what was written: its digests, and its text to the last character.
 */
export function isUntouched(bundle: PlanBundle, text: string): boolean {
  const { sha256, ...content } = bundle;
  return (
    digestOf(content) === sha256 &&
    bundle.stacks.every(({ changes, changesSha256 }) => digestOf(changes) === changesSha256) &&
    bundleText(bundle) === text
  );
}

/** First characters of its digest: what people call it. */
export function bundleName({ sha256 }: Pick<PlanBundle, 'sha256'>): string {
  return sha256.slice(0, 8);
}

/** Nobody looked at what stands: it may be read, not applied. */
export function isOffline({ stacks }: Pick<PlanBundle, 'stacks'>): boolean {
  return stacks.some(({ live }) => live.kind === 'unknown');
}

/** Addresses that somebody approves and that are none of the bundle. */
export function unknownAddresses(bundle: Pick<PlanBundle, 'stacks'>, approved: readonly string[]): string[] {
  const known = new Set(addressesOf(bundle));
  return approved.filter((address) => !known.has(address));
}

export function addressesOf({ stacks }: Pick<PlanBundle, 'stacks'>): string[] {
  return stacks.flatMap((stack) => stack.changes.map((change) => fullAddress(stack, change)));
}
