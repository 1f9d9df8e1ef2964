import { describe, expect, it } from 'vitest';
import { setupOf } from '#lib/retrieval/search-row';
import { measuredRows } from './measured-rows';

describe('the label of a measured run', () => {
  it.each([
    ['8c60g-force_merge', { vcpus: 8, memoryGib: 60, layout: 'whole', isMerged: true, isFourBit: false }],
    ['16c64g', { vcpus: 16, memoryGib: 64, layout: 'whole', isMerged: false, isFourBit: false }],
    ['16c64g-sq4u-fp16-force_merge', { vcpus: 16, memoryGib: 64, isMerged: true, isFourBit: true }],
    ['16c64g-sq8-partition_key', { vcpus: 16, layout: 'partitioned', isMerged: false }],
    ['8c60g-routing-64shard', { vcpus: 8, layout: 'partitioned' }],
  ])('%s names machine and layout', (label, expected) => {
    expect(setupOf(label)).toMatchObject(expected);
  });

  it.each(['8cu-perf', 'p2.x8-1node', '2026-03-31', ''])(
    '%j gives no vCPUs, since it counts in other units',
    (label) => {
      expect(setupOf(label)).toMatchObject({ vcpus: null, memoryGib: null });
    },
  );

  it('gives vCPUs for the 175 rows of stores that are sized in them', () => {
    const sized = measuredRows().filter(({ label }) => setupOf(label).vcpus !== null);
    expect(sized).toHaveLength(175);
    expect(new Set(sized.map(({ store }) => store))).toEqual(
      new Set(['ElasticCloud', 'Milvus', 'OpenSearch', 'QdrantCloud']),
    );
  });
});
