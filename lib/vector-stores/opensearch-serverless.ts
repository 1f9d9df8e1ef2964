import * as z from 'zod';
import { HOURS_PER_MONTH } from '#lib/units/money';
import { openSearchBytes, openSearchOriginalBytes } from '#lib/vector-stores/formulas';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { encryptionKey, recurring } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

/** Memory of one OpenSearch Compute Unit. */
const GIB_PER_OCU = 6;
const MAX_DIMENSIONS = 16_000;

/** A vector collection of OpenSearch Serverless. More than one copy means redundancy: every unit runs twice. */
export const openSearchServerless = defineVectorStore({
  id: 'opensearch-serverless',
  title: 'Amazon OpenSearch Serverless',
  runsOn: 'aws',
  standsInNetwork: true,
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['float32', 'fp16'])
      .default('float32')
      .meta({ description: 'Numbers kept in the index', unit: 'id', examples: ['fp16'] }),
    distance,
    minCapacityUnits: z
      .number()
      .gte(0)
      .lte(1_700)
      .default(0)
      .meta({
        description: 'Units kept at least, beyond what index and redundancy ask for',
        unit: 'OCU',
        examples: [4],
      }),
  }),
  size: (corpus, knobs) => {
    if (corpus.dimensions > MAX_DIMENSIONS) {
      return {
        reasons: [
          `${corpus.dimensions} dimensions, OpenSearch indexes ${MAX_DIMENSIONS} at most; truncate the vectors`,
        ],
      };
    }
    const index = sizeIndex({
      corpus,
      indexBytes: openSearchBytes({ ...corpus, links: knobs.m, encoding: knobs.encoding }),
      originalBytes: openSearchOriginalBytes(corpus, knobs.encoding),
      formula: '1.1 × (bytes per vector + 8 × links) × vectors',
      inputs: [
        { name: 'links', value: knobs.m, unit: 'links' },
        { name: 'encoding', value: knobs.encoding, unit: 'id' },
      ],
      diskSlack: 1,
    });
    // Indexing and search each start at half a unit; redundancy doubles both, and serves the copies beyond the second too.
    const redundancy = corpus.copies > 1 ? 2 : 1;
    const search = toUnits(index.memoryGib / GIB_PER_OCU);
    const count = Math.max(knobs.minCapacityUnits, (0.5 + search) * redundancy);
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      nodes: null,
      capacityUnits: { name: 'OCU', count },
      derivation: [
        ...index.steps,
        {
          id: 'store-capacity-units',
          label: 'Capacity units',
          formula: 'max(minimum, (indexing + index ÷ memory per unit, at least ½) × redundancy)',
          value: count,
          unit: 'OCU',
          inputs: [
            { name: 'index', value: index.memoryGib, unit: 'GiB' },
            { name: 'memory per unit', value: GIB_PER_OCU, unit: 'GiB' },
            { name: 'indexing', value: 0.5, unit: 'OCU' },
            { name: 'redundancy', value: redundancy, unit: 'factor' },
            { name: 'minimum', value: knobs.minCapacityUnits, unit: 'OCU' },
          ],
        },
      ],
    };
  },
  purchases: (sizing, _corpus, placement) => {
    const units = sizing.capacityUnits?.count ?? 0;
    const service = 'opensearch-serverless';
    return [
      encryptionKey(placement),
      recurring(
        {
          key: 'ocu',
          label: 'OpenSearch Serverless capacity',
          basis: `${units} OCU × ${HOURS_PER_MONTH} h`,
          quantityPerMonth: units * HOURS_PER_MONTH,
          service,
          sku: 'OCU',
          unit: 'OCU-hour',
        },
        placement,
      ),
      recurring(
        {
          key: 'storage',
          label: 'OpenSearch Serverless storage',
          basis: `${sizing.storageGib.toFixed(1)} GiB`,
          quantityPerMonth: sizing.storageGib,
          service,
          sku: 'storage',
          unit: 'GB-month',
        },
        placement,
      ),
    ];
  },
});

/** Half a unit, then whole ones. */
function toUnits(units: number): number {
  return units <= 0.5 ? 0.5 : Math.ceil(units);
}
