import {
  machinePower,
  REFERENCE_DIMENSIONS,
  secondsPerQuery,
  VCPU_EXPONENT,
  type SearchWork,
} from '#lib/retrieval/search-model';
import type { StoreConstants } from '#lib/retrieval/retrieval-constants';

/** One way in which a load leaves what was measured, and by how much the band widens for it. */
export interface Doubt {
  readonly why: string;
  /** 1 and above: how wrong the part of the model may be that carries it there. */
  readonly factor: number;
  /** Where it may only be slower: 0–1, how near the load is to what was measured so slow. @default - either way */
  readonly slowerBy?: number;
}

/** How far exponents of stores lie from one another: what the fit takes for it (`between` of fit-search.ts). */
const SIZE_EXPONENT_SPREAD = 0.2;
const RECALL_EXPONENT_SPREAD = 0.2;
const FILTER_EXPONENT_SPREAD = 0.3;

/** Rows speak for loads that let through up to so many times as many vectors, or as few. */
const NEAR_SHARE = 1.6;

interface SlowNear {
  readonly row: StoreConstants['slowRows'][number];
  /** 1 at the row and beyond its size, 0 where rows were quick again; in logarithms between. */
  readonly nearness: number;
}

/** What the rows do not bear out. A correction that no row shows is doubted as a whole. */
export function doubtsOf(
  work: SearchWork & { readonly vcpus: number | null },
  own: StoreConstants | undefined,
): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const doubt = (why: string, factor: number) => doubts.push({ why, factor });
  if (work.dimensions !== REFERENCE_DIMENSIONS) {
    doubt(
      `every row has ${REFERENCE_DIMENSIONS} dimensions, ${work.dimensions} are reckoned in proportion`,
      beyond(work.dimensions, REFERENCE_DIMENSIONS, REFERENCE_DIMENSIONS),
    );
  }
  if (own === undefined) {
    doubt('no row of this store; it is taken for what all stores share', 1);
    return doubts;
  }
  const { store, vectors, vcpus, bestRecall, filteredLayouts } = own;
  const size = beyond(work.vectors, vectors.min, vectors.max);
  if (size > 1) {
    doubt(`rows of ${store} have ${vectors.min} to ${vectors.max} vectors`, size ** SIZE_EXPONENT_SPREAD);
  }
  const machine = beyond(work.vcpus ?? 0, vcpus?.[0] ?? 0, vcpus?.at(-1) ?? 0);
  if (vcpus !== null && machine > 1) {
    // In doubt is whether a machine grows in proportion to its vCPUs or more slowly.
    doubt(`rows of ${store} ran on ${vcpus.join(', ')} vCPUs`, machine ** (1 - VCPU_EXPONENT));
  }
  const recall = beyond(1 - work.recall, 1 - bestRecall, 1);
  if (recall > 1) {
    doubt(`no graph of ${store} found more than ${bestRecall}`, recall ** RECALL_EXPONENT_SPREAD);
  }
  if (work.filterShare > 0 && !filteredLayouts.includes(work.layout)) {
    const how = work.layout === 'partitioned' ? 'by partition' : 'in a whole index';
    doubt(`no row of ${store} filters ${how}`, (1 - work.filterShare) ** -FILTER_EXPONENT_SPREAD);
  }
  const slow = slowNear(work, own);
  if (slow !== null) {
    const { queriesPerSecond, filterShare, recall } = slow.row;
    const promised =
      machinePower(slow.row.vcpus) / secondsPerQuery(own, { ...work, ...slow.row, recall: work.recall });
    doubts.push({
      why: `${store} was measured at ${queriesPerSecond.toFixed(0)} queries/s with ${filterShare} of ${slow.row.vectors} vectors filtered out${recall === 1 ? ', comparing all others' : ''}`,
      factor: Math.max(1, promised / queriesPerSecond),
      slowerBy: slow.nearness,
    });
  }
  return doubts;
}

/**
 * OpenSearch compares all that pass where the filtered graph finds too few (opensearch-project/k-NN#2937), and Lucene
 * writes them one by one into a set of bits before it walks any graph (56 ms on ten million, elastic/elasticsearch#150848).
 *
 * @returns the slowest of the rows about such a filter at the asked recall or a higher, and how near the load is to it
 */
function slowNear(work: SearchWork, { slowRows, vectors: measured }: StoreConstants): SlowNear | null {
  if (work.filterShare === 0) return null;
  const near = slowRows.flatMap((row): SlowNear[] => {
    if (row.layout !== work.layout || row.recall < work.recall) return [];
    const shares = Math.abs(Math.log((1 - row.filterShare) / (1 - work.filterShare)));
    // Where the slow row is itself the smallest, whatever is as large is as slow.
    const isSmallest = row.vectors <= measured.min;
    const size = isSmallest
      ? Number(work.vectors >= row.vectors)
      : Math.log(work.vectors / measured.min) / Math.log(row.vectors / measured.min);
    const nearness = (1 - shares / Math.log(NEAR_SHARE)) * Math.min(1, size);
    return nearness > 0 && size > 0 ? [{ row, nearness }] : [];
  });
  const [slowest] = near.toSorted((a, b) => a.row.queriesPerSecond - b.row.queriesPerSecond);
  return slowest ?? null;
}

/** How many times a value lies outside a range; 1 inside. A share of zero counts as a thousandth. */
function beyond(value: number, min: number, max: number): number {
  if (value > max) return value / max;
  return value < min ? min / Math.max(value, min / 1_000) : 1;
}
