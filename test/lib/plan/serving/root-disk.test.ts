import { expect, it } from 'vitest';
import { ROOT_DISK_GIB } from '#lib/plan/serving/serving-plan';
import { plannedFor } from '../../../_support/planned';

/** The kubelet evicts pods when a tenth of the disk is left. */
const FILLED = 0.9;

it('the root disk of a CPU node holds what a pod of the store keeps on it, is in the pool and is bought', () => {
  for (const { retrieval, nodePools, purchases } of plannedFor('aws-eks')) {
    const pool = nodePools.find(({ id }) => id === 'cpu');
    const nodes = retrieval?.runsOn === 'kubernetes' ? retrieval.sizing.nodes : null;
    const diskGib = pool?.rootDiskGib ?? Number.NaN;
    expect(FILLED * diskGib).toBeGreaterThanOrEqual(FILLED * ROOT_DISK_GIB.cpu + (nodes?.cacheGib ?? 0));
    expect(diskGib === ROOT_DISK_GIB.cpu).toBe(nodes?.cacheGib === undefined);
    expect(purchases.find(({ key }) => key === 'cpu-nodes.root-volume')).toMatchObject({
      quantityPerMonth: (pool?.nodes.desired ?? Number.NaN) * diskGib,
    });
  }
});
