import * as z from 'zod';
import { HOURS_PER_MONTH, SECONDS_PER_MONTH } from '#lib/units/money';
import { buildEffort, distance, links } from '#lib/vector-stores/index-knobs';
import { sizePgvector } from '#lib/vector-stores/pgvector-size';
import { encryptionKey, recurring, usage } from '#lib/vector-stores/purchases';
import { defineVectorStore } from '#lib/vector-stores/vector-store';

/** Memory of one Aurora Capacity Unit, and the share of it that Aurora gives its buffer cache. */
const GIB_PER_ACU = 2;
const BUFFER_SHARE = 0.75;
/** Most units that one Serverless v2 instance scales to. */
const MAX_ACU = 256;
/** Pages written per changed vector: the row, its neighbours' links, the index page. */
const WRITES_PER_VECTOR = 3;

/** Aurora PostgreSQL Serverless v2 with pgvector. Copies beyond the first are readers; they share the storage. */
export const auroraPgvector = defineVectorStore({
  id: 'aurora-pgvector',
  title: 'Aurora PostgreSQL with pgvector',
  runsOn: 'aws',
  standsInNetwork: true,
  knobs: z.strictObject({
    m: links,
    efConstruction: buildEffort,
    encoding: z
      .enum(['vector', 'halfvec'])
      .default('vector')
      .meta({ description: 'Column type: 4 or 2 bytes per dimension', unit: 'id', examples: ['halfvec'] }),
    distance,
    minCapacityUnits: z
      .number()
      .gte(0)
      .lte(MAX_ACU)
      .multipleOf(0.5)
      .default(0.5)
      .meta({ description: 'Units each instance keeps at least', unit: 'ACU', examples: [2] }),
  }),
  size: (corpus, knobs) => {
    const index = sizePgvector(corpus, knobs);
    if ('reasons' in index) return index;
    const perInstance = Math.max(
      knobs.minCapacityUnits,
      0.5,
      Math.ceil((2 * index.memoryGib) / (GIB_PER_ACU * BUFFER_SHARE)) / 2,
    );
    if (perInstance > MAX_ACU) {
      return {
        reasons: [
          `the index needs ${perInstance} ACU, one Aurora Serverless v2 instance ends at ${MAX_ACU}; store halfvec, truncate the vectors or take another store`,
        ],
      };
    }
    const count = perInstance * corpus.copies;
    return {
      memoryGib: index.memoryGib,
      storageGib: index.storageGib,
      nodes: null,
      capacityUnits: { name: 'ACU', count },
      derivation: [
        ...index.steps,
        {
          id: 'store-capacity-units',
          label: 'Capacity units',
          formula: 'max(minimum, index ÷ (memory per unit × buffer share)) × copies',
          value: count,
          unit: 'ACU',
          inputs: [
            { name: 'minimum', value: knobs.minCapacityUnits, unit: 'ACU' },
            { name: 'index', value: index.memoryGib, unit: 'GiB' },
            { name: 'memory per unit', value: GIB_PER_ACU, unit: 'GiB' },
            { name: 'buffer share', value: BUFFER_SHARE, unit: 'share 0–1' },
            { name: 'copies', value: corpus.copies, unit: 'copies' },
          ],
        },
      ],
    };
  },
  purchases: (sizing, corpus, placement) => {
    const units = sizing.capacityUnits?.count ?? 0;
    const service = 'rds';
    // The index lies in memory, so only the payload of a hit is read from storage.
    const requests =
      corpus.writesPerMonth * WRITES_PER_VECTOR + corpus.queriesPerSecond.mean * SECONDS_PER_MONTH;
    return [
      encryptionKey(placement),
      recurring(
        {
          key: 'secret',
          label: 'Secret of the database',
          basis: '1 secret',
          quantityPerMonth: 1,
          service: 'secretsmanager',
          sku: 'Secret',
          unit: 'secret-month',
        },
        placement,
      ),
      recurring(
        {
          key: 'acu',
          label: 'Aurora Serverless v2 capacity',
          basis: `${units} ACU × ${HOURS_PER_MONTH} h`,
          quantityPerMonth: units * HOURS_PER_MONTH,
          service,
          sku: 'Aurora Serverless v2',
          unit: 'ACU-hour',
        },
        placement,
      ),
      recurring(
        {
          key: 'storage',
          label: 'Aurora storage',
          basis: `${sizing.storageGib.toFixed(1)} GiB`,
          quantityPerMonth: sizing.storageGib,
          service,
          sku: 'Aurora storage',
          unit: 'GB-month',
        },
        placement,
      ),
      usage(
        {
          key: 'io',
          label: 'Aurora I/O',
          basis: `${corpus.writesPerMonth} writes × ${WRITES_PER_VECTOR} pages + one read per query`,
          quantityPerMonth: requests / 1e6,
          service,
          sku: 'Aurora IO',
          unit: '1M requests',
        },
        placement,
      ),
    ];
  },
});
