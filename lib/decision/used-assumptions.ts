import type { Catalog } from '#lib/catalog/catalog';
import type { BillInput } from '#lib/cost/compiled/bill-input';
import { decisionCase, type DecisionCase, type DecisionOption } from '#lib/decision/decision-case';
import type { Environment } from '#lib/spec/schema/environment';
import type { Band } from '#lib/units/band';
import { roundTo } from '#lib/units/money';

/** One input of an option's cost. */
export interface UsedAssumption {
  readonly id: string;
  readonly kind: BillInput['kind'];
  readonly label: string;
  readonly unit: string;
  /** On the day of the calculation: a listed price is wider by its age. */
  readonly band: Band;
  /** `null` where the environment states it. */
  readonly source: string | null;
  readonly publisher: string | null;
  readonly asOf: string | null;
  /** The environment put it in the place of the catalog's. */
  readonly overridden: boolean;
  /**
   * Share of the monthly cost that moves with it: 0.3 means that 10 % more of it costs 3 % more. Below 0 where more of it
   * costs less.
   */
  readonly share: number;
  /** At an end of its band other things would be bought, which the share does not say. */
  readonly otherPlan: boolean;
}

export interface OptionAssumptions {
  readonly scenario: string;
  readonly option: string;
  readonly monthlyUsd: number;
  readonly atLeast: boolean;
  /** By the size of their share, the largest first. */
  readonly inputs: readonly UsedAssumption[];
}

/** `landfall/assumptions/v1`. */
export interface UsedAssumptions {
  readonly schema: 'landfall/assumptions/v1';
  readonly environment: string;
  readonly asOf: string;
  readonly options: readonly OptionAssumptions[];
}

export interface UsedAssumptionsProps {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day of the bills: `2026-11-23`. */
  readonly asOf: string;
  /** @default - every option that fits */
  readonly option?: string | undefined;
}

/** Everything that the costs of an environment's options were computed from, with what each of it weighs. */
export function usedAssumptions({
  environment,
  catalog,
  asOf,
  option,
}: UsedAssumptionsProps): UsedAssumptions {
  const only = option === undefined ? undefined : [option];
  return {
    schema: 'landfall/assumptions/v1',
    environment: environment.name,
    asOf,
    options: Object.entries(environment.scenarios).flatMap(([scenarioId, scenario]) => {
      const decision = decisionCase({ environment, scenarioId, scenario, catalog, asOf, only });
      return decision.options.map((one) => optionAssumptions(one, decision));
    }),
  };
}

/** The same for one option that is planned already. */
export function optionAssumptions(option: DecisionOption, decision: DecisionCase): OptionAssumptions {
  const { space } = decision;
  const planned = [...option.planningReads].flatMap((id) => {
    const number = space.inputs.findIndex((input) => input.id === id);
    return number === -1 ? [] : [number];
  });
  const numbers = new Set([...option.bill.dependsOn, ...planned]);
  return {
    scenario: decision.scenarioId,
    option: option.id,
    monthlyUsd: option.estimate.totals.monthlyUsd.base,
    atLeast: option.estimate.atLeast,
    inputs: [...numbers]
      .flatMap((number) => usedOf(number, option, decision) ?? [])
      .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share) || (a.id < b.id ? -1 : 1)),
  };
}

function usedOf(
  number: number,
  option: DecisionOption,
  { space, doubts }: DecisionCase,
): UsedAssumption | null {
  const input = space.inputs[number];
  if (input === undefined) return null;
  const { id, kind, label, unit, source } = input;
  return {
    id,
    kind,
    label,
    unit,
    band: doubts[number] ?? input.band,
    source: source?.id ?? null,
    publisher: source?.publisher ?? null,
    asOf: source?.asOf ?? null,
    overridden: source?.method === 'override',
    share: roundTo(shareOf(number, option, space, doubts[number] ?? input.band), 4),
    otherPlan: option.otherPlanAt.has(number),
  };
}

/** Slope of the cost over the band, or near the base where there is none, as a share of the cost at base. */
function shareOf(number: number, { bill }: DecisionOption, space: DecisionCase['space'], band: Band): number {
  const values = space.base();
  const at = (value: number) => {
    values[number] = value;
    return bill.monthlyUsd(values);
  };
  const cost = at(band.base);
  const isWhole = space.inputs[number]?.whole === true;
  const [low, high] =
    band.low < band.high
      ? [band.low, band.high]
      : isWhole
        ? [band.base, band.base + 1]
        : [band.base * 0.99, band.base * 1.01];
  return cost === 0 || low === high ? 0 : ((at(high) - at(low)) / (high - low)) * (band.base / cost);
}
