import { describe, expect, it } from 'vitest';
import { STORE_BUILDERS, storeBuilder } from '#constructs/aws/vector-stores/builders';
import { vectorStores } from '#lib/vector-stores/index';
import type { VectorStore } from '#lib/vector-stores/vector-store';
import { stored } from '../../../_support/stored';

const all: readonly VectorStore[] = vectorStores.entries;

describe('stores that AWS runs', () => {
  it('all have a construct, and no other store has one', () => {
    const onAws = all.filter(({ runsOn }) => runsOn === 'aws').map(({ id }) => id);
    expect(Object.keys(STORE_BUILDERS).toSorted()).toEqual(onAws.toSorted());
    expect(storeBuilder('qdrant')).toBeUndefined();
  });

  it.each(Object.keys(STORE_BUILDERS))('%s encrypts with a key that rotates and outlives the stack', (id) => {
    expect(Object.values(stored(id).findResources('AWS::KMS::Key'))).toMatchObject([
      { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } },
    ]);
  });
});
