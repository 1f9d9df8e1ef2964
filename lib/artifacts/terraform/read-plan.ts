import {
  isList,
  isObject,
  own,
  ownObject,
  ownText,
  type JsonObject,
  type JsonPath,
} from '#lib/artifacts/json';
import type { ReadDocument } from '#lib/artifacts/json-text';
import { faultAt } from '#lib/artifacts/source';
import { callOf, constantOf, PlanReferences, referencesIn } from '#lib/artifacts/terraform/plan-references';
import type { PlanModule } from '#lib/artifacts/terraform/plan-references';
import { PlanValues } from '#lib/artifacts/terraform/plan-values';
import { placeOf } from '#lib/artifacts/terraform/region';
import { isMapping } from '#lib/artifacts/terraform/values';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** What an apply would do to one resource, in Terraform's words: `['delete', 'create']` is a replacement. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
}

export interface ReadPlan {
  /** What would stand after the apply, unchanged resources among it. */
  readonly planned: readonly ReadResource[];
  /** What stands before it. */
  readonly prior: readonly ReadResource[];
  readonly changes: readonly PlannedChange[];
}

interface Found {
  readonly module: PlanModule;
  readonly resource: JsonObject;
  readonly address: string;
}

const MAXIMUM_MODULE_DEPTH = 64;

/** Whether a document is what `terraform show -json` prints of a plan or of a state. */
export function isTerraformPlan(root: unknown): boolean {
  const hasValues = isObject(own(root, 'planned_values')) || isObject(own(root, 'values'));
  return ownText(root, 'format_version') !== null && (hasValues || isList(own(root, 'resource_changes')));
}

/**
 * The resources of `terraform show -json`: of a plan, or of a state, where nothing changes. References go through
 * variables and outputs of modules; a plan does not show what locals refer to.
 *
 * @throws LandfallError for another version of the format, or another form
 */
export function readTerraformPlan(document: ReadDocument): ReadPlan {
  const { root } = document;
  refuseVersion(document);
  const isState = own(root, 'planned_values') === undefined;
  const stands = isState ? 'values' : 'planned_values';
  const changes = changesOf(root);
  const moved = movedTo(root);
  const prior = resourcesOf(document, ownObject(ownObject(root, 'prior_state'), 'values'), [
    'prior_state',
  ]).map((found) => ({ ...found, address: moved.get(found.address) ?? found.address }));
  const planned = resourcesOf(document, ownObject(root, stands), [stands]);
  // A plan for some targets leaves out what it does not touch.
  const listed = new Set(planned.map(({ address }) => address));
  const isUntouched = ({ actions }: PlannedChange) => actions.every((action) => action === 'no-op');
  const untouched = new Set(changes.filter(isUntouched).map(({ address }) => address));
  const kept = prior.filter(({ address }) => untouched.has(address) && !listed.has(address));
  const read = (found: readonly Found[], marks: ReadonlyMap<string, unknown>): ReadResource[] => {
    const modules = [...new Set(found.map(({ module }) => module))];
    const references = new PlanReferences(
      modules,
      found.map(({ address }) => address),
    );
    return found.map((each) => readResource(each, root, references, marks.get(each.address)));
  };
  return { planned: read([...planned, ...kept], unknownAfter(root)), prior: read(prior, new Map()), changes };
}

function refuseVersion({ root, source }: ReadDocument): void {
  const version = ownText(root, 'format_version') ?? '';
  if (/^[01]\./.test(version)) return;
  throw faultAt(source, ['format_version'], {
    code: 'WRONG_TYPE',
    got: version === '' ? 'no version' : version.slice(0, 20),
    expected: 'format version 0 or 1 of `terraform show -json`',
    fix: 'run `terraform show -json PLAN > plan.json`',
  });
}

function changesOf(root: unknown): PlannedChange[] {
  const changes = own(root, 'resource_changes');
  return (isList(changes) ? changes : [])
    .filter((change) => ownText(change, 'mode') !== 'data')
    .map((change) => {
      const actions = own(ownObject(change, 'change'), 'actions');
      const words = (isList(actions) ? actions : []).filter((action) => typeof action === 'string');
      return { address: ownText(change, 'address') ?? '', actions: words };
    });
}

/** By the address before a `moved` block, or a change of `count`: a resource that only its name left is the same one. */
function movedTo(root: unknown): ReadonlyMap<string, string> {
  const changes = own(root, 'resource_changes');
  return new Map(
    (isList(changes) ? changes : []).flatMap((change) => {
      const [from, to] = [ownText(change, 'previous_address'), ownText(change, 'address')];
      return from === null || to === null ? [] : [[from, to] as const];
    }),
  );
}

function unknownAfter(root: unknown): Map<string, unknown> {
  const changes = own(root, 'resource_changes');
  return new Map(
    (isList(changes) ? changes : []).map((change) => [
      ownText(change, 'address') ?? '',
      own(ownObject(change, 'change'), 'after_unknown'),
    ]),
  );
}

/** Managed resources of a module and of all below it. */
function resourcesOf(document: ReadDocument, values: JsonObject, path: JsonPath): Found[] {
  const found: Found[] = [];
  const configuration = ownObject(ownObject(document.root, 'configuration'), 'root_module');
  const visit = (node: JsonObject, module: PlanModule, depth: number): void => {
    const resources = own(node, 'resources');
    for (const resource of isList(resources) ? resources : []) {
      const address = ownText(resource, 'address');
      if (!isObject(resource) || address === null || ownText(resource, 'type') === null) {
        throw faultAt(document.source, path, {
          code: 'MISSING_KEY',
          expected: 'resources with an `address` and a `type`',
          fix: 'run `terraform show -json PLAN > plan.json` again',
        });
      }
      if (ownText(resource, 'mode') !== 'data') found.push({ module, resource, address });
    }
    const children = own(node, 'child_modules');
    if (depth > MAXIMUM_MODULE_DEPTH) return;
    for (const child of isList(children) ? children : []) {
      if (isObject(child)) visit(child, childModule(child, module), depth + 1);
    }
  };
  const rootModule = {
    prefix: '',
    configuration,
    parent: null,
    call: '',
    resources: declaredIn(configuration),
  };
  visit(ownObject(values, 'root_module'), rootModule, 0);
  return found;
}

function childModule(child: JsonObject, parent: PlanModule): PlanModule {
  const address = ownText(child, 'address') ?? '';
  const call = /^module\.([^.[]+)/.exec(address.slice(parent.prefix.length))?.[1] ?? '';
  const configuration = ownObject(callOf(parent, call), 'module');
  return { prefix: `${address}.`, configuration, parent, call, resources: declaredIn(configuration) };
}

function declaredIn(configuration: JsonObject): Map<string, JsonObject> {
  const declared = new Map<string, JsonObject>();
  const resources = own(configuration, 'resources');
  for (const resource of isList(resources) ? resources : []) {
    const key = `${ownText(resource, 'type') ?? ''}.${ownText(resource, 'name') ?? ''}`;
    if (isObject(resource)) declared.set(key, resource);
  }
  return declared;
}

function readResource(
  { module, resource, address }: Found,
  root: unknown,
  references: PlanReferences,
  unknown: unknown,
): ReadResource {
  const type = ownText(resource, 'type') ?? '';
  const declared = module.resources.get(`${type}.${ownText(resource, 'name') ?? ''}`);
  const expressions = ownObject(declared, 'expressions');
  const value = new PlanValues(references, module, address).value(
    ownObject(resource, 'values'),
    unknown,
    declared === undefined ? undefined : expressions,
  );
  const properties = isMapping(value) ? value : {};
  const targets = references.of(expressions, module).map((target) => target.address);
  return {
    address,
    path: null,
    format: 'terraform',
    type,
    region: placeOf(type, properties) ?? providerRegion(root, ownText(declared, 'provider_config_key')),
    properties,
    references: [...new Set(targets)].filter((target) => target !== address),
    presence: null,
  };
}

/** The region that a provider is configured with: a constant, or a variable of the plan. */
function providerRegion(root: unknown, key: string | null): string | null {
  const providers = ownObject(ownObject(root, 'configuration'), 'provider_config');
  const region = own(ownObject(own(providers, key ?? ''), 'expressions'), 'region');
  const constant = constantOf(region);
  if (constant !== null) return constant;
  const [reference, ...more] = referencesIn(region);
  const name = more.length === 0 ? /^var\.([^.[]+)$/.exec(reference ?? '')?.[1] : undefined;
  return name === undefined ? null : ownText(ownObject(ownObject(root, 'variables'), name), 'value');
}
