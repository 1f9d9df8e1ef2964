import { EXIT } from '#bin/command';
import { readTextFile } from '#bin/files/read-text-file';
import { Halted } from '#bin/live/halted';
import { packageVersion } from '#bin/package-root';
import { readJsonText } from '#lib/artifacts/json-text';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import {
  addressesOf,
  isOffline,
  isUntouched,
  unknownAddresses,
  type PlanBundle,
} from '#lib/lifecycle/bundle';
import { timeFault } from '#lib/lifecycle/expiry';
import { planBundleSchema } from '#lib/report/documents/plan-bundle';

/** Largest bundle, in bytes: 16 MiB. */
const MAXIMUM_BYTES = 16 * 2 ** 20;

const AGAIN = 'make a new one with `landfall plan`, and have it reviewed';

/**
 * A bundle that may be applied at this instant.
 *
 * @throws LandfallError where it is no bundle
 * @throws Halted where it was changed, has expired, was made by another version or without looking
 */
export function readBundle(path: string, now: string): PlanBundle {
  const text = readTextFile(path, 'a bundle of `landfall plan`', MAXIMUM_BYTES);
  const { root } = readJsonText(path, text);
  const checked = planBundleSchema.safeParse(root);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new LandfallError({
      code: 'NOT_A_BUNDLE',
      at: `${path}:1:1`,
      got: issue === undefined ? 'another document' : `another form at ${issue.path.join('.') || 'its root'}`,
      expected: 'a bundle of `landfall plan`',
      fix: AGAIN,
    });
  }
  // As it was read: what a schema gives back has its keys in another order.
  const bundle = root as PlanBundle;
  const stale = (got: string) =>
    new Halted(EXIT.stale, {
      code: 'PLAN_STALE',
      at: path,
      got,
      expected: 'the plan that was reviewed',
      fix: AGAIN,
    });
  if (!isUntouched(bundle, text)) throw stale('a bundle that was changed after it was written');
  const late = timeFault(bundle, now);
  if (late !== null) throw stale(`a bundle that does not hold now: ${late}`);
  if (bundle.landfall !== packageVersion())
    throw stale(`a bundle of version ${bundle.landfall}, and version ${packageVersion()} to apply it`);
  if (isOffline(bundle)) throw stale('a bundle made with --offline: nobody looked at what stands');
  return bundle;
}

/** @throws LandfallError for an approval of what the bundle does not touch */
export function refuseUnknownApprovals(bundle: PlanBundle, approved: readonly string[]): void {
  const [unknown] = unknownAddresses(bundle, approved);
  if (unknown === undefined) return;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--approve',
    got: `"${unknown}"`,
    expected: 'the address of something that the bundle changes',
    fix: suggestion(unknown, addressesOf(bundle)),
  });
}

/** @throws Halted where something would be lost that nobody has named */
export function refuseUnapproved(needed: readonly string[], approved: readonly string[]): void {
  const problems = needed
    .filter((address) => !approved.includes(address))
    .map((address) => ({
      code: 'NOT_APPROVED' as const,
      at: address,
      got: 'data-loss',
      expected: 'somebody who approves of it by its name',
      fix: `--approve '${address}'`,
    }));
  const [first, ...rest] = problems;
  if (first !== undefined) throw new Halted(EXIT.guardrail, [first, ...rest]);
}
