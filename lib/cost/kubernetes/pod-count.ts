import { Unresolved } from '#lib/artifacts/resource';
import { OpenRequest } from '#lib/cost/kubernetes/pod-demand';

/** The API server holds numbers of pods as int32. */
const MOST_PODS = 2 ** 31 - 1;

/**
 * How many pods a field states, `usual` where it is not written. Terraform writes numbers as texts too.
 *
 * @throws OpenRequest where the deployment decides it, or where the API server would not take it
 */
export function podCount(value: unknown, usual = 1): number {
  if (value === undefined || value === null) return usual;
  if (value instanceof Unresolved)
    throw new OpenRequest(`the number of its pods depends on ${value.dependsOn}`);
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_PODS) return count;
  throw new OpenRequest('the number of its pods is no whole number of 0 or more');
}

/** A count of groups of `size` pods each; what is no number stays as it is written, for `podCount` to tell why. */
export function podsOfGroups(groups: unknown, size: unknown): unknown {
  for (const value of [groups, size]) {
    try {
      podCount(value);
    } catch (error) {
      if (error instanceof OpenRequest) return value;
      throw error;
    }
  }
  return podCount(groups) * podCount(size);
}
