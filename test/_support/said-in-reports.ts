import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment, planKey } from '#lib/compare/compare';
import type { Estimate } from '#lib/cost/estimate';
import { breakEvenOf } from '#lib/decision/break-even';
import { decisionCase } from '#lib/decision/decision-case';
import { scenarioSensitivity } from '#lib/decision/sensitivity';
import { optionAssumptions } from '#lib/decision/used-assumptions';
import type { Plan } from '#lib/plan/plan';
import { rememberingSizer, type Sizer } from '#lib/plan/sizing/sizer';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Environment } from '#lib/spec/schema/environment';
import { AS_OF } from './report-environment';

export interface Asked {
  readonly environment: Environment;
  readonly catalog: Catalog;
  readonly sizer: Sizer;
}

/** Texts of the library that a report of the environment shows: of its comparison, its bills and its sizings. */
export function saidInReport(path: string): ReadonlySet<string> {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment(path, catalog);
  return saidOfOptions({ environment, catalog, sizer: rememberingSizer(catalog) });
}

export function saidOfOptions(asked: Asked): ReadonlySet<string> {
  const { comparison, plans, estimates } = compareEnvironment({ ...asked, asOf: AS_OF });
  const said = comparison.scenarios.flatMap(({ id, why, options, cautions }) => {
    const keys = options.map((row) => planKey(id, row.id));
    return [
      ...why,
      ...options.filter(({ feasible }) => !feasible).map(({ reasons }) => reasons.join('; ')),
      ...cautions.map(({ text }) => text),
      ...keys.flatMap((key) => billOf(estimates.get(key))),
      ...keys.flatMap((key) => sizingOf(plans.get(key)?.sizing ?? null)),
    ];
  });
  return new Set(said);
}

/** What a report says of the doubt of the inputs, of each input and of what would turn the choice. */
export function saidOfDecision({ environment, catalog, sizer }: Asked): ReadonlySet<string> {
  const { comparison } = compareEnvironment({ environment, catalog, sizer, asOf: AS_OF });
  const said = comparison.scenarios.flatMap(({ id, recommended }) => {
    const scenario = environment.scenarios[id];
    if (scenario === undefined) return [];
    const decision = decisionCase({ environment, scenarioId: id, scenario, catalog, asOf: AS_OF, sizer });
    const weighed = scenarioSensitivity(decision, {
      title: scenario.title,
      recommended,
      draws: 200,
      seed: 1,
    });
    const first = decision.options.find((option) => option.id === recommended);
    const second = decision.options.find((option) => option !== first);
    const turning =
      first === undefined || second === undefined
        ? []
        : breakEvenOf(first, second, decision, { environment, asOf: AS_OF }).points;
    return [
      ...weighed.findings,
      ...weighed.notes,
      ...weighed.inputs.flatMap(({ label, unit }) => [label, unit]),
      ...turning.map(({ says }) => says.join(' ')),
      ...decision.options.flatMap((option) =>
        optionAssumptions(option, decision).inputs.flatMap(({ label, unit }) => [label, unit]),
      ),
    ];
  });
  return new Set(said);
}

/** What a report says of all scenarios together. */
export function saidTogether(asked: Asked): ReadonlySet<string> {
  const { notes, conflicts } = makePortfolio({ ...asked, asOf: AS_OF });
  return new Set([...notes, ...conflicts]);
}

function billOf(estimate: Estimate | undefined): string[] {
  if (estimate === undefined) return [];
  return [...estimate.notes, ...estimate.lines.flatMap(({ label, basis, unit }) => [label, basis, unit])];
}

function sizingOf(sizing: Plan['sizing']): string[] {
  if (sizing === null) return [];
  return [
    ...(sizing.nearest === null ? [] : [sizing.nearest.difference]),
    ...sizing.derivation.flatMap(({ label, unit, formula, inputs }) => [
      label,
      unit,
      formula,
      ...inputs.flatMap((input) => [input.name, input.unit]),
      ...inputs.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
    ]),
  ];
}
