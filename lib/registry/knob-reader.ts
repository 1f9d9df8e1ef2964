import type * as z from 'zod';

type Knobs<Shape extends z.core.$ZodShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/**
 * Types opaque knobs by their schema. Every call of a port hands over the same object, so each is parsed once; and no
 * parser is compiled for it, which pays only from hundreds of objects on.
 */
export function knobReader<Shape extends z.core.$ZodShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
): (knobs: unknown) => Knobs<Shape> {
  const known = new WeakMap<object, Knobs<Shape>>();
  return (knobs) => {
    const found = typeof knobs === 'object' && knobs !== null ? known.get(knobs) : undefined;
    if (found !== undefined) return found;
    const read = schema.parse(knobs, { jitless: true });
    if (typeof knobs === 'object' && knobs !== null) known.set(knobs, read);
    return read;
  };
}
