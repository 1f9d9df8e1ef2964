import { isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import type { Action, Change } from '#lib/lifecycle/change';
import { changedPaths, same } from '#lib/lifecycle/changed-paths';

/** What CloudFormation would do with resources that stand on both sides, by logical id; those that are missing it updates. */
export type Replacements = ReadonlyMap<string, 'replace' | 'may-replace'>;

/** Parts of a template besides its resources, whose members are listed one by one. */
const SECTIONS = [
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Outputs',
  'Metadata',
  'Transform',
] as const;

/** Parts that are one text. */
const TEXTS = ['AWSTemplateFormatVersion', 'Description'] as const;

/** Says nothing of what is deployed; the CDK writes it and no update comes of it alone. */
const TYPE_OF_SECTION = 'template';

/**
 * What deploying `after` where `before` stands would touch, sorted by address.
 *
 * @param before - Deployed template; `null` where no stack stands
 * @param replacements - Of resources that both have, from a model of CloudFormation's types
 */
export function templateChanges(
  before: JsonObject | null,
  after: JsonObject,
  replacements: Replacements,
): Change[] {
  const old = before ?? {};
  return [
    ...resourceChanges(ownObject(old, 'Resources'), ownObject(after, 'Resources'), replacements),
    ...SECTIONS.flatMap((section) =>
      sectionChanges(section, ownObject(old, section), ownObject(after, section)),
    ),
    ...sectionChanges('Template', textsOf(old), textsOf(after)),
  ].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function textsOf(template: JsonObject): JsonObject {
  return Object.fromEntries(
    TEXTS.flatMap((name) => (own(template, name) === undefined ? [] : [[name, template[name]]])),
  );
}

function resourceChanges(before: JsonObject, after: JsonObject, replacements: Replacements): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((address): Change[] => {
    const [old, young] = [own(before, address), own(after, address)];
    if (same(old, young)) return [];
    const type = ownText(young ?? old, 'Type') ?? 'unknown';
    if (old === undefined) return [{ address, type, action: 'create', paths: [], keeps: null }];
    if (young === undefined) return [gone(address, type, old)];
    const isOther = ownText(old, 'Type') !== ownText(young, 'Type');
    const action: Action = isOther ? 'replace' : (replacements.get(address) ?? 'update');
    const keeps = action === 'update' ? null : keptBy(ownText(old, 'UpdateReplacePolicy'));
    return [{ address, type, action, paths: changedPaths(old, young), keeps }];
  });
}

/** CloudFormation reads the policy of the template that stands. */
function gone(address: string, type: string, old: unknown): Change {
  const keeps = keptBy(ownText(old, 'DeletionPolicy'));
  return { address, type, action: keeps === 'resource' ? 'release' : 'delete', paths: [], keeps };
}

function keptBy(policy: string | null): Change['keeps'] {
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'resource';
  return policy === 'Snapshot' ? 'snapshot' : null;
}

function sectionChanges(section: string, before: JsonObject, after: JsonObject): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): Change[] => {
    const [old, young] = [own(before, name), own(after, name)];
    if (same(old, young)) return [];
    const action = old === undefined ? 'create' : young === undefined ? 'delete' : 'update';
    const paths = action === 'update' ? changedPaths({ Value: old }, { Value: young }) : [];
    return [{ address: `${section}.${name}`, type: TYPE_OF_SECTION, action, paths, keeps: null }];
  });
}

/** Whether a change touches anything that exists, not only what a template says about itself. */
export function isOfTemplate({ type }: Pick<Change, 'type'>): boolean {
  return type === TYPE_OF_SECTION;
}

/**
 * A template as CloudFormation gives it back: what is not ASCII comes as question marks, so both sides are compared in
 * that form.
 */
export function asGivenBack(template: JsonObject): JsonObject {
  const text = JSON.stringify(template).replaceAll(/[\u0080-\u{10ffff}]/gu, '?');
  const parsed: unknown = JSON.parse(text);
  return isObject(parsed) ? parsed : {};
}
