import type { Catalog } from '#lib/catalog/catalog';
import type { ErrorCode } from '#lib/errors/codes';
import { modelSuggestion } from '#lib/catalog/model-suggestion';
import { isPartOf } from '#lib/catalog/price-discount';
import { suggestion } from '#lib/errors/did-you-mean';
import type { Problem } from '#lib/errors/landfall-error';
import { assumptionProblems } from '#lib/spec/references/assumption-references';
import { idsOf, UNKNOWN_ID } from '#lib/spec/references/catalog-ids';
import { horizonProblems } from '#lib/spec/references/horizon-references';
import { locate, plain } from '#lib/text/located';
import type { Located, Path } from '#lib/text/located';
import { environmentSchema } from '#lib/spec/reading/parse-environment';
import { shown, spot } from '#lib/text/place';
import { qualityProblems } from '#lib/spec/references/quality-references';
import { regionSuggestion } from '#lib/spec/references/region-suggestion';
import { knobProblems } from '#lib/spec/references/knob-references';
import { scalingProblems } from '#lib/spec/references/scaling-references';
import { techniqueProblems } from '#lib/spec/references/technique-references';
import { at, bare, isRecord, valueAt, visitFields } from '#lib/spec/schema/schema-walk';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

/** What a document names that must exist elsewhere: in the catalog, at the target, or in the document itself. */
export interface Named {
  readonly path: Path;
  readonly id: string;
  readonly choices: readonly string[];
  readonly code: ErrorCode;
  readonly expected: string;
  /** Stands at the key rather than at its value. */
  readonly isKey?: boolean;
}

/**
 * Checks every id that a document names. Works on the document as written, so that these problems are found together
 * with those of the schema; parts of the wrong type are left to the schema.
 */
export function checkReferences(root: Located, catalog: Catalog): Problem[] {
  const input = plain(root);
  const named = [
    ...catalogIds(input, catalog),
    ...entriesOf(at(input, 'options')).flatMap(([id, option]) => optionIds(id, option)),
    ...deployIds(input),
    ...interimId(input),
    ...overrideIds(input, catalog),
    ...discountIds(input, catalog),
    ...currencyId(input, catalog),
  ];
  const unknown = named
    .filter(({ id, choices }) => !choices.includes(id))
    .map((each): Problem => {
      const places = locate(root, each.path);
      const place = spot(each.isKey === true ? places.key : places.value);
      const fix = suggestionFor(each, catalog);
      return { code: each.code, ...place, got: shown(each.id), expected: each.expected, fix };
    });
  return [
    ...unknown,
    ...qualityProblems(root, input, catalog),
    ...assumptionProblems(root, input, catalog),
    ...pinProblems(root, input),
    ...techniqueProblems(root, input),
    ...knobProblems(root, input),
    ...scalingProblems(root, input),
    ...horizonProblems(root, input),
  ];
}

function suggestionFor({ code, id, choices }: Named, catalog: Catalog): string {
  if (code === UNKNOWN_ID.regions.code) return regionSuggestion(id, choices);
  return code === UNKNOWN_ID.models.code
    ? modelSuggestion(id, choices, catalog.models)
    : suggestion(id, choices);
}

/** Totals are shown in a currency of the catalog, or in one whose rate is stated. */
function currencyId(input: unknown, catalog: Catalog): Named[] {
  const id = valueAt(input, ['finance', 'currency']);
  if (typeof id !== 'string') return [];
  const own = entriesOf(valueAt(input, ['finance', 'exchangeRates'])).map(([key]) => key);
  const choices = ['USD', ...catalog.exchangeRates.keys(), ...own];
  const expected = 'a currency with a rate, in the catalog or under finance.exchangeRates';
  return [{ path: ['finance', 'currency'], id, choices, code: 'UNKNOWN_CURRENCY', expected }];
}

/** Fields whose schema says which table their ids come from. */
function catalogIds(input: unknown, catalog: Catalog): Named[] {
  const found: Named[] = [];
  visitFields(bare(environmentSchema()), input, ({ facts }, value, path) => {
    if (facts.catalog === undefined || typeof value !== 'string' || path.length === 0) return;
    const choices =
      facts.catalog === 'regions' ? regionsAt(input, path, catalog) : idsOf(facts.catalog, catalog);
    if (choices === undefined || choices.length === 0) return;
    found.push({ path, id: value, choices, ...UNKNOWN_ID[facts.catalog] });
  });
  return found;
}

/** A region is judged by the target of the option it stands in. */
function regionsAt(input: unknown, path: Path, catalog: Catalog): readonly string[] | undefined {
  return targetOf(valueAt(input, path.slice(0, 2)))?.regions(catalog);
}

function targetOf(option: unknown): Target | undefined {
  const id = at(option, 'target');
  return targets.entries.find((entry) => entry.id === id);
}

function optionIds(id: string, option: unknown): Named[] {
  const target = targetOf(option);
  if (target === undefined) return [];
  const engine = ['options', id, 'serving', 'engine', 'engine'];
  const store = ['options', id, 'store', 'store'];
  const below = (path: Path) => valueAt(option, path.slice(2));
  const found: Named[] = [];
  const add = (path: Path, choices: readonly string[], expected: string) => {
    const value = below(path);
    if (typeof value === 'string') found.push({ path, id: value, choices, code: 'CONFLICT', expected });
  };
  const none = 'no engine, because the provider runs the model';
  const runs = `an engine that ${target.id} runs: ${target.engines.join(', ')}`;
  add(engine, target.engines, target.engines.length === 0 ? none : runs);
  add(store, target.vectorStores, `a store that ${target.id} offers: ${target.vectorStores.join(', ')}`);
  return found.filter((each) => isKnownElsewhere(each.id));
}

/** Ids that no registry has are the schema's to report. */
function isKnownElsewhere(id: string): boolean {
  return targets.entries.some(
    (entry: Target) => entry.engines.includes(id) || [...entry.vectorStores].some((store) => store === id),
  );
}

function deployIds(input: unknown): Named[] {
  const scenarios = keysOf(at(input, 'scenarios'));
  const options = keysOf(at(input, 'options'));
  return entriesOf(at(input, 'deploy')).flatMap(([scenario, option]) => {
    const path = ['deploy', scenario];
    const expected = 'a scenario of this environment';
    const key: Named = {
      path,
      id: scenario,
      choices: scenarios,
      code: 'UNKNOWN_SCENARIO',
      expected,
      isKey: true,
    };
    // Where a whole section is missing or misspelt, that is the problem, not what refers into it.
    return [
      ...(scenarios.length === 0 ? [] : [key]),
      ...(typeof option !== 'string' || options.length === 0
        ? []
        : [
            {
              path,
              id: option,
              choices: options,
              code: 'UNKNOWN_OPTION',
              expected: 'an option of this environment',
            } as const,
          ]),
    ];
  });
}

/** The option that serves while another one is built. */
function interimId(input: unknown): Named[] {
  const path = ['finance', 'whileWaiting'];
  const id = valueAt(input, path);
  const choices = keysOf(at(input, 'options'));
  if (typeof id !== 'string' || choices.length === 0) return [];
  return [{ path, id, choices, code: 'UNKNOWN_OPTION', expected: 'an option of this environment' }];
}

function overrideIds(input: unknown, catalog: Catalog): Named[] {
  const assumptions = keysOf(valueAt(input, ['finance', 'assumptions'])).map((id): Named => {
    const expected = 'an assumption of the catalog (`landfall catalog --kind assumptions`)';
    const path = ['finance', 'assumptions', id];
    return {
      path,
      id,
      choices: [...catalog.assumptions.keys()],
      code: 'UNKNOWN_ASSUMPTION',
      expected,
      isKey: true,
    };
  });
  const ids = keysOf(valueAt(input, ['finance', 'prices']));
  if (ids.length === 0) return assumptions;
  const listed = catalog.prices().map((record) => record.id);
  const things = new Set(listed.flatMap((id) => [thingOf(id), ...planFactorOf(id)]));
  const prices = ids
    // A listed thing in another region or under another term may well have no list price: that is what one overrides.
    .filter((id) => !things.has(thingOf(id)))
    .map((id): Named => {
      const expected = 'a price of the catalog (`landfall catalog --kind prices`)';
      return {
        path: ['finance', 'prices', id],
        id,
        choices: listed,
        code: 'UNKNOWN_PRICE',
        expected,
        isKey: true,
      };
    });
  return [...assumptions, ...prices];
}

/** A discount that no listed price is part of would be granted on nothing. */
function discountIds(input: unknown, catalog: Catalog): Named[] {
  const parts = keysOf(valueAt(input, ['finance', 'discounts']));
  if (parts.length === 0) return [];
  const listed = catalog.prices();
  const sellers = [...new Set(listed.map(({ seller }) => seller))].toSorted();
  const services = [...new Set(listed.map(({ seller, service }) => `${seller}/${service}`))].toSorted();
  return parts
    .filter((part) => !listed.some(({ id }) => isPartOf(part, id)))
    .map((part): Named => ({
      path: ['finance', 'discounts', part],
      id: part,
      choices: part.includes('/') ? services : sellers,
      code: 'UNKNOWN_PRICE',
      expected: 'the beginning of a price id: a seller, a service, a product',
      isKey: true,
    }));
}

/** A price id without region and term: seller, service, sku, unit. */
function thingOf(id: string): string {
  const parts = id.split('/');
  return [...parts.slice(0, -3), parts.at(-1)].join('/');
}

/** Any instance type that is listed may have a savings plan, whether its factor is published or not. */
function planFactorOf(id: string): string[] {
  const [seller = '', , sku = ''] = id.split('/');
  return id.endsWith('/instance-hour') ? [`${seller}/savings-plan-factor/${sku}/ratio`] : [];
}

/** A pinned model that no scenario's pool holds can never serve. */
function pinProblems(root: Located, input: unknown): Problem[] {
  const pools = entriesOf(at(input, 'scenarios')).map(([, scenario]) => at(scenario, 'models'));
  if (pools.length === 0 || !pools.every(Array.isArray)) return [];
  const pool = [...new Set(pools.flat().filter((id): id is string => typeof id === 'string'))];
  return entriesOf(at(input, 'options')).flatMap(([id, option]) => {
    const pinned = valueAt(option, ['serving', 'model']);
    if (typeof pinned !== 'string' || pool.includes(pinned)) return [];
    const path = ['options', id, 'serving', 'model'];
    const place = spot(locate(root, path).value);
    const expected = "a model of a scenario's pool";
    return [{ code: 'CONFLICT', ...place, got: shown(pinned), expected, fix: suggestion(pinned, pool) }];
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function keysOf(value: unknown): string[] {
  return isRecord(value) ? Object.keys(value) : [];
}
