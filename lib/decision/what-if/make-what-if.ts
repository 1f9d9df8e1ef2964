import type { Catalog } from '#lib/catalog/catalog';
import { HORIZON, VOLUME } from '#lib/cost/compiled/bill-input';
import type { InputChange } from '#lib/decision/changed-inputs';
import type { DecisionCase } from '#lib/decision/decision-case';
import { freezing } from '#lib/decision/what-if/frozen-prices';
import { leversOf } from '#lib/decision/what-if/levers';
import { openWhatIf } from '#lib/decision/what-if/open-what-if';
import type { PlannedCell, WhatIfCase } from '#lib/decision/what-if/what-if-case';
import { billedPart, type BilledPlan } from '#lib/plan/billed-plan';
import type { Plan } from '#lib/plan/plan';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';

/** Multiples of the described traffic, and horizons, that are planned. */
const MULTIPLES = [0.5, 1, 2, 3, 5];
const HORIZONS_MONTHS = [12, 24, 36, 60, 84];

export interface WhatIfProps {
  readonly decision: DecisionCase;
  readonly environment: Environment;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
}

/** Plans every option at every traffic over every horizon, and takes along all that their bills ask for. */
export function makeWhatIf({ decision, environment, scenario, catalog }: WhatIfProps): WhatIfCase {
  const { growthPerMonth, ramp, seasonality, requestsPerSecond } = scenario.traffic;
  const { finance, options } = environment;
  const { book, frozen } = freezing(decision.prices, [...catalog.assumptions.keys()]);
  const horizonsMonths = [...new Set([...HORIZONS_MONTHS, finance.horizonMonths])].sort((a, b) => a - b);
  const plans = numberedPlans();
  const cells = MULTIPLES.flatMap((multiple) =>
    horizonsMonths.map((horizonMonths) =>
      cellAt({ multiple, horizonMonths }, decision, Object.keys(options), plans.numberOf),
    ),
  );
  const whatIfCase = {
    scenario: decision.scenarioId,
    // Its prices, assumptions and rates are in what is frozen already.
    finance: { ...finance, prices: {}, discounts: {}, assumptions: {}, exchangeRates: {} },
    traffic: { growthPerMonth, ramp, seasonality },
    requestsPerSecond: { mean: requestsPerSecond.mean, peak: requestsPerSecond.peak },
    multiples: MULTIPLES,
    horizonsMonths,
    plans: plans.all,
    cells,
    levers: leversOf(decision),
  };
  const opened = openWhatIf({ ...whatIfCase, prices: frozen() }, book);
  // All cells are opened, so that what their bills ask for is frozen too.
  for (const { multiple, horizonMonths } of cells) opened.at({ multiple, horizonMonths, levers: {} });
  return { ...whatIfCase, prices: frozen() };
}

/** Most cells buy what another one does. */
function numberedPlans() {
  const numbers = new Map<string, number>();
  const all: BilledPlan[] = [];
  const numberOf = (plan: Plan): number => {
    const part = billedPart(plan);
    const key = JSON.stringify(part);
    const number = numbers.get(key) ?? all.push(part) - 1;
    numbers.set(key, number);
    return number;
  };
  return { all, numberOf };
}

function cellAt(
  { multiple, horizonMonths }: Pick<PlannedCell, 'multiple' | 'horizonMonths'>,
  { planner, space }: DecisionCase,
  ids: readonly string[],
  numberOf: (plan: Plan) => number,
): PlannedCell {
  const change = (id: string, value: number): InputChange[] => {
    const input = space.inputs[space.numberOf(id)];
    return input === undefined || input.band.base === value ? [] : [{ input, value }];
  };
  const changes = [...change(VOLUME, multiple), ...change(HORIZON, horizonMonths)];
  const planned = new Map(ids.map((id) => [id, planner.plan(id, changes)]));
  const waiting = planned.get(planner.interim?.plan.option ?? '') ?? null;
  return {
    multiple,
    horizonMonths,
    options: ids.map((id) => {
      const found = planned.get(id) ?? null;
      return {
        id,
        plan: found === null ? null : numberOf(found.plan),
        atLeast: found?.estimate.atLeast ?? false,
        gpus: found === null ? 0 : gpusOf(found.plan),
      };
    }),
    meanwhile: waiting === null ? null : numberOf(waiting.plan),
  };
}

function gpusOf({ nodePools }: Plan): number {
  return nodePools.reduce((sum, { gpusPerNode, nodes }) => sum + gpusPerNode * nodes.desired, 0);
}
