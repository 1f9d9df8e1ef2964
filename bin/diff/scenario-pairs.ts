import type { OpenedDocument, OpenedEnvironment, OpenedSide } from '#bin/diff/opened-side';
import { pickOption, type PickRequest } from '#bin/input/pick-option';
import { documentOrigin } from '#bin/output/document-origin';
import type { Catalog } from '#lib/catalog/catalog';
import { earlierSides } from '#lib/diff/earlier-sides';
import type { ScenarioPair } from '#lib/diff/join-diffs';
import type { DiffSide } from '#lib/diff/side';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Plan } from '#lib/plan/plan';
import { parseLocated } from '#lib/spec/reading/parse-environment';
import type { Located } from '#lib/text/located';
import { layOver, type StatedLayers } from '#lib/own-catalog/lay-over';

export interface PairRequest {
  readonly asOf: string;
  /** Only this scenario. @default - all that either side has */
  readonly scenario: string | undefined;
  /** What the command line lays over the catalog of both. */
  readonly stated: StatedLayers;
}

type Sides = ReadonlyMap<string, DiffSide>;

/** Scenarios of both sides, planned and priced. What a document says nothing of is not compared. */
export function scenarioPairs(
  from: OpenedSide,
  to: OpenedSide,
  request: PairRequest,
): readonly ScenarioPair[] {
  const [before, after] = sidesOf(from, to, request);
  const isDocument = from.kind === 'document' || to.kind === 'document';
  const ids = [...new Set([...before.keys(), ...after.keys()])].filter(
    (id) =>
      (request.scenario === undefined || id === request.scenario) &&
      (!isDocument || (before.has(id) && after.has(id))),
  );
  if (ids.length === 0) throw nothingToCompare(from, to, request.scenario, isDocument);
  return ids.map((id) => ({ id, from: before.get(id), to: after.get(id) }));
}

function sidesOf(from: OpenedSide, to: OpenedSide, request: PairRequest): readonly [Sides, Sides] {
  if (from.kind === 'environment' && to.kind === 'environment') {
    const other = otherCatalog(from, to, request.stated);
    return [planned(from, chosen(from, request), request, other), planned(to, chosen(to, request), request)];
  }
  if (from.kind === 'document' && to.kind === 'document') return [kept(from), kept(to)];
  if (from.kind === 'document') return besideDocument(from, to, request);
  if (to.kind !== 'document') throw new Error('one side at least is a document here');
  const [after, before] = besideDocument(to, from, request);
  return [before, after];
}

/** A document, and the same scenarios of an environment: on the option that it names, deploys, or the document has. */
function besideDocument(
  document: OpenedDocument,
  environment: OpenedSide,
  request: PairRequest,
): readonly [Sides, Sides] {
  if (environment.kind === 'document') throw new Error('one side is an environment here');
  const { selector, environment: read } = environment;
  const optionOf = (scenario: string) => selector.option ?? read.deploy[scenario];
  const sides = kept(document, optionOf);
  const choices = [...sides]
    .filter(([scenario]) => read.scenarios[scenario] !== undefined)
    .map(([scenario, { option }]): Choice => [scenario, optionOf(scenario) ?? option]);
  return [sides, planned(environment, choices, request)];
}

function kept(
  { selector, document }: OpenedDocument,
  optionOf: (scenario: string) => string | undefined = () => undefined,
): Sides {
  return earlierSides(document, selector.text, (scenario) => selector.option ?? optionOf(scenario));
}

type Choice = readonly [scenario: string, option: string];

/** What a side deploys, or every scenario on the option that it names. */
function chosen({ selector, environment }: OpenedEnvironment, { scenario }: PairRequest): readonly Choice[] {
  const { option } = selector;
  const all: Choice[] =
    option === null
      ? Object.entries(environment.deploy)
      : Object.keys(environment.scenarios).map((id) => [id, option]);
  return all.filter(([id]) => scenario === undefined || id === scenario);
}

function planned(
  { selector, environment, catalog, root, prefix }: OpenedEnvironment,
  choices: readonly Choice[],
  { asOf }: PairRequest,
  other?: Catalog,
): Sides {
  const origin = documentOrigin(root, catalog, choices);
  return new Map(
    choices.map(([scenario, option]): [string, DiffSide] => {
      const request = { environment, path: selector.text, catalog, asOf, scenario, option };
      const { plan, estimate, row } = pickOption(request);
      const { version, specifications } = origin;
      const side = {
        selector: selector.text,
        option,
        plan,
        estimate,
        row,
        licence: catalog.models.get(plan.model.id)?.licence ?? null,
        madeBy: {
          version,
          catalog: origin.catalog,
          specification: specifications[`${scenario}/${option}`] ?? null,
        },
        written: {
          root,
          scenario,
          option,
          prefix,
          replanned: (other: Located) => replanned(other, request),
        },
      };
      if (other === undefined) return [scenario, side];
      const { estimate: underOtherCatalog } = pickOption({ ...request, catalog: other });
      return [scenario, { ...side, underOtherCatalog }];
    }),
  );
}

/** The option by another document; `null` where that is no environment, or the option does not carry the scenario. */
function replanned(root: Located, request: PickRequest): Plan | null {
  const { environment } = parseLocated(root);
  if (environment === undefined) return null;
  try {
    return pickOption({ ...request, environment }).plan;
  } catch (error) {
    if (error instanceof LandfallError) return null;
    throw error;
  }
}

/** The second side's catalog as the first side can be planned with it; `undefined` where both have the same. */
function otherCatalog(
  first: OpenedEnvironment,
  second: OpenedEnvironment,
  stated: StatedLayers,
): Catalog | undefined {
  const [ours, theirs] = [first, second].map(({ own: { constants, prices }, prefix }) =>
    JSON.stringify([constants, prices].map((named) => (named === null ? null : prefix + named.path))),
  );
  if (ours === theirs) return undefined;
  const catalog = layOver({ ...second.own, models: [] }, stated, second.files);
  return { ...catalog, models: first.catalog.models };
}

function nothingToCompare(
  from: OpenedSide,
  to: OpenedSide,
  scenario: string | undefined,
  isDocument: boolean,
): LandfallError {
  const [first, second] = [from.selector.text, to.selector.text];
  if (isDocument) {
    return new LandfallError({
      code: 'UNKNOWN_SCENARIO',
      at: 'landfall diff',
      got: 'no scenario that both sides have, each on an option that fits',
      expected: `the same scenario in ${first} and ${second}`,
      fix: 'name the option of a document behind a hash: file:comparison.json#eks; bills of apps are compared by `landfall estimate --app … --baseline`',
    });
  }
  return new LandfallError({
    code: scenario === undefined ? 'MISSING_KEY' : 'UNKNOWN_SCENARIO',
    at: scenario === undefined ? 'deploy' : '--scenario',
    ...(scenario === undefined ? {} : { got: `"${scenario}"` }),
    expected: `a scenario that ${first} or ${second} deploys`,
    fix: 'name the option too: <file>#<option>',
  });
}
