import type { Call } from '#lib/artifacts/cloudformation/scope';
import { TOO_MUCH } from '#lib/artifacts/effort';
import { isList, isObject, type JsonObject } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { bothDecide, brief, plainText } from '#lib/artifacts/unresolved';

/** An entry of a mapping after its loops were written out. */
export interface ExpandedEntry {
  readonly key: string;
  readonly node: unknown;
  /** What decides how often it stands; `null` outside loops and in loops over a known list. */
  readonly presence: Unresolved | null;
}

const LOOP = 'Fn::ForEach::';

/**
 * The entries of a mapping, with each `Fn::ForEach::Name: [identifier, collection, body]` written out. A loop over what
 * only the deployment knows gives its body once.
 */
export function expandedEntries(mapping: JsonObject, call: Call): ExpandedEntry[] {
  const entries: ExpandedEntry[] = [];
  for (const key of Object.keys(mapping)) {
    const node = mapping[key];
    if (!isLoop(key)) {
      entries.push({ key, node, presence: null });
      continue;
    }
    const written = call.scope.effort.within<ExpandedEntry[]>(
      () => loop(key, node, call),
      () => [{ key, node: {}, presence: new Unresolved(TOO_MUCH) }],
    );
    for (const entry of written) entries.push(entry);
  }
  return entries;
}

export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

function loop(key: string, node: unknown, call: Call): ExpandedEntry[] {
  const [identifier, collection, body] = isList(node) ? node : [];
  if (typeof identifier !== 'string' || identifier === '' || !isObject(body)) {
    return [{ key, node: {}, presence: new Unresolved(`${brief(key)} with arguments of another form`) }];
  }
  const items = call.value(collection);
  if (!isList(items) || items.some((item) => typeof item === 'object')) {
    const why = items instanceof Unresolved ? items.dependsOn : `the collection of ${brief(key)}`;
    const presence = new Unresolved(`how often: ${why}`);
    return expandedEntries(body, call).map((entry) => ({
      ...entry,
      presence: bothDecide(presence, entry.presence),
    }));
  }
  return items.flatMap((item) => {
    const filled = substitute(body, new Placeholder(identifier, plainText(item)), call);
    return isObject(filled) ? expandedEntries(filled, call) : [];
  });
}

/** `${Name}` takes the item as it is, `&{Name}` its letters and digits, as a logical id needs them. */
class Placeholder {
  private readonly identifier: string;
  private readonly item: string;
  private readonly plain: string;

  public constructor(identifier: string, item: string) {
    this.identifier = identifier;
    this.item = item;
    this.plain = item.replaceAll(/[^A-Za-z0-9]/g, '');
  }

  public isRef(node: JsonObject): boolean {
    return node['Ref'] === this.identifier && Object.keys(node).length === 1;
  }

  public get value(): string {
    return this.item;
  }

  public in(text: string): string {
    if (!text.includes('{')) return text;
    return text
      .split(`\${${this.identifier}}`)
      .join(this.item)
      .split(`&{${this.identifier}}`)
      .join(this.plain);
  }
}

function substitute(node: unknown, placeholder: Placeholder, call: Call): unknown {
  const { effort } = call.scope;
  return effort.within<unknown>(
    () => {
      if (!effort.affordsCopy()) return null;
      if (typeof node === 'string') {
        const text = placeholder.in(node);
        return text === node || effort.affords(text.length) ? text : null;
      }
      if (isList(node)) return node.map((item) => substitute(item, placeholder, call));
      if (!isObject(node)) return node;
      if (placeholder.isRef(node)) return placeholder.value;
      return Object.fromEntries(
        Object.entries(node).map(([key, value]) => [
          placeholder.in(key),
          substitute(value, placeholder, call),
        ]),
      );
    },
    () => null,
  );
}
