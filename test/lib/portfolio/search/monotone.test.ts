import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { candidatesOf } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import { isMonotone } from '#lib/portfolio/search/monotone';
import { optionCosts, ownCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import { leastLoads, leastTogether } from '#lib/portfolio/search/least-load';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Option } from '#lib/spec/schema/option';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const sizer = rememberingSizer(catalog);
const { environment: shipped } = loadEnvironment('environments/portfolio.yaml', catalog);
const shippedScenarios = Object.values(shipped.scenarios);

const scaling = fc.constantFrom<Option['scaling']>(
  { policy: 'fixed' },
  { policy: 'autoscaled', minReplicas: 3, headroom: 0.5 },
  { policy: 'autoscaled', minReplicas: 1, headroom: 0 },
  { policy: 'scheduled', minReplicas: 2, headroom: 0.3, timezone: 'UTC' },
);
const elastic = fc.record({ scaling, commitment: fc.constantFrom<Option['commitment']>('none', 'auto') });
const scenario = fc.record({
  of: fc.constantFrom(...shippedScenarios),
  times: fc.constantFrom(0.02, 0.1, 0.5, 1, 2, 3),
  growthPerMonth: fc.constantFrom(0, 0, 0.02, 0.05),
  availability: fc.constantFrom(0.9, 0.99, 0.999),
  hasProfile: fc.boolean(),
});
const instance = fc.record({
  scenarios: fc.array(scenario, { minLength: 3, maxLength: 4 }),
  eks: elastic,
  pinned: elastic,
  sagemaker: elastic,
  horizonMonths: fc.constantFrom(12, 36),
  /** Which members stand together, and in which of their ways. */
  picks: fc.array(fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }), { minLength: 6, maxLength: 6 }),
});
type Instance = typeof instance extends fc.Arbitrary<infer Value> ? Value : never;

function environmentOf({ scenarios, eks, pinned, sagemaker, horizonMonths }: Instance): Environment {
  const { options } = shipped;
  if (options['eks']?.target !== 'aws-eks') throw new Error('no option on EKS');
  if (options['sagemaker'] === undefined || options['colo'] === undefined) throw new Error('no such options');
  const drawn = scenarios.map(({ of, times, growthPerMonth, availability, hasProfile }, index) => {
    const { profile, ...traffic } = of.traffic;
    const { mean, peak } = traffic.requestsPerSecond;
    const changed = {
      ...of,
      objectives: { ...of.objectives, availability },
      traffic: {
        ...traffic,
        ...(hasProfile ? { profile } : {}),
        growthPerMonth,
        requestsPerSecond: { mean: mean * times, peak: peak * times },
      },
    };
    return [`s${index}`, changed] as const;
  });
  return {
    ...shipped,
    scenarios: Object.fromEntries(drawn),
    options: {
      eks: { ...options['eks'], ...eks },
      pinned: { ...options['eks'], instance: 'p5.48xlarge', ...pinned },
      sagemaker: { ...options['sagemaker'], ...sagemaker },
      colo: options['colo'],
    },
    finance: { ...shipped.finance, horizonMonths },
    portfolio: {},
    deploy: {},
  };
}

it('no member makes a fleet cheaper where that is promised, and none costs less than its least', () => {
  let [promised, checked] = [0, 0];
  fc.assert(
    fc.property(instance, (drawn) => {
      const environment = environmentOf(drawn);
      const compared = compareEnvironment({
        environment,
        catalog,
        asOf: '2026-11-23',
        weighsDoubt: false,
        sizer,
      });
      const { options, members } = candidatesOf(environment, compared, catalog, prices, { sizer });
      const context = sharedContext(prices, environment.finance);
      for (const [index, option] of options.entries()) {
        const own = (members[index] ?? []).filter((member) => member !== null);
        const cost = optionCosts(option, context);
        const [ownOf, leastOf] = [ownCosts(option, context), leastLoads(option, context)];
        for (const pick of drawn.picks) {
          const together = own.flatMap((member, at): Member[] => {
            const ways = [member, ...(member.elsewhere ?? [])];
            const way = pick[at] ?? 0;
            return way === 5 ? [] : [ways[way % ways.length] ?? member];
          });
          const whole = cost(together).monthlyUsd;
          const least = leastTogether(together.map(leastOf));
          expect(whole).toBeGreaterThanOrEqual(least - 0.01);
          checked += 1;
          if (together.length < 2 || !isMonotone(option, own)) continue;
          for (const added of together) {
            const before = cost(together.filter((member) => member !== added)).monthlyUsd;
            expect(whole).toBeGreaterThanOrEqual(before + ownOf(added).monthlyUsd - 0.01);
            promised += 1;
          }
        }
      }
    }),
    { numRuns: 6 },
  );
  expect(checked).toBeGreaterThan(50);
  expect(promised).toBeGreaterThan(100);
});
