import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment, planKey } from '#lib/compare/compare';
import { loadEnvironment } from '#lib/spec/load-environment';
import { AS_OF } from './report-environment';

/** Texts of the library that a report of the environment shows: of its comparison, its bills and its sizings. */
export function saidInReport(path: string): ReadonlySet<string> {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment(path, catalog);
  const { comparison, plans, estimates } = compareEnvironment({ environment, catalog, asOf: AS_OF });
  const said = comparison.scenarios.flatMap(({ id, why, options, cautions }) => {
    const keys = options.map((row) => planKey(id, row.id));
    return [
      ...why,
      ...options.filter(({ feasible }) => !feasible).flatMap(({ reasons }) => reasons),
      ...cautions.map(({ text }) => text),
      ...keys.flatMap((key) => billOf(estimates.get(key))),
      ...keys.flatMap((key) => sizingOf(plans.get(key)?.sizing ?? null)),
    ];
  });
  return new Set(said);
}

type Result = ReturnType<typeof compareEnvironment>;

function billOf(estimate: ReturnType<Result['estimates']['get']>): string[] {
  if (estimate === undefined) return [];
  return [...estimate.notes, ...estimate.lines.flatMap(({ label, basis, unit }) => [label, basis, unit])];
}

type Sizing = NonNullable<ReturnType<Result['plans']['get']>>['sizing'];

function sizingOf(sizing: Sizing): string[] {
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
