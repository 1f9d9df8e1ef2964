import type { BundleInput, PlanBundle } from '#lib/lifecycle/bundle';
import type { PlannedStack } from '#lib/lifecycle/change';
import type { Deviation } from '#lib/lifecycle/remainder';

/** Files that a plan was made of, and are no longer what they were. */
export function inputDeviations(
  reviewed: Pick<PlanBundle, 'inputs' | 'catalogSha256'>,
  now: { readonly inputs: readonly BundleInput[]; readonly catalogSha256: string },
): Deviation[] {
  const catalog: Deviation[] =
    reviewed.catalogSha256 === now.catalogSha256
      ? []
      : [{ address: '(bundled catalog)', how: 'changed', what: 'its facts are not those of the review' }];
  const was = new Map(reviewed.inputs.map(({ path, sha256 }) => [path, sha256]));
  const is = new Map(now.inputs.map(({ path, sha256 }) => [path, sha256]));
  const files = [...new Set([...was.keys(), ...is.keys()])].flatMap((path): Deviation[] => {
    const [before, after] = [was.get(path), is.get(path)];
    if (before === after) return [];
    if (before === undefined) return [{ address: path, how: 'appeared', what: 'was not read at the review' }];
    if (after === undefined) return [{ address: path, how: 'vanished', what: 'was read at the review' }];
    return [{ address: path, how: 'changed', what: 'another content than at the review' }];
  });
  return [...files, ...catalog];
}

/** Stacks whose artifacts are not those that were reviewed. */
export function artifactDeviations(
  reviewed: readonly PlannedStack[],
  now: readonly Pick<PlannedStack, 'stack' | 'artifactSha256'>[],
): Deviation[] {
  const was = new Map(reviewed.map(({ stack, artifactSha256 }) => [stack, artifactSha256]));
  const is = new Map(now.map(({ stack, artifactSha256 }) => [stack, artifactSha256]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((address): Deviation[] => {
    const [before, after] = [was.get(address), is.get(address)];
    if (before === after) return [];
    if (before === undefined) return [{ address, how: 'appeared', what: 'a stack that nobody reviewed' }];
    if (after === undefined) return [{ address, how: 'vanished', what: 'a stack that was reviewed' }];
    return [{ address, how: 'changed', what: 'what is synthesized is not what was reviewed' }];
  });
}
