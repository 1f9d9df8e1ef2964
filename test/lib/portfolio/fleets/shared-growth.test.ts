import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { fleetCourses } from '#lib/plan/growth/fleet-courses';
import { trafficPathOf } from '#lib/plan/demand';
import { candidatesOf } from '#lib/portfolio/candidates';
import { fleetsBilled } from '#lib/portfolio/fleets/fleets-billed';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import type { Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import { leastLoads, leastTogether } from '#lib/portfolio/search/least-load';
import { replicaGroups } from '#lib/portfolio/fleets/replica-groups';
import { mergedFleet } from '#lib/portfolio/fleets/shared-fleet';
import { sharedCourse } from '#lib/portfolio/fleets/shared-growth';
import { poolsOf } from '#lib/portfolio/fleets/shared-nodes';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import { sizer } from '../../../_support/sizer';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment: shipped } = loadEnvironment('environments/portfolio.yaml', catalog);
const HORIZON = shipped.finance.horizonMonths;

type Path = Partial<Pick<Scenario['traffic'], 'growthPerMonth' | 'sizeForMonth' | 'ramp' | 'seasonality'>>;

/** The shipped scenarios, each with another course of its traffic. */
function growing(paths: Readonly<Record<string, Path>>): Environment {
  const scenarios = Object.entries(shipped.scenarios).map(([id, scenario]) => [
    id,
    { ...scenario, traffic: { ...scenario.traffic, ...paths[id] } },
  ]);
  return { ...shipped, scenarios: Object.fromEntries(scenarios), portfolio: {} };
}

function fiveTimes(scenario: Scenario): Scenario {
  const { traffic } = scenario;
  const { mean, peak } = traffic.requestsPerSecond;
  return { ...scenario, traffic: { ...traffic, requestsPerSecond: { mean: 5 * mean, peak: 5 * peak } } };
}

function optionsOf(environment: Environment) {
  const compared = compareEnvironment({ environment, catalog, asOf: '2026-11-23', sizer });
  const { options, members } = candidatesOf(environment, compared, catalog, prices, { sizer });
  return options.map((option, index) => ({
    option,
    members: (members[index] ?? []).filter((member) => member !== null),
  }));
}

const courseOf = ({ plan, fleet }: Member): readonly number[] =>
  fleetCourses(plan.growth)?.(trafficPathOf(plan), HORIZON).nodes ??
  Array.from({ length: HORIZON + 1 }, () => fleet.nodes[0]?.count ?? 0);

const path = fc.record({
  growthPerMonth: fc.constantFrom(0, 0.01, 0.03, 0.06),
  sizeForMonth: fc.integer({ min: 1, max: 24 }),
  seasonality: fc.constantFrom<Path['seasonality']>(
    undefined,
    [1.3, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.9, 1, 1.1, 1.2, 1.2],
  ),
  ramp: fc.constantFrom<Path['ramp']>(undefined, { months: 6, startShare: 0.2 }),
});

const context = sharedContext(prices, shipped.finance);

describe('a shared fleet that grows', () => {
  it('takes in no month more nodes than its parts apart, and never fewer than the month before', () => {
    let fewer = 0;
    fc.assert(
      fc.property(fc.record({ assistant: path, documents: path, records: path }), (paths) => {
        for (const { option, members } of optionsOf(growing(paths))) {
          for (const pool of poolsOf(replicaGroups(members, prices), option)) {
            const own = pool.groups.flatMap((group) => group.members).map(courseOf);
            const nodes =
              sharedCourse(pool, HORIZON)?.nodes ??
              Array.from({ length: HORIZON + 1 }, () => pool.nodes.count);
            expect(nodes[0]).toBe(pool.nodes.count);
            for (const [month, count] of nodes.entries()) {
              const apart = own.reduce((sum, course) => sum + (course[month] ?? 0), 0);
              expect(count).toBeLessThanOrEqual(apart);
              expect(count).toBeGreaterThanOrEqual(nodes[month - 1] ?? 0);
              if (count < apart) fewer += 1;
            }
          }
        }
      }),
      { numRuns: 8 },
    );
    expect(fewer).toBeGreaterThan(0);
  });

  it('costs for one scenario its bill, and together no less than the least', () => {
    const environment = growing({
      assistant: { growthPerMonth: 0.05 },
      documents: { growthPerMonth: 0.03, sizeForMonth: 12 },
      records: { growthPerMonth: 0.08 },
    });
    for (const { option, members } of optionsOf(environment)) {
      const cost = optionCosts(option, context);
      for (const member of members) {
        expect(cost([member]).monthlyUsd).toBeCloseTo(member.estimate.totals.monthlyUsd.base, 2);
      }
      const leastOf = leastLoads(option, context);
      const least = leastTogether(members.map(leastOf));
      const apart = members.reduce((sum, member) => sum + cost([member]).monthlyUsd, 0);
      expect(cost(members).monthlyUsd).toBeGreaterThanOrEqual(least - 0.01);
      expect(cost(members).monthlyUsd).toBeLessThanOrEqual(apart + 0.01);
    }
  });

  it('has in each month the nodes of a fleet that is deployed for that month', () => {
    const at = (sizeForMonth: number): Environment => {
      const environment = growing({
        assistant: { growthPerMonth: 0.05, sizeForMonth },
        documents: { growthPerMonth: 0.02, sizeForMonth },
      });
      const { assistant, documents } = environment.scenarios;
      const { leased, eks } = environment.options;
      if (assistant === undefined || documents === undefined) throw new Error('no such scenarios');
      if (leased === undefined || eks?.target !== 'aws-eks') throw new Error('no such options');
      const models = ['gpt-oss-120b'];
      return {
        ...environment,
        scenarios: {
          assistant: { ...fiveTimes(assistant), models },
          documents: { ...fiveTimes(documents), models },
        },
        options: { leased, eks: { ...eks, instance: 'p5.48xlarge', purchase: 'on-demand' } },
        deploy: {},
      };
    };
    const grown = optionsOf(at(1));
    let compared = 0;
    for (const month of [4, 8, 12, 18, 24, 36]) {
      for (const [index, { option, members }] of optionsOf(at(month)).entries()) {
        const ours = grown[index]?.members ?? [];
        const kind = (own: readonly Member[]) =>
          own
            .map(({ fleet, plan }) => `${fleet.nodes[0]?.offering.id} ${plan.sizing?.gpusPerReplica}`)
            .join();
        const pools = poolsOf(replicaGroups(ours, prices), option);
        const [pool] = pools;
        if (pool === undefined || pools.length > 1 || kind(ours) !== kind(members)) continue;
        const deployed = mergedFleet(members, replicaGroups(members, prices), option)?.nodes[0]?.count ?? 0;
        const nodes = sharedCourse(pool, HORIZON)?.nodes[month] ?? pool.nodes.count;
        expect(Math.abs(nodes - deployed), `${option.optionId} in month ${month}`).toBeLessThanOrEqual(1);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(4);
  });

  it('has people by the GPUs of all kinds of node together, and what else each kind adds once', () => {
    const environment = growing({ documents: { growthPerMonth: 0.08 }, records: { growthPerMonth: 0.08 } });
    let kinds = 0;
    for (const { option, members } of optionsOf(environment)) {
      const groups = replicaGroups(members, prices);
      const pools = poolsOf(groups, option);
      const grown = pools.flatMap((pool) => sharedCourse(pool, HORIZON) ?? []);
      if (grown.length === 0) continue;
      kinds = Math.max(kinds, grown.length);
      const [merged, ...added] = fleetsBilled(option, HORIZON)(members, groups);
      const gpus = Array.from({ length: HORIZON + 1 }, (_, month) =>
        pools.reduce((sum, pool) => {
          const { offering, count } = pool.nodes;
          return sum + (sharedCourse(pool, HORIZON)?.nodes[month] ?? count) * offering.gpus;
        }, 0),
      );
      const people = { by: 'gpus-between', from: 9, upTo: null } as const;
      expect(merged?.courseOf?.(people)?.nodes).toEqual(gpus);
      expect(merged?.courseOf?.({ by: 'nodes' })?.nodes).toEqual(
        gpus.map(() => merged?.courseOf?.({ by: 'nodes' })?.deployed),
      );
      expect(added.map(({ courseOf }) => courseOf?.(people))).toEqual(added.map(() => null));
      expect(added.map(({ times }) => times)).toEqual(grown.flatMap(() => [1, -1]));
      expect(added.every(({ standing }) => !standing)).toBe(true);
    }
    expect(kinds).toBeGreaterThan(1);
  });

  it('is in the total as it is in the options', () => {
    const environment = growing({ assistant: { growthPerMonth: 0.05 }, documents: { growthPerMonth: 0.05 } });
    const { options, monthlyUsd } = makePortfolio({ environment, catalog, asOf: '2026-11-23' });
    const sum = options.reduce((usd, one) => usd + one.monthlyUsd, 0);
    expect(sum).toBeCloseTo(monthlyUsd?.base ?? 0, 1);
  });
});
