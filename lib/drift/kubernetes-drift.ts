import { isObject, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';
import type { DriftedThing } from '#lib/drift/drift';
import { changedPaths } from '#lib/lifecycle/changed-paths';

/** An object as it should be, beside what is live of it. */
export interface ComparedObject {
  readonly object: JsonObject;
  /** `null` where there is none. */
  readonly live: unknown;
  /** What the API server would make of it if it were applied now; `null` where it was not asked. */
  readonly applied: unknown;
}

/** What the server itself keeps: of no manifest, and of no drift. */
const SERVERS_OWN = [
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Objects that are missing, or that applying would change: by places, never by values. */
export function driftedObjects(compared: readonly ComparedObject[]): DriftedThing[] {
  return compared.flatMap(({ object, live, applied }): DriftedThing[] => {
    const thing = { address: addressOf(object), type: typeOf(object), origin: 'either' } as const;
    if (live === null) return [{ ...thing, difference: 'missing', paths: [] }];
    const paths = changedPaths(withoutServersOwn(live), withoutServersOwn(applied)).map(({ path }) => path);
    return paths.length === 0 ? [] : [{ ...thing, difference: 'changed', paths }];
  });
}

/** Live objects with the labels of an option that its manifests do not have. */
export function foreignObjects(live: readonly unknown[], ours: readonly JsonObject[]): DriftedThing[] {
  const known = new Set(ours.map((object) => `${typeOf(object)} ${addressOf(object)}`));
  return live.flatMap((object): DriftedThing[] => {
    if (!isObject(object) || known.has(`${typeOf(object)} ${addressOf(object)}`)) return [];
    return [
      {
        difference: 'foreign',
        address: addressOf(object),
        type: typeOf(object),
        origin: 'either',
        paths: [],
      },
    ];
  });
}

/** `Deployment support/model-server`. */
export function addressOf(object: JsonObject): string {
  const metadata = ownObject(object, 'metadata');
  const name = ownText(metadata, 'name') ?? '';
  const namespace = ownText(metadata, 'namespace');
  return `${ownText(object, 'kind') ?? ''} ${namespace === null ? name : `${namespace}/${name}`}`;
}

function typeOf(object: JsonObject): string {
  return `${ownText(object, 'apiVersion') ?? ''}/${ownText(object, 'kind') ?? ''}`;
}

function withoutServersOwn(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { status: _status, metadata, ...rest } = value;
  const { annotations, ...kept } = Object.fromEntries(
    Object.entries(ownObject({ metadata }, 'metadata')).filter(([name]) => !SERVERS_OWN.includes(name)),
  );
  const own = isObject(annotations)
    ? Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== LAST_APPLIED))
    : {};
  // A server drops annotations of which none is left.
  return { ...rest, metadata: { ...kept, ...(Object.keys(own).length === 0 ? {} : { annotations: own }) } };
}
