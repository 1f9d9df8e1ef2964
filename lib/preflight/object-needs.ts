import type { DeployedObject } from '#lib/preflight/deployment';

/** Devices that pods claim by their limits: `nvidia.com/gpu`. */
export function deviceNames(objects: readonly DeployedObject[]): string[] {
  const names = new Set<string>();
  everyMapping(objects, (mapping) => {
    const { limits } = mapping;
    if (!isMapping(limits)) return;
    for (const name of Object.keys(limits)) if (name.includes('/')) names.add(name);
  });
  return [...names].toSorted();
}

/** Storage classes that claims name, and whether one names none. */
export function claimsOf(objects: readonly DeployedObject[]): {
  readonly classes: readonly string[];
  readonly usesDefault: boolean;
} {
  const classes = new Set<string>();
  let usesDefault = false;
  everyMapping(objects, ({ accessModes, storageClassName }) => {
    if (!Array.isArray(accessModes)) return;
    if (typeof storageClassName === 'string' && storageClassName !== '') classes.add(storageClassName);
    else usesDefault = true;
  });
  return { classes: [...classes].toSorted(), usesDefault };
}

/** A secret without which pods do not start. */
export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
  /** Empty where what reads it says none. */
  readonly keys: readonly string[];
}

/** Secrets that objects refer to and do not bring, but for those that they can do without. */
export function secretsOf(objects: readonly DeployedObject[]): NeededSecret[] {
  const found = new Map<string, NeededSecret>();
  const add = (namespace: string, name: string, keys: readonly string[]) => {
    const id = `${namespace}/${name}`;
    const known = found.get(id)?.keys ?? [];
    found.set(id, { namespace, name, keys: [...new Set([...known, ...keys])].toSorted() });
  };
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? 'default';
    everyMapping(object, ({ secretKeyRef, existingSecret, secretRef }) => {
      if (isMapping(secretKeyRef) && secretKeyRef['optional'] !== true) {
        const { name, key } = secretKeyRef;
        if (typeof name === 'string') add(namespace, name, typeof key === 'string' ? [key] : []);
      }
      for (const name of [existingSecret, secretRef]) {
        if (typeof name === 'string') add(namespace, name, []);
      }
    });
  }
  const brought = objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
  return [...found.values()].filter(({ name }) => !brought.includes(name));
}

/** Images of containers, as they are named, each once. */
export function imagesOf(objects: readonly DeployedObject[]): string[] {
  const images = new Set<string>();
  everyMapping(objects, ({ image }) => {
    if (typeof image === 'string' && /[/:]/.test(image)) images.add(image);
  });
  return [...images].toSorted();
}

type Mapping = Readonly<Record<string, unknown>>;

function everyMapping(value: unknown, visit: (mapping: Mapping) => void): void {
  if (Array.isArray(value)) for (const each of value) everyMapping(each, visit);
  if (!isMapping(value)) return;
  visit(value);
  for (const each of Object.values(value)) everyMapping(each, visit);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
