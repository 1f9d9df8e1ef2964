import { describe, expect, it } from 'vitest';
import type { PriceBook } from '#lib/catalog/prices';
import { vectorStores } from '#lib/vector-stores/index';
import { isMisfit, type Corpus, type StoreSizing, type VectorStore } from '#lib/vector-stores/vector-store';

const corpus: Corpus = {
  vectors: 1_000_000,
  dimensions: 1024,
  payloadBytesPerVector: 2000,
  queriesPerSecond: { mean: 2, peak: 20 },
  writesPerMonth: 50_000,
  copies: 2,
  // A machine of 8 vCPUs answers 800 searches in a million vectors.
  searchesPerSecond: ({ vcpus, vectors }) => (100 * vcpus) / Math.sqrt(vectors / 1e6),
};

/** Stores look no price up themselves. */
const prices: PriceBook = {
  price: () => {
    throw new Error('a store looked a price up');
  },
  listed: () => [],
  assumption: () => {
    throw new Error('a store looked an assumption up');
  },
};

const stores: readonly VectorStore[] = vectorStores.entries;

function sized(store: VectorStore, changes: Partial<Corpus> = {}): StoreSizing {
  const result = store.size({ ...corpus, ...changes }, {});
  if (isMisfit(result)) throw new Error(result.reasons.join('; '));
  return result;
}

/** What is held in all, GiB of machine and billing units alike: must never shrink when demand grows. */
function capacity({ nodes, capacityUnits, storageGib }: StoreSizing): number {
  return (nodes === null ? 0 : nodes.count * nodes.memoryGib) + (capacityUnits?.count ?? 0) + storageGib;
}

describe.each(stores.map((store) => [store.id, store] as const))('%s', (_id, store) => {
  it.each([
    ['vectors', { vectors: 100_000 }, { vectors: 20_000_000 }],
    ['dimensions', { dimensions: 384 }, { dimensions: 1536 }],
    ['copies', { copies: 1 }, { copies: 3 }],
    ['queries', {}, { queriesPerSecond: { mean: 200, peak: 20_000 } }],
  ] as const)('grows with %s', (_what, fewer, more) => {
    const [small, large] = [sized(store, fewer), sized(store, more)];
    expect(capacity(large)).toBeGreaterThanOrEqual(capacity(small));
    expect(large.memoryGib).toBeGreaterThanOrEqual(small.memoryGib);
    expect(large.storageGib).toBeGreaterThanOrEqual(small.storageGib);
  });

  it('holds more storage for ten times the vectors', () => {
    expect(sized(store, { vectors: 10_000_000 }).storageGib).toBeGreaterThan(5 * sized(store).storageGib);
  });

  it('shows its arithmetic with units, and each step once', () => {
    const { derivation } = sized(store);
    expect(derivation).not.toHaveLength(0);
    expect(new Set(derivation.map((step) => step.id)).size).toBe(derivation.length);
    for (const step of derivation) expect(step.unit).not.toBe('');
  });

  it('explains every knob with description, unit and example', () => {
    for (const knob of Object.values(store.knobs.shape)) {
      const meta = 'meta' in knob && typeof knob.meta === 'function' ? knob.meta() : undefined;
      expect(meta).toMatchObject({
        description: expect.any(String),
        unit: expect.any(String),
        examples: [expect.anything()],
      });
    }
  });

  it('buys under unique keys of its own, nothing negative, in the region asked for', () => {
    const placement =
      store.runsOn === 'aws'
        ? ({ on: 'aws', region: 'eu-west-1' } as const)
        : ({ on: 'kubernetes', volumesFrom: null } as const);
    const purchases = store.purchases(sized(store), corpus, placement, prices);
    expect(purchases).not.toHaveLength(0);
    expect(new Set(purchases.map(({ key }) => key)).size).toBe(purchases.length);
    for (const purchase of purchases) {
      expect(purchase.key).toMatch(/^retrieval\.[a-z-]+$/);
      if (purchase.kind !== 'recurring' && purchase.kind !== 'usage') continue;
      expect(purchase.quantityPerMonth).toBeGreaterThan(0);
      expect(purchase.price.region).toBe('eu-west-1');
    }
  });

  it('gives reasons for what it cannot hold', () => {
    const result = store.size({ ...corpus, dimensions: 70_000 }, {});
    expect(isMisfit(result) ? result.reasons : []).toContainEqual(
      expect.stringContaining('70000 dimensions'),
    );
  });
});
