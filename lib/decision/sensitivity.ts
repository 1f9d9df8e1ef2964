import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { Catalog } from '#lib/catalog/catalog';
import { compareEnvironment } from '#lib/compare/compare';
import type { BillInput } from '#lib/cost/compiled/bill-input';
import { decisionCase, type DecisionCase } from '#lib/decision/decision-case';
import { findingsOf, notesOf } from '#lib/decision/findings';
import { confirmed, flips, type Flip } from '#lib/decision/flip';
import { monteCarlo, type OptionSpread } from '#lib/decision/monte-carlo';
import { tornado, type TornadoBar } from '#lib/decision/tornado';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import type { Environment } from '#lib/spec/schema/environment';
import type { Band } from '#lib/units/band';
import type { Currency } from '#lib/units/currency';
import { roundTo } from '#lib/units/money';

export interface SensitivityProps {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day of the bills: `2026-11-23`. */
  readonly asOf: string;
  readonly draws: number;
  readonly seed: number;
  /** In which sentences name amounts; all figures are in USD. @default - USD */
  readonly currency?: Currency | undefined;
}

/** An input as the document lists it, once. */
export interface SensitivityInput {
  readonly id: string;
  readonly kind: BillInput['kind'];
  readonly label: string;
  readonly unit: string;
  /** On the day of the calculation: a listed price is wider by its age. */
  readonly band: Band;
  readonly source: string | null;
}

export interface OptionSensitivity extends OptionSpread {
  readonly monthlyUsd: number;
  /** A line has no price: the money means "at least". */
  readonly atLeast: boolean;
  readonly tornado: readonly TornadoBar[];
}

export interface ScenarioSensitivity {
  readonly id: string;
  readonly title: string;
  readonly recommended: string | null;
  readonly options: readonly OptionSensitivity[];
  readonly inputs: readonly SensitivityInput[];
  /** Inputs that could alone make another option cheaper than the recommended one, the likeliest first. */
  readonly flips: readonly Flip[];
  /** Finished sentences. */
  readonly findings: readonly string[];
  readonly notes: readonly string[];
}

/** `landfall/sensitivity/v1`. */
export interface Sensitivity {
  readonly schema: 'landfall/sensitivity/v1';
  readonly environment: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly draws: number;
  readonly seed: number;
  readonly scenarios: readonly ScenarioSensitivity[];
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

/** Flips beyond the band that are told; the rest is farther than anybody would believe. */
const BEYOND_TOLD = 3;

/** How sure the comparison is: what moves each option's cost, how far, and what would turn the recommendation. */
export function sensitivity(props: SensitivityProps): Sensitivity {
  const { environment, catalog, asOf, draws, seed, currency } = props;
  const sizer = rememberingSizer(catalog);
  const { comparison } = compareEnvironment({ environment, catalog, asOf, sizer, weighsDoubt: false });
  return {
    schema: 'landfall/sensitivity/v1',
    environment: environment.name,
    asOf,
    horizonMonths: environment.finance.horizonMonths,
    draws,
    seed,
    scenarios: Object.entries(environment.scenarios).map(([scenarioId, scenario]) => {
      const recommended = comparison.scenarios.find(({ id }) => id === scenarioId)?.recommended ?? null;
      const decision = decisionCase({ environment, scenarioId, scenario, catalog, asOf, sizer });
      return scenarioSensitivity(decision, {
        title: scenario.title,
        recommended,
        draws,
        seed,
        currency,
      });
    }),
  };
}

export interface ScenarioSensitivityProps extends Pick<SensitivityProps, 'draws' | 'seed' | 'currency'> {
  readonly title: string;
  readonly recommended: string | null;
  /** Whose tornado is drawn. @default - that of every option */
  readonly tornadosOf?: readonly string[];
}

/** The same for one scenario whose options are planned already. */
export function scenarioSensitivity(
  decision: DecisionCase,
  { title, recommended, draws, seed, currency, tornadosOf }: ScenarioSensitivityProps,
): ScenarioSensitivity {
  const spreads = new Map(monteCarlo(decision, { draws, seed }).map((spread) => [spread.id, spread]));
  const options = decision.options.flatMap((option): OptionSensitivity[] => {
    const spread = spreads.get(option.id);
    if (spread === undefined) return [];
    const { totals, atLeast } = option.estimate;
    const isDrawn = tornadosOf?.includes(option.id) ?? true;
    const bars = isDrawn ? tornado(option, decision) : [];
    return [{ ...spread, monthlyUsd: totals.monthlyUsd.base, atLeast, tornado: bars }];
  });
  const turns = turnsOf(decision, recommended);
  const told = new Set([...options.flatMap((option) => option.tornado), ...turns].map(({ input }) => input));
  return {
    id: decision.scenarioId,
    title,
    recommended,
    options,
    inputs: decision.space.inputs.flatMap((input, number) => {
      const { id: inputId, kind, label, unit, source } = input;
      const band = decision.doubts[number] ?? input.band;
      return told.has(inputId) ? [{ id: inputId, kind, label, unit, band, source: source?.id ?? null }] : [];
    }),
    flips: turns,
    findings: findingsOf(recommended, [...spreads.values()], turns, decision, draws, currency),
    notes: notesOf(decision, [...spreads.values()]),
  };
}

function turnsOf(decision: DecisionCase, recommended: string | null): Flip[] {
  const winner = decision.options.find(({ id }) => id === recommended);
  if (winner === undefined) return [];
  const rivals = decision.options.filter(
    (option) => option !== winner && option.estimate.atLeast === winner.estimate.atLeast,
  );
  const all = flips(winner, rivals, decision);
  const inside = all.filter(({ withinBand }) => withinBand);
  const outside = all.filter(({ withinBand }) => !withinBand).slice(0, BEYOND_TOLD);
  return [...inside, ...outside].map((flip) => ({
    ...flip,
    value: roundTo(flip.value, 6),
    confirmed: confirmed(flip, winner, rivals, decision),
  }));
}
