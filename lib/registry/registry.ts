import * as z from 'zod';

/** What every pluggable thing has: an id, a title, and the knobs a user may write. */
export interface Entry<Id extends string = string, Shape extends z.core.$ZodShape = z.core.$ZodShape> {
  /** Kebab-case; equal in file name, registry, environment, report and label. */
  readonly id: Id;
  readonly title: string;
  readonly knobs: z.ZodObject<Shape, z.core.$strict>;
}

type Choice<E extends Entry, Key extends string, Common extends z.core.$ZodShape> = z.ZodObject<
  E['knobs']['shape'] & { [K in Key]: z.ZodLiteral<E['id']> } & Common,
  z.core.$strict
>;
type Choices<T extends readonly Entry[], Key extends string, Common extends z.core.$ZodShape> = {
  [K in keyof T]: Choice<T[K], Key, Common>;
};

/** No fields besides the entry's own. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- nothing is what it means
type Nothing = Readonly<Record<never, z.core.$ZodType>>;

/** A closed list of entries: the only place where ids become a type, a lookup and a schema. */
export function registry<const T extends readonly [Entry, ...Entry[]], const Key extends string>(
  /** The discriminator in the environment file: `target`, `engine`, `store`. */
  key: Key,
  entries: T,
) {
  const byId = new Map<string, T[number]>(entries.map((entry) => [entry.id, entry]));
  if (byId.size < entries.length) throw new Error('two registry entries share an id');
  return {
    entries,
    ids: entries.map((entry) => entry.id) as readonly T[number]['id'][],
    get<Id extends T[number]['id']>(id: Id): Extract<T[number], { id: Id }> {
      const entry = byId.get(id);
      if (entry === undefined) throw new Error(`no registry entry ${id}`);
      return entry as Extract<T[number], { id: Id }>;
    },
    /** Schema of `{ <key>: <id>, ...knobs, ...common }`. Built on call, so that reading ids costs no schema. */
    choice<Common extends z.core.$ZodShape = Nothing>(common?: Common) {
      return z.discriminatedUnion(
        key,
        // The one cast of the plumbing: `map` forgets that the result is as long as `entries`.
        entries.map((entry) =>
          entry.knobs.extend({ [key]: z.literal(entry.id), ...common }),
        ) as unknown as Choices<T, Key, Common>,
      );
    },
  };
}
