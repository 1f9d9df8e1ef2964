import { isList, isObject, own, ownObject, ownText, type JsonObject } from '#lib/artifacts/json';

/** A reference in parts: `aws_instance.web[0].id` is `aws_instance`, `web`, `[0]`, `id`. */
type Parts = readonly string[];

/** A module of the plan: the start of its addresses, and what the configuration says of it. */
export interface PlanModule {
  /** `module.network["a"].`; empty for the root. */
  readonly prefix: string;
  readonly configuration: JsonObject;
  readonly parent: PlanModule | null;
  /** Name under which its parent calls it. */
  readonly call: string;
  /** What the configuration says of its resources, by `type.name`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
}

/** What a reference leads to: a resource of the plan, and the attribute where it names one. */
export interface Target {
  readonly address: string;
  readonly attribute: string | null;
}

const MAXIMUM_STEPS = 32;
const PART = /\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]|[^.[\]]+/g;
/** Roots that lead to no resource, or, like `local`, to an expression that a plan does not show. */
const NO_RESOURCE = new Set(['count', 'data', 'each', 'ephemeral', 'local', 'path', 'self', 'terraform']);

/** Follows the references that the configuration in a plan lists: through variables and outputs of modules. */
export class PlanReferences {
  private readonly byBase = new Map<string, string[]>();
  private readonly modules = new Map<string, PlanModule[]>();

  public constructor(modules: readonly PlanModule[], addresses: readonly string[]) {
    for (const address of addresses) append(this.byBase, withoutKey(address), address);
    for (const module of modules) append(this.modules, withoutKey(module.prefix.slice(0, -1)), module);
  }

  /** Resources that an expression refers to; for one expression or a whole body of them. */
  public of(expressions: unknown, module: PlanModule): Target[] {
    return referencesIn(expressions).flatMap((reference) => this.follow(partsOf(reference), module, 0));
  }

  /** Whether an expression is null for certain: the constant itself, or a variable of a module that nobody sets. */
  public isNull(expression: unknown, module: PlanModule, steps = 0): boolean {
    const references = referencesIn(expression);
    if (references.length === 0) return own(expression, 'constant_value') === null;
    const [root, name = '', ...rest] = partsOf(references[0] ?? '');
    const { parent, call, configuration } = module;
    if (references.length > 1 || root !== 'var' || rest.length > 0 || parent === null) return false;
    const given = own(ownObject(callOf(parent, call), 'expressions'), name);
    if (given !== undefined) return steps < MAXIMUM_STEPS && this.isNull(given, parent, steps + 1);
    return own(own(ownObject(configuration, 'variables'), name), 'default') === null;
  }

  private follow(parts: Parts, module: PlanModule, steps: number): Target[] {
    const [root = '', name = ''] = parts;
    if (steps > MAXIMUM_STEPS || NO_RESOURCE.has(root)) return [];
    if (root === 'var') {
      const { parent, call } = module;
      const expression = own(ownObject(callOf(parent, call), 'expressions'), name);
      return parent === null ? [] : this.followAll(expression, parent, steps);
    }
    const [key, rest] = keyOf(parts.slice(2));
    const base = `${module.prefix}${root}.${name}`;
    if (root === 'module') {
      return (this.modules.get(base) ?? [])
        .filter(({ prefix }) => key === '' || prefix === `${base}${key}.`)
        .flatMap((child) => {
          const outputs = ownObject(child.configuration, 'outputs');
          return this.followAll(own(own(outputs, rest[0] ?? ''), 'expression'), child, steps);
        });
    }
    const attribute = rest.length === 0 ? null : rest.join('.').replaceAll('.[', '[');
    return (this.byBase.get(base) ?? [])
      .filter((address) => key === '' || address === base + key)
      .map((address) => ({ address, attribute }));
  }

  private followAll(expression: unknown, module: PlanModule, steps: number): Target[] {
    return referencesIn(expression).flatMap((reference) =>
      this.follow(partsOf(reference), module, steps + 1),
    );
  }
}

/** The call of a module in the configuration of its parent. */
export function callOf(parent: PlanModule | null, name: string): JsonObject {
  return ownObject(ownObject(parent?.configuration, 'module_calls'), name);
}

/**
 * The references in an expression, or in all expressions below. A plan lists each with all of its beginnings after it
 * (`a.b.c`, `a.b`); only the longest says what is meant.
 */
export function referencesIn(expressions: unknown): string[] {
  const found: string[] = [];
  const open = [expressions];
  while (open.length > 0) {
    const node = open.pop();
    const references = own(node, 'references');
    if (isList(references)) {
      let last = '';
      for (const reference of references) {
        if (typeof reference !== 'string') continue;
        const isBeginning = last.startsWith(`${reference}.`) || last.startsWith(`${reference}[`);
        if (!isBeginning) found.push(reference);
        last = reference;
      }
    } else if (isList(node)) open.push(...node);
    else if (isObject(node)) open.push(...Object.values(node));
  }
  return [...new Set(found)];
}

/** `null` for expressions with references: files in JSON have their text as constant, too. */
export function constantOf(expression: unknown): string | null {
  return referencesIn(expression).length > 0 ? null : ownText(expression, 'constant_value');
}

function partsOf(reference: string): Parts {
  return reference.match(PART) ?? [];
}

function keyOf([first = '', ...rest]: Parts): [string, Parts] {
  if (!first.startsWith('[')) return ['', first === '' ? [] : [first, ...rest]];
  return [first === '[*]' ? '' : first, rest];
}

function withoutKey(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/, '');
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
