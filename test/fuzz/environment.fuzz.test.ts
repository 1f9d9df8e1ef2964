import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import * as z from 'zod';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import { ERROR_CODES } from '#lib/errors/codes';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Problem } from '#lib/errors/landfall-error';
import { layOver } from '#lib/own-catalog/lay-over';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { loadEnvironment } from '#lib/spec/load-environment';
import { isEmpty, type OwnCatalog } from '#lib/spec/schema/own-catalog';
import { environmentSchema } from '#lib/spec/reading/parse-environment';
import { bare } from '#lib/spec/schema/schema-walk';
import { PRESETS } from '#lib/spec/starter';
import { memoryFiles } from '../lib/spec/memory-files';

const CATALOG = loadCatalog();
/** Of each of two properties: 10,000 environments in CI; where somebody waits, a fifth of them. */
const RUNS = process.env['CI'] === 'true' ? 5_000 : 1_000;
const NASTY = [
  '${file("/etc/passwd")}',
  '%{ if true }',
  '{{resolve:ssm:x}}',
  '\u202E',
  '\u0000',
  '__proto__',
  '<<',
  '*a',
  '&a',
];
const nasty = fc.constantFrom(...NASTY);

/** Values a schema accepts, or nearly: one in some hundred is of another kind. */
function valueFor(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { schema: inner, facts } = bare(schema);
  return fc.oneof(
    { weight: 400, arbitrary: fitting(inner, facts.example) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: nasty },
  );
}

function fitting(schema: z.core.$ZodType, example: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodNumber) {
    const inRange = fc.double({
      min: Math.max(schema.minValue ?? -1e9, -1e9) + 1e-3,
      max: Math.min(schema.maxValue ?? 1e9, 1e9),
      noNaN: true,
    });
    const fits = schema.format === 'safeint' ? inRange.map(Math.ceil) : inRange;
    return fc.oneof(
      { weight: 20, arbitrary: fits },
      { weight: 20, arbitrary: fc.constant(example) },
      { weight: 1, arbitrary: fc.double() },
    );
  }
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodArray) {
    const other = fc.array(valueFor(schema.element), { minLength: 1, maxLength: 3 });
    return fc.oneof({ weight: 99, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: other });
  }
  if (schema instanceof z.ZodRecord) {
    const keys = fc.oneof(
      { weight: 99, arbitrary: fc.constantFrom('a', 'b', 'support') },
      { weight: 1, arbitrary: fc.string() },
    );
    return fc.dictionary(keys, valueFor(schema.valueType), { minKeys: 1, maxKeys: 3 });
  }
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => valueFor(option)));
  if (schema instanceof z.ZodObject) {
    // Few at once of what may be left out: many fields exclude one another. YAML leaves out what is undefined.
    const shape = Object.entries<z.core.$ZodType>(schema.shape).map(([key, value]) => {
      const optional = [
        { weight: 7, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: valueFor(value) },
      ];
      return [key, mayMiss(value) ? fc.oneof(...optional) : valueFor(value)] as const;
    });
    return fc.record(Object.fromEntries(shape));
  }
  return example === undefined
    ? fc.string()
    : fc.oneof({ weight: 99, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: fc.string() });
}

function mayMiss(schema: z.core.$ZodType): boolean {
  return [z.ZodOptional, z.ZodDefault, z.ZodPrefault].some((kind) => schema instanceof kind);
}

/** Prices are looked for on the disk, which is left alone here. */
function catalogWith(own: OwnCatalog, files: EnvironmentFiles): Catalog {
  const named = { ...own, prices: null };
  return isEmpty(named) ? CATALOG : layOver(named, {}, files);
}

interface Outcome {
  readonly name: 'read' | 'refused';
  /** What a problem lacks or shows that it must not. */
  readonly faults: readonly string[];
}

/** Reads the text. Any error but a LandfallError passes through and fails the test. */
function outcome(content: string | Uint8Array): Outcome {
  try {
    const files = memoryFiles({ 'e.yaml': content });
    loadEnvironment('e.yaml', (own) => catalogWith(own, files), files);
    return { name: 'read', faults: [] };
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error;
    const tooMany = error.problems.length > 20 ? ['more than twenty problems'] : [];
    return { name: 'refused', faults: [...tooMany, ...error.problems.flatMap(faultsOf)] };
  }
}

function faultsOf(problem: Problem): string[] {
  const { at, code, expected, fix, frame } = problem;
  const text = JSON.stringify(problem);
  const beyond = frame !== undefined && frame.column + frame.length - 1 > frame.text.length + 1;
  return [
    ...(/^e\.yaml:[1-9]\d*:[1-9]\d*$/.test(at) ? [] : [`no place: ${text}`]),
    ...(Object.hasOwn(ERROR_CODES, code) && expected !== '' && fix !== '' ? [] : [`incomplete: ${text}`]),
    ...(/\\u0000|\\u001b|\u202E/.test(text) ? [`hidden text shown: ${text}`] : []),
    ...(beyond ? [`span beyond its line: ${text}`] : []),
  ];
}

it('answers environments made from the schema with an environment or with complete problems', () => {
  const seen = new Map<string, number>();
  // `extends` needs files and `deploy` needs ids that agree: both are left to the mutated texts.
  const schema = environmentSchema().omit({ extends: true, deploy: true, finance: true });
  const property = fc.property(valueFor(schema), (value) => {
    const { name, faults } = outcome(stringify(value));
    expect(faults).toEqual([]);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  });
  fc.assert(property, { numRuns: RUNS });
  // Both answers must occur, or the generator proves little.
  expect([...seen.keys()].toSorted()).toEqual(['read', 'refused']);
});

const TEXTS = PRESETS.map(({ id }) =>
  readFileSync(join(__dirname, '../../environments', `${id}.yaml`), 'utf8'),
);

/** One change to a text: a byte, a line, a number, an insertion. */
const change = fc.oneof(
  fc.record({ place: fc.nat(), byte: fc.nat(255) }).map(({ place, byte }) => (text: Buffer) => {
    const copy = Buffer.from(text);
    if (copy.length > 0) copy[place % copy.length] = byte;
    return copy;
  }),
  fc.nat().map((place) => (text: Buffer) => {
    const lines = text.toString('latin1').split('\n');
    return Buffer.from(lines.toSpliced(place % lines.length, 1).join('\n'), 'latin1');
  }),
  fc
    .record({
      place: fc.nat(),
      figure: fc.constantFrom('1e999', '-1', '9'.repeat(400), '80GB', '50%', '0x1F', '.nan'),
    })
    .map(({ place, figure }) => (text: Buffer) => {
      let index = 0;
      const count = text.toString('latin1').match(/\d+/g)?.length ?? 1;
      return Buffer.from(
        text.toString('latin1').replaceAll(/\d+/g, (digits) => (index++ === place % count ? figure : digits)),
        'latin1',
      );
    }),
  fc
    .record({
      place: fc.nat(),
      insert: fc.oneof(
        nasty,
        fc.string(),
        fc.constantFrom('[', '{', '"', '- ', '\t', ': ', '? ', '|\n', '---\n'),
      ),
    })
    .map(({ place, insert }) => (text: Buffer) => {
      const index = place % (text.length + 1);
      return Buffer.concat([text.subarray(0, index), Buffer.from(insert), text.subarray(index)]);
    }),
);

it('answers mutated texts of the shipped environments with an environment or with complete problems', () => {
  const mutated = fc.record({
    text: fc.constantFrom(...TEXTS),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  });
  const property = fc.property(mutated, ({ text, changes }) => {
    const content = changes.reduce((rest, apply) => apply(rest), Buffer.from(text));
    expect(outcome(content).faults).toEqual([]);
  });
  fc.assert(property, { numRuns: RUNS });
});
