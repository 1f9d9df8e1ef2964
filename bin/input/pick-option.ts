import type { StatedFiles } from '#bin/input/stated-files';
import type { Catalog } from '#lib/catalog/catalog';
import { compareEnvironment, planKey } from '#lib/compare/compare';
import type { BoughtOtherwise } from '#lib/compare/bought-otherwise';
import type { OptionRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Plan } from '#lib/plan/plan';
import type { Environment } from '#lib/spec/schema/environment';

/** One option of one scenario, planned and priced. */
export interface PickedOption {
  readonly plan: Plan;
  readonly estimate: Estimate;
  readonly row: OptionRow;
  /** What another way to pay for its fleet would save; empty unless asked for. */
  readonly otherwise: readonly BoughtOtherwise[];
}

export interface PickRequest {
  readonly environment: Environment;
  /** How the user named the file. */
  readonly path: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly scenario: string;
  readonly option: string;
  /** What the command line laid over the catalog; a second process has to plan with the same. @default - nothing */
  readonly files?: StatedFiles;
  /** Plans other ways to pay for its fleet too. @default false */
  readonly otherwise?: boolean;
}

/** Plans and prices one option. Throws where it is unknown, or does not carry the scenario, with the reasons. */
export function pickOption({
  environment,
  path,
  catalog,
  asOf,
  scenario,
  option,
  otherwise = false,
}: PickRequest): PickedOption {
  knownId('UNKNOWN_SCENARIO', scenario, Object.keys(environment.scenarios), `a scenario of ${path}`);
  knownId('UNKNOWN_OPTION', option, Object.keys(environment.options), `an option of ${path}`);
  const only = { scenario, option };
  const { comparison, plans, estimates } = compareEnvironment({
    environment,
    catalog,
    asOf,
    only,
    otherwise,
  });
  const [compared] = comparison.scenarios;
  const [row] = compared?.options ?? [];
  const plan = plans.get(planKey(scenario, option));
  const estimate = estimates.get(planKey(scenario, option));
  if (row !== undefined && plan !== undefined && estimate !== undefined)
    return { plan, estimate, row, otherwise: compared?.otherwise ?? [] };
  throw new LandfallError({
    code: 'UNKNOWN_OPTION',
    at: `${path}: options.${option}`,
    got: row?.reasons.join('; ') ?? 'no plan',
    expected: `an option that carries ${scenario}`,
    fix: `see \`landfall compare ${path}\``,
  });
}

/** The scenario that is meant: the named one, or the only one there is. */
export function pickScenario(environment: Environment, path: string, wanted: string | undefined): string {
  const known = Object.keys(environment.scenarios);
  if (wanted !== undefined) {
    return knownId('UNKNOWN_SCENARIO', wanted, known, `a scenario of ${path}`);
  }
  const [only] = known;
  if (only !== undefined && known.length === 1) return only;
  throw new LandfallError({
    code: 'UNKNOWN_SCENARIO',
    at: '--scenario',
    expected: `one scenario of ${path}`,
    fix: `choose one of ${known.join(', ')}`,
  });
}

/** Throws where an environment has no such option. */
export function knownOption(id: string, environment: Environment, path: string): string {
  return knownId('UNKNOWN_OPTION', id, Object.keys(environment.options), `an option of ${path}`);
}

function knownId(
  code: 'UNKNOWN_SCENARIO' | 'UNKNOWN_OPTION',
  id: string,
  known: readonly string[],
  expected: string,
): string {
  if (known.includes(id)) return id;
  throw new LandfallError({
    code,
    at: code === 'UNKNOWN_OPTION' ? 'option' : '--scenario',
    got: `"${id}"`,
    expected,
    fix: suggestion(id, known),
  });
}
