import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { chooseNode, type Bills, type Load, type Wish } from '#lib/plan/choice/choose-node';
import type { CompleteFleet } from '#lib/plan/choice/complete-fleet';
import { hourlyUsd } from '#lib/plan/nodes/place';
import type { Sized } from '#lib/plan/nodes/sized';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { USUAL_ENGINE_MEMORY } from '#lib/sizing/engine-memory';
import type { NodeOffering } from '#lib/targets/port/offering';

const USD_PER_GPU = {
  l4: 0.8,
  l40s: 1.9,
  'a100-80-sxm': 2.5,
  'h100-sxm': 6.9,
  'h200-sxm': 7.9,
  'b200-sxm': 12,
};
const OFFERINGS = Object.entries(USD_PER_GPU).flatMap(([accelerator, each]) =>
  [1, 4, 8].map((gpus): NodeOffering => {
    const usd = { low: each * gpus, base: each * gpus, high: each * gpus };
    return {
      kind: 'node',
      id: `${accelerator}-${gpus}`,
      shape: `${accelerator}-${gpus}`,
      accelerator,
      gpus,
      vcpus: 192,
      memoryGib: 2e3,
      localDiskGb: 8e3,
      region: 'here',
      purchase: 'on-demand',
      hourly: {
        state: 'priced',
        usd,
      },
      price: {},
      minimumNodes: 1,
    } as unknown as NodeOffering;
  }),
);
/** USD of people, by steps of the fleet that somebody may assume to fall. */
const PEOPLE = constantFrom([0, 0, 0], [20, 50, 160], [60, 30, 10]);

/** All nodes stand all month, by the hour, and people run them. */
function billsBy([few = 0, more = 0, many = 0]: readonly number[]): Bills {
  const people = (gpus: number) => (gpus <= 8 ? few : gpus <= 64 ? more : many);
  const nodesUsd = ({ gpus: each, hourly }: NodeOffering, gpus: number) =>
    Math.ceil(gpus / each) * (hourly.state === 'priced' ? hourly.usd.base : Number.POSITIVE_INFINITY);
  const leastUsd: Bills['leastUsd'] = (offering, gpus) => {
    const count = Math.ceil(gpus(1) / offering.gpus) * offering.gpus;
    const staff = [count, 9, 65].filter((each) => each >= count).map(people);
    return nodesUsd(offering, count) + Math.min(...staff);
  };
  const usdOf = ({ placement: { offering, nodes } }: Pick<Sized, 'placement'>) =>
    nodesUsd(offering, nodes.base * offering.gpus) + people(nodes.base * offering.gpus);
  return {
    quickUsd: leastUsd,
    leastUsd,
    hoursUsd: (offering) => [hourlyUsd(offering)],
    whole: (sized) => ({
      usdPerMonth: usdOf(sized),
      complete: {
        placement: sized.placement,
        bought: {},
        course: null,
        fleet: { gpus: 0 },
        cpuNodes: { count: 0 },
      } as unknown as CompleteFleet,
    }),
  };
}
const LOADS = record({
  model: constantFrom('llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b'),
  input: integer({ min: 100, max: 8000 }),
  output: integer({ min: 30, max: 800 }),
  requestsPerSecond: integer({ min: 1, max: 30 }),
  tpotMs: constantFrom(null, 30, 60),
  ttftMs: constantFrom(null, 1000, 3000),
  people: PEOPLE,
});

describe('the cheapest node', () => {
  const catalog = loadCatalog();
  const sizer = rememberingSizer(catalog);
  const costOf = (wish: Wish, offerings: readonly NodeOffering[], load: Load, bills: Bills) => {
    const found = chooseNode(
      [wish],
      { offerings, fabricOf: () => undefined },
      load,
      catalog,
      sizer,
      bills,
      () => 0,
    );
    return 'reasons' in found ? Number.POSITIVE_INFINITY : found.choice.usdPerMonth;
  };

  it('is that of sizing every offering by itself', () => {
    assert(
      property(LOADS, ({ model: id, input, output, requestsPerSecond: rate, tpotMs, ttftMs, people }) => {
        const model = catalog.models.get(id);
        if (model === undefined) throw new Error(`no ${id}`);
        const wish: Wish = { model, precisions: ['bf16', 'fp8'] };
        const load: Load = {
          kvPrecision: 'bf16',
          calibration: 'vllm',
          memoryShare: 0.9,
          cachedShare: 0,
          fill: 0.7,
          peakRequestsPerSecond: rate,
          meanRequestsPerSecond: rate,
          tpotMs,
          ttftMs,
          percentile: 'p95',
          inputTokens: {
            mean: input,
            longest: 4 * input,
          },
          outputTokens: {
            mean: output,
            longest: 4 * output,
          },
          availability: 0.99,
          coldStart: {
            loadGbPerSecond: 1,
            compileSeconds: 120,
          },
          engineMemory: {
            ...USUAL_ENGINE_MEMORY,
            fixedGib: 1.05,
          },
          replica: {
            mtbfHours: 500,
            mttrHours: 0.2,
            nodeShare: 0,
          },
        };
        const bills = billsBy(people);
        const alone = OFFERINGS.map((offering) => costOf(wish, [offering], load, bills));
        expect(costOf(wish, OFFERINGS, load, bills)).toBeCloseTo(Math.min(...alone), 6);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
