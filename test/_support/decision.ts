import { loadCatalog } from '#lib/catalog/load';
import { decisionCase, type DecisionCase } from '#lib/decision/decision-case';
import type { Finance } from '#lib/spec/schema/finance';
import { loadEnvironment } from '#lib/spec/load-environment';
import { remembered } from './remembered';
import { sizer } from './sizer';

export const AS_OF = '2026-11-23';

/**
 * The first scenario of a shipped environment, ready for "what if". Made once for all tests of a worker: each is planned
 * a hundred times and more.
 *
 * @param knobs - What an option has otherwise, by its id
 */
export const shippedCase = remembered(newCase);

function newCase(
  name: string,
  finance: Partial<Finance> = {},
  knobs: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): DecisionCase {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment(`environments/${name}.yaml`, catalog);
  const [[scenarioId, scenario] = []] = Object.entries(environment.scenarios);
  if (scenarioId === undefined || scenario === undefined) throw new Error(`${name} has no scenario`);
  const options = Object.fromEntries(
    Object.entries(environment.options).map(([id, option]) => [id, { ...option, ...knobs[id] }]),
  );
  return decisionCase({
    environment: { ...environment, options, finance: { ...environment.finance, ...finance } },
    scenarioId,
    scenario,
    catalog,
    asOf: AS_OF,
    sizer,
  });
}
