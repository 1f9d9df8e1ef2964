import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { BREAKER_SHARE, circuitKw, rackFeeds, uninterruptiblePower } from '#lib/facility/power';

const circuits = loadCatalog().circuits();

describe('circuits to a rack', () => {
  it('carry 80 % of √3 × volts × amperes: 34.5 kW at 415 V and 60 A', () => {
    expect(circuitKw({ volts: 415, amps: 60 })).toBeCloseTo(34.5, 1);
    expect(circuitKw({ volts: 208, amps: 30 })).toBeCloseTo(8.65, 2);
  });

  it('carry the whole rack on either side alone, within the derated capacity', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 250, noNaN: true }),
        fc.constantFrom('us', 'eu', 'china'),
        (rackKw, area) => {
          const feeds = rackFeeds(rackKw, circuits, area);
          expect(feeds?.sideKw).toBeGreaterThanOrEqual(rackKw);
          expect(feeds?.failoverShare).toBeLessThanOrEqual(1);
          expect(feeds?.circuit.areas).toContain(area);
        },
      ),
    );
  });

  it('are the smallest that do', () => {
    expect(rackFeeds(20.4, circuits, 'us')?.circuit.id).toBe('415v-60a');
    expect(rackFeeds(17, circuits, 'us')).toMatchObject({ perSide: 1, circuit: { id: '415v-30a' } });
    expect(rackFeeds(125, circuits, 'eu')).toMatchObject({ perSide: 2, circuit: { id: '400v-125a' } });
  });

  it('are absent where no rating of the grid is known', () => {
    expect(rackFeeds(20, circuits, 'mars')).toBeNull();
  });
});

describe('uninterruptible power', () => {
  it('carries the load on what is left when the redundant modules are gone, below the derated rating', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 50_000, noNaN: true }),
        fc.constantFrom('n-plus-1' as const, '2n' as const),
        (itKw, redundancy) => {
          const ups = uninterruptiblePower(itKw, redundancy);
          const left = redundancy === '2n' ? ups.modules / 2 : ups.modules - 1;
          expect(itKw).toBeLessThanOrEqual(left * ups.moduleKw * BREAKER_SHARE + 1e-9);
        },
      ),
    );
  });

  it('is 2 + 1 modules of 250 kW for 325 kW, and four of them with every path twice', () => {
    expect(uninterruptiblePower(325, 'n-plus-1')).toMatchObject({ moduleKw: 250, needed: 2, modules: 3 });
    expect(uninterruptiblePower(325, '2n')).toMatchObject({ moduleKw: 250, modules: 4 });
  });
});
