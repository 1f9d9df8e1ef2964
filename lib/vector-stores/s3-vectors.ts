import * as z from 'zod';
import { bytesToGib } from '#lib/units/bytes';
import { SECONDS_PER_MONTH } from '#lib/units/money';
import { distance } from '#lib/vector-stores/index-knobs';
import { sizeIndex } from '#lib/vector-stores/index-size';
import { encryptionKey, once, recurring, usage } from '#lib/vector-stores/purchases';
import { defineVectorStore, type Corpus } from '#lib/vector-stores/vector-store';

const MAX_DIMENSIONS = 4_096;
/** Metadata of one vector, filterable and not. */
const MAX_PAYLOAD_BYTES = 40 * 1024;
/** Of these, what queries may filter by: only this is part of what they process (S3 Vectors limits, 2 KB). */
const MAX_FILTERABLE_BYTES = 2 * 1024;
const MAX_VECTORS_PER_INDEX = 2_000_000_000;
/** Vectors of an index that a query is billed for at the higher rate. */
const FIRST_VECTORS = 100_000;

/** Vector buckets: storage and queries are billed, nothing runs. Redundancy is the service's own, whatever the copies. */
export const s3Vectors = defineVectorStore({
  id: 's3-vectors',
  title: 'Amazon S3 Vectors',
  runsOn: 'aws',
  knobs: z.strictObject({ distance }),
  size: (corpus) => {
    const reasons: string[] = [];
    if (corpus.dimensions > MAX_DIMENSIONS) {
      reasons.push(
        `${corpus.dimensions} dimensions, S3 Vectors takes ${MAX_DIMENSIONS} at most; truncate the vectors`,
      );
    }
    if (corpus.payloadBytesPerVector > MAX_PAYLOAD_BYTES) {
      reasons.push(
        `${corpus.payloadBytesPerVector} bytes beside each vector, S3 Vectors takes ${MAX_PAYLOAD_BYTES} at most; keep the text in S3`,
      );
    }
    if (corpus.vectors > MAX_VECTORS_PER_INDEX) {
      reasons.push(
        `${corpus.vectors} vectors, one index of S3 Vectors holds ${MAX_VECTORS_PER_INDEX}; split the corpus`,
      );
    }
    if (reasons.length > 0) return { reasons };
    const index = sizeIndex({
      corpus,
      indexBytes: corpus.vectors * corpus.dimensions * 4,
      formula: '4 × dimensions × vectors',
      inputs: [],
      diskSlack: 1,
    });
    return {
      memoryGib: 0,
      storageGib: index.storageGib,
      nodes: null,
      capacityUnits: null,
      derivation: index.steps,
    };
  },
  purchases: (sizing, corpus, placement) => {
    const service = 's3vectors';
    const queries = corpus.queriesPerSecond.mean * SECONDS_PER_MONTH;
    const vectorGib = bytesToGib(logicalBytes(corpus));
    const writes = { service, sku: 'PUT (logical GB, 128 KB minimum per PUT)', unit: 'GB' };
    const again = corpus.writtenAgainEveryMonths;
    const written = `${logicalBytes(corpus)} bytes, batched above 128 KB`;
    // A query is billed for the whole index, its first vectors at twice the rate of the others.
    const perVectorTib = (queries * bytesToGib(processedBytes(corpus))) / 1024;
    const first = Math.min(corpus.vectors, FIRST_VECTORS);
    return [
      encryptionKey(placement),
      recurring(
        {
          key: 'storage',
          label: 'S3 Vectors storage',
          basis: `${sizing.storageGib.toFixed(1)} GiB`,
          quantityPerMonth: sizing.storageGib,
          service,
          sku: 'storage',
          unit: 'GB-month',
        },
        placement,
      ),
      once(
        {
          key: 'first-puts',
          label:
            again === undefined
              ? 'S3 Vectors, first load'
              : `S3 Vectors, load at first and every ${again} months`,
          basis: `${corpus.vectors} vectors × ${written}`,
          quantity: corpus.vectors * vectorGib,
          everyMonths: again,
          ...writes,
        },
        placement,
      ),
      usage(
        {
          key: 'puts',
          label: 'S3 Vectors writes',
          basis: `${corpus.writesPerMonth} vectors × ${written}`,
          quantityPerMonth: corpus.writesPerMonth * vectorGib,
          ...writes,
        },
        placement,
      ),
      usage(
        {
          key: 'queries',
          label: 'S3 Vectors queries',
          basis: `${corpus.queriesPerSecond.mean} queries/s × ${SECONDS_PER_MONTH} s`,
          quantityPerMonth: queries / 1e6,
          service,
          sku: 'QueryVectors API',
          unit: '1M requests',
        },
        placement,
      ),
      usage(
        {
          key: 'query-data',
          label: 'S3 Vectors data processed by queries, first 100,000 vectors',
          basis: `queries × ${first} vectors × ${processedBytes(corpus)} bytes`,
          quantityPerMonth: perVectorTib * first,
          service,
          sku: 'QueryVectors data processed, first 100k vectors',
          unit: 'TiB',
        },
        placement,
      ),
      ...(corpus.vectors > first
        ? [
            usage(
              {
                key: 'query-data-further',
                label: 'S3 Vectors data processed by queries, further vectors',
                basis: `queries × ${corpus.vectors - first} vectors × ${processedBytes(corpus)} bytes`,
                quantityPerMonth: perVectorTib * (corpus.vectors - first),
                service,
                sku: 'QueryVectors data processed, further vectors',
                unit: 'TiB',
              },
              placement,
            ),
          ]
        : []),
    ];
  },
});

function logicalBytes(corpus: Corpus): number {
  return corpus.dimensions * 4 + corpus.payloadBytesPerVector;
}

/** Bytes of one vector that a query is billed for: text that cannot be filtered by is stored, not processed. */
function processedBytes(corpus: Corpus): number {
  return corpus.dimensions * 4 + Math.min(corpus.payloadBytesPerVector, MAX_FILTERABLE_BYTES);
}
