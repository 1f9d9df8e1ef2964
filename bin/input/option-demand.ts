import { textOf, type Flags } from '#bin/command';
import { pickOption, pickScenario } from '#bin/input/pick-option';
import { openedEnvironment } from '#bin/input/sized-catalog';
import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import type { PriceBook } from '#lib/catalog/prices';
import { overridesOf } from '#lib/cost/finance-overrides';
import { LandfallError } from '#lib/errors/landfall-error';
import { chosenDemand, type ChosenDemand } from '#lib/plan/sizing/chosen-demand';
import { sharedRequest } from '#lib/plan/plan-request';
import type { Environment } from '#lib/spec/schema/environment';
import { targets } from '#lib/targets/index';

/** What the plan of an option asks of the sizing, and what it was planned with. */
export interface OptionDemand {
  readonly chosen: ChosenDemand;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  /** Models that the scenario lets serve; empty where any may. */
  readonly pool: readonly string[];
}

/** The option of `--environment` that `--option` and `--scenario` name, or the one that is deployed; planned. */
export function optionDemand(flags: Flags, asOf: string): OptionDemand | null {
  const path = textOf(flags, 'environment');
  if (path === undefined) {
    for (const flag of ['option', 'scenario']) if (textOf(flags, flag) !== undefined) throw withoutFile(flag);
    return null;
  }
  const { environment, catalog } = openedEnvironment(path, flags);
  const scenario = pickScenario(environment, path, textOf(flags, 'scenario'));
  const option = textOf(flags, 'option') ?? environment.deploy[scenario];
  if (option === undefined) throw noNodes('--option', undefined, environment, path);
  const { plan } = pickOption({ environment, path, catalog, asOf, scenario, option });
  const prices = createPriceBook({ catalog, overrides: overridesOf(environment.finance) });
  const [asked, way] = [environment.scenarios[scenario], environment.options[option]];
  if (asked === undefined || way === undefined) throw new Error(`no ${scenario} or ${option}`);
  const shared = sharedRequest(environment, { catalog, prices });
  const chosen = chosenDemand(
    { ...shared, scenarioId: scenario, scenario: asked, optionId: option, option: way },
    plan,
  );
  if (chosen === null) throw noNodes('--option', option, environment, path);
  return { chosen, catalog, prices, environment: path, scenario, option, pool: asked.models ?? [] };
}

function noNodes(at: string, got: string | undefined, { options }: Environment, path: string): LandfallError {
  const onNodes = Object.entries(options).flatMap(([id, { target }]) =>
    targets.get(target).engines.length > 0 ? [id] : [],
  );
  return new LandfallError({
    code: 'UNKNOWN_OPTION',
    at,
    ...(got === undefined ? {} : { got: `"${got}", whose model the provider runs` }),
    expected: `an option of ${path} that serves a model on nodes`,
    fix: onNodes.length === 0 ? 'add one that does' : `choose one of ${onNodes.join(', ')}`,
  });
}

function withoutFile(flag: string): LandfallError {
  return new LandfallError({
    code: 'CONFLICT',
    at: `--${flag}`,
    expected: 'an environment that it is one of',
    fix: 'name the file with --environment',
  });
}
