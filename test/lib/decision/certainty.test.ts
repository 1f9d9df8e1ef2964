import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { certainty, type Certainty } from '#lib/compare/certainty';
import { certaintySentence } from '#lib/compare/certainty-sentence';
import { compareEnvironment } from '#lib/compare/compare';
import { billSpreads } from '#lib/cost/bill-spread';
import { monteCarlo } from '#lib/decision/monte-carlo';
import { loadEnvironment } from '#lib/spec/load-environment';
import { normalShare } from '#lib/units/normal';
import { momentsOf, triangularMoments, triangularShare, wholeShares } from '#lib/units/triangular';
import { AS_OF, shippedCase } from '../../_support/decision';

const catalog = loadCatalog();

/** Chance that the one that is cheaper at base costs less than the other: in closed form, and by draws. */
function chances(name: string) {
  const { environment } = loadEnvironment(`environments/${name}.yaml`, catalog);
  const decision = shippedCase(name);
  const { comparison } = compareEnvironment({ environment, catalog, asOf: AS_OF });
  const rows = (comparison.scenarios[0]?.options ?? [])
    .filter(({ atLeast, monthlyUsd }) => !atLeast && monthlyUsd !== null)
    .toSorted((a, b) => (a.monthlyUsd?.base ?? 0) - (b.monthlyUsd?.base ?? 0));
  const spread = billSpreads({ prices: decision.prices, asOf: AS_OF, finance: environment.finance });
  const spreadOf = (id: string) => {
    const option = decision.options.find((one) => one.id === id);
    return option === undefined ? null : spread(option.plan, option.estimate);
  };
  return rows.flatMap((a, index) =>
    rows.slice(index + 1).flatMap((b) => {
      const closed = certainty(a, [b], spreadOf);
      if (closed === null) return [];
      const options = decision.options.filter(({ id }) => id === a.id || id === b.id);
      const drawn = (all: typeof options) =>
        monteCarlo({ ...decision, options: all }, { draws: 4_000, seed: 3 }).find(({ id }) => id === a.id)
          ?.cheapestShare ?? Number.NaN;
      return [
        {
          pair: `${name}: ${a.id} and ${b.id}`,
          closed: closed.cheaperShare,
          drawn: drawn(options),
          drawnAsPlanned: drawn(options.map((option) => ({ ...option, bill: option.fixed }))),
        },
      ];
    }),
  );
}

describe('the chance that one option costs less than another', () => {
  const pairs = ['pilot', 'support', 'knowledge', 'scale'].flatMap(chances);

  it('is what the draws say, mostly within a point, wherever bands overlap', () => {
    const isFar = (one: number, other: number, most: number) => Math.abs(one - other) > most;
    const beyond = (points: number) =>
      pairs
        .filter(({ closed, drawnAsPlanned }) => isFar(closed, drawnAsPlanned, points / 100))
        .map(({ pair }) => pair);
    expect(beyond(6)).toEqual(['support: leased and eks']);
    expect(beyond(15)).toEqual([]);
    // These follow what only the planning reads besides.
    expect(pairs.filter(({ closed, drawn }) => isFar(closed, drawn, 0.17))).toEqual([]);
    const near = pairs.filter(({ closed, drawnAsPlanned }) => Math.abs(closed - drawnAsPlanned) < 0.011);
    expect(near.length / pairs.length).toBeGreaterThan(0.8);
    expect(pairs.length).toBeGreaterThan(30);
    expect(pairs.some(({ closed }) => closed < 0.9)).toBe(true);
  });
});

describe('the sentence of a comparison', () => {
  const row = (id: string, low: number, base: number, high: number) =>
    ({ id, atLeast: false, monthlyUsd: { low, base, high } }) as Parameters<typeof certaintySentence>[0];
  const [a, b] = [row('a', 90, 100, 200), row('b', 95, 110, 120)];
  const said = (cheaperShare: number, meanMarginUsd = 5) =>
    certaintySentence(a, [b], {
      rival: 'b',
      cheaperShare,
      marginUsd: 10,
      meanMarginUsd,
      mostBy: 'facility.pue',
    } satisfies Certainty)[0];

  it('names how sure the order is, and by which input', () => {
    expect(said(0.95)).toMatch(/^Sure: a costs less than b in about 95 % /);
    expect(said(0.7)).toMatch(/^Likely: a costs less than b in about 70 % .*facility\.pue/);
    expect(said(0.5)).toMatch(/^Within the noise: .*cost alone does not tell them apart/);
    expect(said(0.2, -30)).toMatch(/^Doubtful: b costs less than a in about 80 % .*30 USD a month less/);
  });
});

describe('a share of a distribution', () => {
  it('is the normal table’s', () => {
    const table = [
      [0, 0.5],
      [1, 0.8413447],
      [-1.96, 0.0249979],
    ] as const;
    for (const [deviations, share] of table) expect(normalShare(deviations)).toBeCloseTo(share, 6);
  });

  it('of whole numbers adds up to one and has nearly the moments of the triangle', () => {
    const band = { low: 10, base: 20, high: 60 };
    const shares = wholeShares(band);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(momentsOf(shares).mean).toBeCloseTo(triangularMoments(band).mean, 1);
    expect(momentsOf(shares).deviation).toBeCloseTo(triangularMoments(band).deviation, 1);
    // By hand: (20 − 10)² ÷ (50 × 10).
    expect(triangularShare(band, 20)).toBeCloseTo(0.2, 12);
    expect(wholeShares({ low: 3, base: 3, high: 4 })[0]?.share).toBeCloseTo(0.75, 12);
  });
});
