import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import type { Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import { splitParts } from '../../../_support/split-parts';

const catalog = loadCatalog();
const asOf = '2026-11-23';
const { environment: shipped } = loadEnvironment('environments/portfolio.yaml', catalog);

/** The shipped scenarios at other volumes, each on leased servers, on Bedrock, or on both. */
function environmentOf(times: readonly number[]): Environment {
  const { leased, bedrock } = shipped.options;
  if (leased === undefined || bedrock === undefined) throw new Error('no such options');
  const scenarios = Object.entries(shipped.scenarios).map(([id, scenario], index) => {
    const { mean, peak } = scenario.traffic.requestsPerSecond;
    const factor = times[index] ?? 1;
    const requestsPerSecond = { mean: mean * factor, peak: peak * factor };
    return [id, { ...scenario, traffic: { ...scenario.traffic, requestsPerSecond } }] as const;
  });
  const options = { leased, bedrock };
  return { ...shipped, scenarios: Object.fromEntries(scenarios), options, deploy: {}, portfolio: {} };
}

const added = (members: readonly Member[], member: Member | null) =>
  member === null ? members : [...members, member];

/** Every scenario whole on either option or cut at every replica: the cheapest of all of them together, USD/month. */
function cheapestOfAll(environment: Environment): { readonly usd: number; readonly isSplit: boolean } {
  const { all, request, parts, fleetAt, providerAt } = splitParts(environment, {
    catalog,
    fleet: 'leased',
    provider: 'bedrock',
    asOf,
  });
  const context = sharedContext(request.prices, environment.finance);
  const [fleetUsd, providerUsd] = [fleetAt, providerAt].map((index) => {
    const site = all.options[index];
    if (site === undefined) throw new Error('no such option');
    return optionCosts(site, context);
  });
  const ways = parts.map(({ whole, managed, shares, baseOf, restOf }) => [
    [whole, null] as const,
    [null, managed] as const,
    ...shares.map((share) => [baseOf(share), restOf(share)] as const),
  ]);
  let best = { usd: Infinity, isSplit: false };
  const place = (at: number, fleet: readonly Member[], provider: readonly Member[]): void => {
    const own = ways[at];
    if (own === undefined) {
      const usd = (fleetUsd?.(fleet).monthlyUsd ?? 0) + (providerUsd?.(provider).monthlyUsd ?? 0);
      if (usd < best.usd) best = { usd, isSplit: fleet.length + provider.length > parts.length };
      return;
    }
    for (const [base, rest] of own) {
      place(at + 1, added(fleet, base), added(provider, rest));
    }
  };
  place(0, [], []);
  return best;
}

describe('scenarios that share leased servers, with Bedrock for what exceeds them', () => {
  it.each([
    [0.3, 0.3, 1],
    [0.5, 0.5, 0.5],
    [1, 0.5, 1],
    [1, 1, 1],
    [1.5, 0.7, 2],
    [2, 0.3, 1],
    [0.7, 1.4, 3],
    [1.3, 1.1, 0.2],
  ])('at %s, %s and %s times their volume cost no more than the cheapest of all cuts', (...times) => {
    const environment = environmentOf(times);
    const { usd, isSplit } = cheapestOfAll(environment);
    const found = makePortfolio({ environment, catalog, asOf });
    const sum = found.options.reduce((total, one) => total + one.monthlyUsd, 0);
    // On nodes that another scenario takes alone it may cost less than on any that are tried here.
    expect(found.monthlyUsd?.base).toBeLessThanOrEqual(usd + 0.05);
    expect(sum).toBeCloseTo(found.monthlyUsd?.base ?? 0, 1);
    expect(found.choices.some(({ split }) => split !== null)).toBe(isSplit);
  });
});

describe('two scenarios that a server holds only if one of them is cut', () => {
  const { records } = shipped.scenarios;
  if (records === undefined) throw new Error('no such scenario');
  const { profile: _, ...traffic } = records.traffic;
  const long = {
    ...records,
    models: ['gpt-oss-120b'],
    traffic: {
      ...traffic,
      requestsPerSecond: { mean: 14.2, peak: 14.2 },
      inputTokens: { mean: 1155 },
      outputTokens: { mean: 500 },
      // Its December, twice the mean, needs more than half of the server.
      seasonality: [1, 1, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 1, 2],
    },
    objectives: { ...records.objectives, ttftMs: 2000, tpotMs: 50 },
  };
  const short = {
    ...records,
    models: ['gpt-oss-20b'],
    traffic: {
      ...traffic,
      requestsPerSecond: { mean: 15.4, peak: 77 },
      inputTokens: { mean: 500 },
      outputTokens: { mean: 211 },
    },
    objectives: { ...records.objectives, ttftMs: 5000, tpotMs: 50, availability: 0.999 },
  };

  it.each([
    ['long', { long, short }],
    ['short', { short, long }],
  ])('cost no more than the cheapest of all cuts where %s is named first', (_first, scenarios) => {
    const finance = { ...shipped.finance, horizonMonths: 12 };
    const environment = { ...environmentOf([]), scenarios, finance };
    const { usd, isSplit } = cheapestOfAll(environment);
    const found = makePortfolio({ environment, catalog, asOf });
    expect(isSplit).toBe(true);
    expect(found.options.reduce((sum, one) => sum + one.monthlyUsd, 0)).toBeLessThanOrEqual(usd + 0.01);
  });
});
