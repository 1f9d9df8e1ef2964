import type { Catalog } from '#lib/catalog/catalog';
import type { Source } from '#lib/catalog/provenance';
import { compareEnvironment, planKey, type CompareResult } from '#lib/compare/compare';
import type { Comparison, ScenarioComparison } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { breakEvenOf, type BreakEven } from '#lib/decision/break-even';
import { decisionCase, type DecisionCase } from '#lib/decision/decision-case';
import { scenarioSensitivity, type ScenarioSensitivity } from '#lib/decision/sensitivity';
import { optionAssumptions, type OptionAssumptions } from '#lib/decision/used-assumptions';
import { makeWhatIf } from '#lib/decision/what-if/make-what-if';
import type { WhatIfCase } from '#lib/decision/what-if/what-if-case';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import type { ServingSizing } from '#lib/sizing/sizing';
import type { Environment } from '#lib/spec/schema/environment';
import type { Scenario } from '#lib/spec/schema/scenario';
import type { Currency } from '#lib/units/currency';

/** What one scenario's choice rests on. */
export interface ScenarioPaper {
  readonly id: string;
  readonly scenario: Scenario;
  readonly comparison: ScenarioComparison;
  /** Bills of the options that fit, by option. */
  readonly estimates: ReadonlyMap<string, Estimate>;
  /** Of the options with a fleet of their own. */
  readonly sizings: ReadonlyMap<string, ServingSizing>;
  readonly sensitivity: ScenarioSensitivity;
  /** Of the recommended option and the one next to it; `null` where fewer than two fit. */
  readonly breakEven: BreakEven | null;
  readonly assumptions: readonly OptionAssumptions[];
  readonly whatIf: WhatIfCase;
}

/** Everything that a decision on an environment is made from. */
export interface DecisionPaper {
  readonly comparison: Comparison;
  readonly discountRatePerYear: number;
  readonly scenarios: readonly ScenarioPaper[];
  /** Every source that prices, assumptions and sizings cite, by id. */
  readonly sources: ReadonlyMap<string, Source>;
}

export interface DecisionPaperProps {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day of the bills: `2026-11-23`. */
  readonly asOf: string;
  /** In which sentences name amounts; all figures are in USD. @default - USD */
  readonly currency?: Currency;
  /** Is told each scenario that is begun. @default - nobody is */
  readonly progress?: ((scenario: string) => void) | undefined;
  /** Answers that others ask for too. @default - its own */
  readonly sizer?: Sizer;
}

const DRAWS = { draws: 10_000, seed: 1 };

export function decisionPaper(props: DecisionPaperProps): DecisionPaper {
  const { environment, catalog, asOf, currency } = props;
  const sizer = props.sizer ?? rememberingSizer(catalog);
  const compared = compareEnvironment({
    environment,
    catalog,
    asOf,
    sizer,
    otherwise: true,
    ...(currency === undefined ? {} : { currency }),
  });
  return {
    comparison: compared.comparison,
    discountRatePerYear: environment.finance.discountRatePerYear,
    scenarios: compared.comparison.scenarios.flatMap((comparison) => {
      const scenario = environment.scenarios[comparison.id];
      if (scenario === undefined) return [];
      props.progress?.(comparison.id);
      return [scenarioPaper(comparison, scenario, compared, { ...props, sizer })];
    }),
    sources: catalog.sources(),
  };
}

function scenarioPaper(
  comparison: ScenarioComparison,
  scenario: Scenario,
  compared: CompareResult,
  { environment, catalog, asOf, currency, sizer }: DecisionPaperProps & { readonly sizer: Sizer },
): ScenarioPaper {
  const { id, recommended } = comparison;
  const decision = decisionCase({ environment, scenarioId: id, scenario, catalog, asOf, sizer });
  const rival = rivalOf(comparison);
  return {
    id,
    scenario,
    comparison,
    ...fittingOf(comparison, compared),
    sensitivity: scenarioSensitivity(decision, {
      title: scenario.title,
      recommended,
      ...DRAWS,
      currency,
      tornadosOf: [recommended, rival].flatMap((one) => one ?? []),
    }),
    breakEven: turningPoints(decision, [recommended, rival], { environment, asOf }),
    assumptions: decision.options.map((option) => optionAssumptions(option, decision)),
    whatIf: makeWhatIf({ decision, environment, scenario, catalog }),
  };
}

/** The option next to the recommended one: the cheapest other that is fully priced, else the cheapest other. */
function rivalOf({ recommended, options, certainty }: ScenarioComparison): string | null {
  if (certainty !== null) return certainty.rival;
  const others = options.filter(({ id, feasible }) => feasible && id !== recommended);
  const [next] = others.toSorted(
    (a, b) =>
      Number(a.atLeast) - Number(b.atLeast) ||
      (a.monthlyUsd?.base ?? Infinity) - (b.monthlyUsd?.base ?? Infinity),
  );
  return next?.id ?? null;
}

function fittingOf({ id, options }: ScenarioComparison, { plans, estimates }: CompareResult) {
  const fitting = options.map((row) => ({ option: row.id, key: planKey(id, row.id) }));
  return {
    estimates: new Map(
      fitting.flatMap(({ option, key }) => {
        const estimate = estimates.get(key);
        return estimate === undefined ? [] : [[option, estimate] as const];
      }),
    ),
    sizings: new Map(
      fitting.flatMap(({ option, key }) => {
        const sizing = plans.get(key)?.sizing ?? null;
        return sizing === null ? [] : [[option, sizing] as const];
      }),
    ),
  };
}

function turningPoints(
  decision: DecisionCase,
  ids: readonly (string | null)[],
  context: Pick<DecisionPaperProps, 'environment' | 'asOf'>,
): BreakEven | null {
  const [a, b] = ids.map((id) => decision.options.find((option) => option.id === id));
  return a === undefined || b === undefined ? null : breakEvenOf(a, b, decision, context);
}
