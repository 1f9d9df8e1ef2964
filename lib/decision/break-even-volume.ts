import { VOLUME } from '#lib/cost/compiled/bill-input';
import type { BreakEvenPoint } from '#lib/decision/break-even-point';
import type { DecisionCase, DecisionOption } from '#lib/decision/decision-case';
import type { Plan } from '#lib/plan/plan';
import { figure } from '#lib/units/figure';

/** Between two volumes a fleet is planned larger or smaller. */
export interface FleetStep {
  readonly option: string;
  readonly fromMultiple: number;
  readonly toMultiple: number;
  readonly gpusBefore: number;
  readonly gpusAfter: number;
}

interface Volume {
  readonly multiple: number;
  /** `null` where an option does not fit at this volume. */
  readonly differenceUsd: number | null;
  readonly gpus: readonly (number | null)[];
}

/** Volumes that are planned: so many in each decade, a hundredth to a hundred times the described one. */
const PER_DECADE = 6;
const DECADES = 2;
const HALVINGS = 10;

/**
 * The traffic at which two options cost the same, every volume planned anew: fleets grow in steps. The nearest crossing
 * by multiples of the described volume.
 */
export function volumeBreakEven(
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
): { readonly point: BreakEvenPoint; readonly steps: readonly FleetStep[] } {
  const number = decision.space.numberOf(VOLUME);
  const input = decision.space.inputs[number];
  if (input === undefined) throw new Error('no volume among the inputs');
  const at = (multiple: number): Volume => {
    const planned = [a, b].map(({ id }) => decision.planner.plan(id, [{ input, value: multiple }]));
    const [ofA, ofB] = planned.map((one) => one?.estimate.totals.monthlyUsd.base ?? null);
    const isKnown = ofA !== undefined && ofA !== null && ofB !== undefined && ofB !== null;
    return {
      multiple,
      differenceUsd: isKnown ? ofA - ofB : null,
      gpus: planned.map((one) => (one === null ? null : gpusOf(one.plan))),
    };
  };
  const volumes = Array.from({ length: 2 * DECADES * PER_DECADE + 1 }, (_, index) =>
    at(10 ** (index / PER_DECADE - DECADES)),
  );
  const crossings = volumes.slice(1).flatMap((above, index) => {
    const below = volumes[index];
    return below === undefined || !turns(below, above) ? [] : [narrowed(below, above, at)];
  });
  const [nearest] = crossings.toSorted(
    (one, other) => Math.abs(Math.log(one.multiple)) - Math.abs(Math.log(other.multiple)),
  );
  return {
    point: pointOf(a, b, nearest ?? null, volumes),
    steps: [a, b].flatMap(({ id }, which) => stepsOf(id, which, volumes)),
  };
}

function pointOf(
  a: DecisionOption,
  b: DecisionOption,
  crossing: Volume | null,
  volumes: readonly Volume[],
): BreakEvenPoint {
  const { inputTokensPerMonth, outputTokensPerMonth } = a.plan.demand;
  const millions = (inputTokensPerMonth + outputTokensPerMonth) / 1e6;
  const head = { over: 'volume', unit: 'million tokens/month', base: millions } as const;
  if (crossing === null) {
    const fits = volumes.filter(({ differenceUsd }) => differenceUsd !== null);
    const [least, most] = [fits[0], fits.at(-1)];
    const range =
      least === undefined || most === undefined
        ? 'at no volume do both fit'
        : `from ${figure(least.multiple, 3)} to ${figure(most.multiple, 3)} times the described volume`;
    const cheaper = (fits.at(-1)?.differenceUsd ?? 0) < 0 ? a.id : b.id;
    return {
      ...head,
      value: null,
      verdict: 'never',
      says: [`Never: ${range}, each planned anew, ${cheaper} stays the cheaper.`],
    };
  }
  const { multiple } = crossing;
  const limits = [a, b].flatMap(({ id, plan }) =>
    plan.sizing === null ? [] : [{ id, most: 1 + plan.sizing.headroom }],
  );
  const overfull = limits.filter(({ most }) => multiple > most);
  const differenceBeyond = crossing.differenceUsd ?? 0;
  const cheaperBeyond = differenceBeyond < 0 ? a.id : b.id;
  return {
    ...head,
    value: millions * multiple,
    verdict: overfull.length > 0 ? 'beyond-capacity' : 'crosses',
    says: [
      `At ${figure(multiple, 3)} times the described volume (${figure(millions * multiple)} million tokens a month) the order turns; ${multiple > 1 ? 'above' : 'below'} it ${cheaperBeyond} is cheaper.`,
      ...overfull.map(
        ({ id, most }) =>
          `That is beyond the capacity of ${id} as it is planned (${figure(most, 3)} times): its fleet is planned larger there.`,
      ),
    ],
  };
}

function turns(below: Volume, above: Volume): boolean {
  if (below.differenceUsd === null || above.differenceUsd === null) return false;
  return below.differenceUsd < 0 !== above.differenceUsd < 0;
}

/** The end of the bracket that lies farther from the described volume, where the order has turned. */
function narrowed(below: Volume, above: Volume, at: (multiple: number) => Volume): Volume {
  let [low, high] = [below, above];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = at(Math.sqrt(low.multiple * high.multiple));
    if (middle.differenceUsd === null) break;
    if (turns(low, middle)) high = middle;
    else low = middle;
  }
  return high.multiple > 1 ? high : low;
}

function stepsOf(option: string, which: number, volumes: readonly Volume[]): FleetStep[] {
  return volumes.slice(1).flatMap((above, index) => {
    const below = volumes[index];
    const [gpusBefore, gpusAfter] = [below?.gpus[which], above.gpus[which]];
    if (below === undefined || gpusBefore == null || gpusAfter == null || gpusBefore === gpusAfter) return [];
    return [{ option, fromMultiple: below.multiple, toMultiple: above.multiple, gpusBefore, gpusAfter }];
  });
}

function gpusOf({ nodePools }: Plan): number {
  return nodePools.reduce((sum, pool) => sum + pool.gpusPerNode * pool.nodes.desired, 0);
}
