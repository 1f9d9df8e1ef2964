import { loadCatalog } from '#lib/catalog/load';

/** Base of an assumption of the catalog. */
export function base(id: string): number {
  return loadCatalog().assumptions.get(id)?.base ?? Number.NaN;
}

/**
 * Replicas with spares, so that as many as are needed are up with the availability asked for: the binomial distribution,
 * added up.
 */
export function replicasFor(needed: number, availability: number): number {
  const up = base('replica.mtbf-hours') / (base('replica.mtbf-hours') + base('replica.mttr-hours'));
  let spares = -1;
  let sum = 0;
  while (sum < availability) {
    spares += 1;
    sum = 0;
    for (let failed = 0; failed <= spares; failed += 1) sum += chance(failed, needed + spares, up);
  }
  return needed + spares;
}

function chance(failed: number, of: number, up: number): number {
  let ways = 1;
  for (let each = 0; each < failed; each += 1) ways *= (of - each) / (each + 1);
  return ways * (1 - up) ** failed * up ** (of - failed);
}
