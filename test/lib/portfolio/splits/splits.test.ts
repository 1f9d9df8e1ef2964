import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { billOf, type Member } from '#lib/portfolio/member';
import { sharedContext } from '#lib/portfolio/fleets/option-cost';
import { splitFinder } from '#lib/portfolio/splits/splits';
import { splitTraffic } from '#lib/portfolio/splits/split-traffic';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import { splitParts } from '../../../_support/split-parts';
import { hourlyRates } from '#lib/spec/schema/traffic-profile';

const catalog = loadCatalog();
const asOf = '2026-11-23';
const { environment: shipped } = loadEnvironment('environments/portfolio.yaml', catalog);
const { documents, assistant } = shipped.scenarios;
const { leased, bedrock } = shipped.options;
if (documents === undefined || assistant === undefined || leased === undefined || bedrock === undefined) {
  throw new Error('the shipped portfolio has changed');
}

/** The shipped documents on leased servers, on Bedrock, or on both. */
function environmentOf(
  changes: Partial<Environment> = {},
  scenario: Scenario = documents as Scenario,
): Environment {
  return {
    ...shipped,
    scenarios: { documents: scenario },
    options: {
      leased: leased as (typeof shipped.options)[string],
      bedrock: bedrock as (typeof shipped.options)[string],
    },
    deploy: {},
    portfolio: {},
    ...changes,
  };
}

function scaled(scenario: Scenario, times: number, growthPerMonth = 0): Scenario {
  const { mean, peak } = scenario.traffic.requestsPerSecond;
  const requestsPerSecond = { mean: mean * times, peak: peak * times };
  return { ...scenario, traffic: { ...scenario.traffic, requestsPerSecond, growthPerMonth } };
}

const ratesOf = ({ traffic: { requestsPerSecond, profile } }: Scenario) => {
  const hourly = hourlyRates(
    requestsPerSecond.mean,
    profile ?? { workingDay: Array.from({ length: 24 }, () => 1) },
  );
  return [...hourly.workingDay, ...hourly.weekendDay];
};

describe('traffic in two parts', () => {
  it('adds up to all of it, in every hour, in the mean and in the peak', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(assistant, documents),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (scenario, share) => {
          const { base, rest, baseShare } = splitTraffic(scenario, share);
          const [whole, below, above] = [ratesOf(scenario), ratesOf(base), ratesOf(rest)];
          for (const [hour, rate] of whole.entries()) {
            expect((below[hour] ?? 0) + (above[hour] ?? 0)).toBeCloseTo(rate, 9);
            expect(below[hour]).toBeLessThanOrEqual(share * Math.max(...whole) + 1e-9);
          }
          const { peak, mean } = scenario.traffic.requestsPerSecond;
          expect(base.traffic.requestsPerSecond.peak + rest.traffic.requestsPerSecond.peak).toBeCloseTo(
            peak,
            9,
          );
          expect(base.traffic.requestsPerSecond.mean).toBeCloseTo(baseShare * mean, 9);
        },
      ),
    );
  });

  it('sends at least as much beyond the base as any arrivals of an hour with its mean and its peak', () => {
    const minutes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(minutes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (ofPeak, share) => {
        const average = (values: readonly number[]) =>
          values.reduce((sum, one) => sum + one, 0) / values.length;
        const mean = average(ofPeak);
        const flat = {
          ...documents,
          traffic: { ...documents.traffic, profile: undefined, requestsPerSecond: { mean, peak: 1 } },
        };
        const beyond = average(ofPeak.map((rate) => Math.max(0, rate - share)));
        expect(splitTraffic(flat, share).rest.traffic.requestsPerSecond.mean).toBeGreaterThanOrEqual(
          beyond - 1e-12,
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Every way to cut the one scenario, each planned and billed in full, and the splits that were found. */
function everyCut(environment: Environment, provider = 'bedrock') {
  const { all, request, parts, fleetAt } = splitParts(environment, {
    catalog,
    fleet: 'leased',
    provider,
    asOf,
  });
  const [only] = parts;
  if (only === undefined) throw new Error('no scenario');
  const usd = (member: Member | null) => (member === null ? Infinity : billOf(member).monthlyUsd);
  const cuts = only.shares.map((share) => ({
    baseUsd: usd(only.baseOf(share)),
    restUsd: usd(only.restOf(share)),
  }));
  const finder = splitFinder(all, request, sharedContext(request.prices, environment.finance));
  const ways = finder.alone().members[fleetAt]?.[0]?.elsewhere ?? [];
  const splits = ways.filter(({ overflow }) => overflow !== undefined);
  return { ...only, cuts, splits, usd };
}

describe('a base on leased servers and the rest on Bedrock', () => {
  it.each([
    ['as shipped', 1, 0],
    ['at half the volume', 0.5, 0],
    ['at twice the volume', 2, 0],
    ['growing by 2 % a month', 1, 0.02],
  ])('%s is cut where asking for every replica would cut it', (_, times, growth) => {
    const { whole, managed, cuts, splits, usd } = everyCut(
      environmentOf({}, scaled(documents, times, growth)),
    );
    const single = Math.min(usd(whole), usd(managed));
    const least = Math.min(...cuts.map(({ baseUsd, restUsd }) => baseUsd + restUsd));
    expect(splits.map((split) => Math.round(usd(split)))).toEqual(least < single ? [Math.round(least)] : []);
  });

  it('costs more below and less above with every replica', () => {
    const { cuts } = everyCut(environmentOf());
    for (const [index, { baseUsd, restUsd }] of cuts.entries()) {
      const before = cuts[index - 1];
      expect(baseUsd).toBeGreaterThanOrEqual((before?.baseUsd ?? 0) - 1e-6);
      expect(restUsd).toBeLessThanOrEqual((before?.restUsd ?? Infinity) + 1e-6);
    }
  });

  it('is the single option at both ends', () => {
    const { whole, managed, baseOf, restOf, usd } = everyCut(environmentOf());
    expect(usd(baseOf(1))).toBeCloseTo(usd(whole), 6);
    expect(usd(restOf(0))).toBeCloseTo(usd(managed), 6);
  });
});

describe('a base on leased servers and the rest on nodes of EKS that come and go', () => {
  const { eks } = shipped.options;
  if (eks?.target !== 'aws-eks') throw new Error('the shipped portfolio has changed');
  const scaling = { policy: 'autoscaled', minReplicas: 1, headroom: 0 } as const;
  const environment = environmentOf(
    { options: { leased, eks: { ...eks, scaling } } },
    scaled(documents, 0.7),
  );

  it('is cut where asking for every replica would cut it', () => {
    const { whole, managed, cuts, splits, usd } = everyCut(environment, 'eks');
    const least = Math.min(...cuts.map(({ baseUsd, restUsd }) => baseUsd + restUsd));
    expect(least).toBeLessThan(Math.min(usd(whole), usd(managed)));
    expect(splits.map((split) => Math.round(usd(split)))).toEqual([Math.round(least)]);
  });

  it('has nodes of both, which are billed once each', () => {
    const { choices, options, monthlyUsd } = makePortfolio({ environment, catalog, asOf });
    expect(choices.map(({ option, split }) => [option, split?.option])).toEqual([['leased', 'eks']]);
    expect(options.every(({ nodes }) => nodes > 0)).toBe(true);
    const sum = options.reduce((total, one) => total + one.monthlyUsd, 0);
    expect(sum).toBeCloseTo(monthlyUsd?.base ?? 0, 1);
  });
});

describe('a portfolio of one scenario', () => {
  const portfolioOf = (changes: Partial<Environment> = {}) =>
    makePortfolio({ environment: environmentOf(changes), catalog, asOf });
  const found = portfolioOf();

  it('is split where that beats every single option, and says by how much', () => {
    const [choice] = found.choices;
    expect(choice?.split).toMatchObject({ option: 'bedrock', model: choice?.model });
    const { baseUsd = 0, overflowUsd = 0, savesUsd = 0 } = choice?.split ?? {};
    expect(savesUsd).toBeGreaterThan(0);
    expect(baseUsd + overflowUsd).toBeCloseTo((choice?.cheapestAlone.usd ?? 0) - savesUsd, 1);
    expect(found.monthlyUsd?.base).toBeCloseTo(baseUsd + overflowUsd, 1);
    expect(found.options.map(({ option }) => option)).toEqual(['leased', 'bedrock']);
    const sum = found.options.reduce((usd, one) => usd + one.monthlyUsd, 0);
    expect(sum).toBeCloseTo(found.monthlyUsd?.base ?? 0, 1);
    expect(found.notes.join()).toContain('a gateway that you run must pass on to bedrock');
  });

  it('stays whole where its tuned weights are sold by nobody', () => {
    const environment = environmentOf({}, { ...documents, route: 'adapt' });
    expect(makePortfolio({ environment, catalog, asOf }).choices.map(({ split }) => split)).toEqual([null]);
  });

  it('sends the rest to another model only where a quality floor accepts both', () => {
    const { serving } = bedrock;
    const options = { leased, bedrock: { ...bedrock, serving: { ...serving, model: 'llama-3.1-70b' } } };
    const finance = discounted(0.5);
    const modelOf = (scenario: Scenario) =>
      makePortfolio({
        environment: environmentOf({ options, finance }, scenario),
        catalog,
        asOf,
      }).choices.map(({ model, split }) => [model, split?.model ?? null]);
    expect(modelOf(documents)).toEqual([['gpt-oss-120b', null]]);
    const quality = { metric: 'gpqa', floor: 0.3 };
    expect(modelOf({ ...documents, quality })).toEqual([['gpt-oss-120b', 'llama-3.1-70b']]);
  });

  it('keeps no fewer replicas where the overflow is dearer', () => {
    const replicas = [0.9, 0.6, 0.3, 0].map((share) => {
      const [choice] = portfolioOf({ finance: discounted(share) }).choices;
      if (choice?.option === 'bedrock') return 0;
      return choice?.split?.baseReplicas ?? Infinity;
    });
    expect(replicas).toEqual(replicas.toSorted((a, b) => a - b));
    expect(new Set(replicas).size).toBeGreaterThan(1);
  });
});

/** A contract that takes this share off what Bedrock and its guardrails cost. */
function discounted(share: number): Environment['finance'] {
  const discount = { share, document: 'a contract', asOf };
  return { ...shipped.finance, discounts: { 'aws/bedrock': discount, 'aws/bedrock-guardrails': discount } };
}
