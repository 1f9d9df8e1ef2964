import type { Declared } from '#lib/artifacts/cloudformation/stack';
import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';

const PREFIX = 'AWS::Serverless::';
/** The API that an event makes which names none, by the event's type: its logical id and the property that names one. */
const IMPLICIT_APIS = {
  Api: { logicalId: 'ServerlessRestApi', type: 'AWS::Serverless::Api', named: 'RestApiId' },
  HttpApi: { logicalId: 'ServerlessHttpApi', type: 'AWS::Serverless::HttpApi', named: 'ApiId' },
} as const;

/**
 * What the transform of the Serverless Application Model adds to a template: `Globals` beneath the properties of its
 * types, and the APIs that events of functions make. The functions, tables and roles behind its types are the types.
 */
export function serverlessEntries(
  root: JsonObject,
  declared: ReadonlyMap<string, Declared>,
): ReadonlyMap<string, Declared> {
  const transform = own(root, 'Transform');
  const transforms = isList(transform) ? transform : [transform];
  if (!transforms.some((each) => typeof each === 'string' && each.startsWith('AWS::Serverless-')))
    return declared;
  const globals = ownObject(root, 'Globals');
  const entries = new Map<string, Declared>();
  for (const [logicalId, each] of declared)
    entries.set(logicalId, { ...each, node: withGlobals(each.node, globals) });
  for (const { node, presence } of declared.values()) {
    for (const { logicalId, type } of implicitApis(node)) {
      if (entries.has(logicalId)) continue;
      entries.set(logicalId, { node: withGlobals({ Type: type }, globals), presence });
    }
  }
  return entries;
}

function withGlobals(node: unknown, globals: JsonObject): unknown {
  const type = ownText(node, 'Type');
  if (!isObject(node) || type === null || !type.startsWith(PREFIX)) return node;
  const shared = ownObject(globals, type.slice(PREFIX.length));
  return { ...node, Properties: merged(shared, ownObject(node, 'Properties')) };
}

/** Mappings are merged, lists joined, and of two values the resource's own holds. */
function merged(shared: JsonObject, specific: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...shared };
  for (const [key, value] of Object.entries(specific)) {
    const below = own(shared, key);
    if (isObject(below) && isObject(value)) result[key] = merged(below, value);
    else result[key] = isList(below) && isList(value) ? [...below, ...value] : value;
  }
  return result;
}

function implicitApis(node: unknown) {
  if (ownText(node, 'Type') !== `${PREFIX}Function`) return [];
  return Object.values(ownObject(ownObject(node, 'Properties'), 'Events')).flatMap((event) => {
    const api = Object.entries(IMPLICIT_APIS).find(([type]) => type === ownText(event, 'Type'))?.[1];
    return api === undefined || own(ownObject(event, 'Properties'), api.named) !== undefined ? [] : [api];
  });
}
