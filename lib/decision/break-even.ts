import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { Catalog } from '#lib/catalog/catalog';
import { cumulative, monthBreakEven, type MonthlyCourse } from '#lib/decision/break-even-month';
import { priceBreakEven, utilisationBreakEven } from '#lib/decision/break-even-price';
import { volumeBreakEven, type FleetStep } from '#lib/decision/break-even-volume';
import { BREAK_EVEN_OVER, type BreakEvenOver, type BreakEvenPoint } from '#lib/decision/break-even-point';
import { decisionCase, type DecisionCase, type DecisionOption } from '#lib/decision/decision-case';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Environment } from '#lib/spec/schema/environment';

/** `landfall/breakeven/v1`. */
export interface BreakEven {
  readonly schema: 'landfall/breakeven/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly options: readonly {
    readonly id: string;
    readonly monthlyUsd: number;
    readonly atLeast: boolean;
  }[];
  readonly points: readonly BreakEvenPoint[];
  /** Cumulative cost of both, month 0 to the horizon. */
  readonly course: readonly MonthlyCourse[];
  /** Between which volumes a fleet grows, where volume was asked for. */
  readonly fleetSteps: readonly FleetStep[];
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

export interface BreakEvenProps {
  readonly environment: Environment;
  readonly scenarioId: string;
  readonly catalog: Catalog;
  /** Day of the bills: `2026-11-23`. */
  readonly asOf: string;
  readonly a: string;
  readonly b: string;
  /** @default - all */
  readonly over?: BreakEvenOver | undefined;
}

/** When and where option `a` costs as much as option `b`. Throws where an option is unknown or does not fit. */
export function breakEven(props: BreakEvenProps): BreakEven {
  const { environment, scenarioId, catalog, asOf, over } = props;
  const scenario = environment.scenarios[scenarioId];
  if (scenario === undefined) throw new Error(`no scenario ${scenarioId}`);
  for (const id of [props.a, props.b]) known(id, Object.keys(environment.options));
  if (props.a === props.b) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall breakeven',
      got: `${props.a} twice`,
      expected: 'two options',
      fix: `options: ${Object.keys(environment.options).join(', ')}`,
    });
  }
  const decision = decisionCase({
    environment,
    only: [props.a, props.b],
    scenarioId,
    scenario,
    catalog,
    asOf,
    followsPlanning: false,
  });
  const [a, b] = [props.a, props.b].map((id) => fitting(id, decision));
  if (a === undefined || b === undefined) throw new Error('two options were asked for');
  return breakEvenOf(a, b, decision, { environment, asOf, over });
}

/** The same for two options of a case that is planned already. */
export function breakEvenOf(
  a: DecisionOption,
  b: DecisionOption,
  decision: DecisionCase,
  { environment, asOf, over }: Pick<BreakEvenProps, 'environment' | 'asOf' | 'over'>,
): BreakEven {
  const course = cumulative(a, b, decision.space);
  const asked = over === undefined ? BREAK_EVEN_OVER : [over];
  const volume = asked.includes('volume') ? volumeBreakEven(a, b, decision) : null;
  const pointOf = (one: BreakEvenOver): BreakEvenPoint | null => {
    switch (one) {
      case 'month':
        return monthBreakEven(a, b, course);
      case 'volume':
        return volume?.point ?? null;
      case 'utilisation':
        return utilisationBreakEven(a, b, decision);
      case 'gpu-price':
      case 'power-price':
        return priceBreakEven(one, a, b, decision);
    }
    return null;
  };
  return {
    schema: 'landfall/breakeven/v1',
    environment: environment.name,
    scenario: decision.scenarioId,
    asOf,
    horizonMonths: environment.finance.horizonMonths,
    options: [a, b].map(({ id, estimate }) => ({
      id,
      monthlyUsd: estimate.totals.monthlyUsd.base,
      atLeast: estimate.atLeast,
    })),
    points: asked.flatMap((one) => pointOf(one) ?? []),
    course,
    fleetSteps: volume?.steps ?? [],
  };
}

function known(id: string, all: readonly string[]): void {
  if (all.includes(id)) return;
  throw new LandfallError({
    code: 'UNKNOWN_OPTION',
    at: 'landfall breakeven',
    got: `"${id}"`,
    expected: "one of the environment's options",
    fix: suggestion(id, all),
  });
}

function fitting(id: string, { options, planner, scenarioId }: DecisionCase): DecisionOption {
  const found = options.find((option) => option.id === id);
  if (found !== undefined) return found;
  throw new LandfallError({
    code: 'UNKNOWN_OPTION',
    at: `options.${id}`,
    got: `an option that does not fit: ${planner.misfit(id).join('; ')}`,
    expected: `an option that carries ${scenarioId}`,
    fix: 'change what it lacks, or take another option of `landfall compare`',
  });
}
