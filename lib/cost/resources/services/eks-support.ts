/**
 * The day on which each version's standard support ends and the dearer, extended one begins; that lasts 12 months.
 * Source: the release calendar of the Amazon EKS user guide, as it stood in September 2026.
 */
const STANDARD_SUPPORT_ENDS: ReadonlyMap<string, string> = new Map([
  ['1.29', '2025-03-23'],
  ['1.30', '2025-07-23'],
  ['1.31', '2025-11-26'],
  ['1.32', '2026-03-23'],
  ['1.33', '2026-07-29'],
  ['1.34', '2026-12-02'],
  ['1.35', '2027-03-27'],
  ['1.36', '2027-08-02'],
]);

export interface ClusterSupport {
  readonly isExtended: boolean;
  readonly why: string;
}

/**
 * How a cluster is supported on a day. One whose policy forbids extended support is upgraded instead of charged; one
 * that is past even that is upgraded to the oldest version in it.
 */
export function clusterSupport(
  version: string | undefined,
  policy: string | undefined,
  asOf: string,
): ClusterSupport {
  if (version === undefined)
    return { isExtended: false, why: 'a version in extended support would cost more' };
  if (policy === 'STANDARD')
    return { isExtended: false, why: 'upgraded before extended support, by its policy' };
  const ends = STANDARD_SUPPORT_ENDS.get(version);
  if (ends !== undefined) {
    return asOf < ends
      ? { isExtended: false, why: `${version} is in standard support until ${ends}` }
      : { isExtended: true, why: `${version} is in extended support since ${ends}` };
  }
  const [oldest] = STANDARD_SUPPORT_ENDS.keys();
  const isOlder = oldest !== undefined && minor(version) < minor(oldest);
  return isOlder
    ? { isExtended: true, why: `${version} is older than what has standard support` }
    : { isExtended: false, why: `the support of ${version} is not known here` };
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}
