import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';
import { compileBill } from '#lib/cost/compiled/bill-function';
import type { BillFunction } from '#lib/cost/compiled/bill-sums';
import { cashPatterns } from '#lib/cost/compiled/cash-pattern';
import { overridesOf } from '#lib/cost/finance-overrides';
import type { QuantityResponse } from '#lib/cost/compiled/purchase-lines';
import { createInputSpace, type InputSpace } from '#lib/cost/compiled/input-space';
import { doubtOf } from '#lib/cost/compiled/doubt';
import { createPlanner, type Planned, type Planner } from '#lib/decision/planner';
import type { Sizer } from '#lib/plan/sizing/sizer';
import { quantityResponse } from '#lib/decision/quantity-response';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { Band } from '#lib/units/band';

/** One option that fits, with its bill as a function of the inputs that all options of the case share. */
export interface DecisionOption extends Planned {
  readonly id: string;
  readonly bill: BillFunction;
  /** The same without what follows the planning: its inputs are those that the bill itself reads. */
  readonly fixed: BillFunction;
  /** Numbers of inputs at whose low or high end other things would be bought. */
  readonly otherPlanAt: ReadonlySet<number>;
}

/** One scenario's options, ready for thousands of "what if". */
export interface DecisionCase {
  readonly scenarioId: string;
  readonly options: readonly DecisionOption[];
  readonly space: InputSpace;
  /** Band of each input on the day of the case, by its number. */
  readonly doubts: readonly Band[];
  readonly prices: PriceBook;
  readonly planner: Planner;
}

export interface DecisionCaseProps {
  readonly environment: Environment;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  /** Day of the bills: `2026-11-23`. */
  readonly asOf: string;
  /** Only these options. @default - every option that fits */
  readonly only?: readonly string[] | undefined;
  /** Shared with who sized the same environment before. @default - one of its own */
  readonly sizer?: Sizer | undefined;
  /** Plans anew at both ends of each input that only the planning reads. @default true */
  readonly followsPlanning?: boolean;
}

/** Plans every option, and compiles the bills of those that fit. */
export function decisionCase(props: DecisionCaseProps): DecisionCase {
  const { environment, scenarioId, scenario, catalog, asOf } = props;
  const { finance } = environment;
  const prices = createPriceBook({ catalog, overrides: overridesOf(finance) });
  const space = createInputSpace({ prices, finance, growthPerMonth: scenario.traffic.growthPerMonth });
  const planner = createPlanner(props);
  const planned = Object.keys(environment.options).flatMap((id) => {
    if (props.only !== undefined && !props.only.includes(id)) return [];
    const found = planner.plan(id, []);
    return found === null ? [] : [{ id, ...found }];
  });
  const { growthPerMonth, ramp, seasonality } = scenario.traffic;
  const patterns = cashPatterns(space, { growthPerMonth, ramp, seasonality });
  const follows = props.followsPlanning ?? true;
  const compiled = ({ plan }: Planned) => ({ plan, space, patterns });
  const followed = (option: Planned) =>
    follows
      ? followPlanning(option, compileBill(compiled(option)), space, planner, catalog)
      : { responses: [], otherPlanAt: new Set<number>() };
  const waiting = planner.interim === null ? null : planner.plan(planner.interim.plan.option, []);
  const meanwhile =
    planner.interim === null || waiting === null
      ? null
      : { interim: planner.interim, responses: followed(waiting).responses };
  const options = planned.map((option): DecisionOption => {
    const { responses, otherPlanAt } = followed(option);
    const fixed = compileBill({
      ...compiled(option),
      meanwhile: meanwhile && { interim: meanwhile.interim },
    });
    const bill = compileBill({ ...compiled(option), meanwhile, responses });
    return { ...option, bill, fixed, otherPlanAt };
  });
  const doubts = space.inputs.map((input) => doubtOf(input, prices, asOf));
  return { scenarioId, options, space, doubts, prices, planner };
}

/** Inputs that the planning reads and the bill does not: what is bought at their ends is planned anew. */
function followPlanning(
  option: Planned,
  bill: BillFunction,
  space: InputSpace,
  planner: Planner,
  catalog: Catalog,
): { responses: QuantityResponse[]; otherPlanAt: Set<number> } {
  const inBill = new Set(bill.dependsOn);
  const responses: QuantityResponse[] = [];
  const otherPlanAt = new Set<number>();
  for (const id of option.planningReads) {
    // A price that is only planned with belongs to an offer that was not chosen.
    if (!catalog.assumptions.has(id)) continue;
    const number = space.assumption(id);
    const input = space.inputs[number];
    if (input === undefined || inBill.has(number) || input.band.low === input.band.high) continue;
    const planAt = (value: number) => planner.plan(option.plan.option, [{ input, value }]);
    const response = quantityResponse(number, {
      low: planAt(input.band.low),
      base: option,
      high: planAt(input.band.high),
    });
    if (response === null) otherPlanAt.add(number);
    else if (response.multiples.size > 0) responses.push(response);
  }
  return { responses, otherPlanAt };
}
