import * as z from 'zod';
import type { Catalog } from '#lib/catalog/catalog';
import { LandfallError } from '#lib/errors/landfall-error';
import { loadEnvironment } from '#lib/spec/load-environment';
import { idsOf } from '#lib/spec/references/catalog-ids';
import type { Environment } from '#lib/spec/schema/environment';
import { option } from '#lib/spec/schema/option';
import { PortfolioRules } from '#lib/spec/schema/portfolio';
import { bare, type FieldFacts } from '#lib/spec/schema/schema-walk';
import { targets } from '#lib/targets/index';
import { memoryFiles } from '../lib/spec/memory-files';
import { diceOf, type Dice } from './dice';
import { randomFinance } from './random-finance';
import { randomScenario } from './random-scenario';

/** Another draw is tried where knobs exclude one another. */
const TRIES = 60;

/** A valid environment made of whatever the schema offers; the same for the same seed. */
export function randomEnvironment(seed: number, catalog: Catalog): Environment {
  const dice = diceOf(seed);
  const text = (parts: object) => JSON.stringify(parts);
  const open = (parts: object) => {
    try {
      return loadEnvironment('e.yaml', catalog, memoryFiles({ 'e.yaml': text(parts) })).environment;
    } catch (error) {
      if (error instanceof LandfallError) return null;
      throw error;
    }
  };
  const settled = <Part>(make: () => Part, around: (part: Part) => object): Part => {
    for (let tried = 0; tried < TRIES; tried++) {
      const part = make();
      if (open(around(part)) !== null) return part;
    }
    throw new Error(`nothing valid in ${TRIES} draws of seed ${seed}`);
  };
  const scenarios = Object.fromEntries(
    ['first', 'second', 'third'].slice(0, dice.chance(0.6) ? 1 : dice.whole(2, 3)).map((id) => [
      id,
      settled(
        () => randomScenario(dice, catalog),
        (made) => ({ name: 'one', scenarios: { [id]: made }, options: { a: { target: 'aws-bedrock' } } }),
      ),
    ]),
  );
  const finance = settled(
    () => randomFinance(dice, catalog),
    (made) => ({ name: 'one', scenarios, options: { a: { target: 'aws-bedrock' } }, finance: made }),
  );
  const options = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].slice(0, dice.whole(2, 5)).map((id) => [
      id,
      settled(
        () => randomOption(dice, catalog),
        (made) => ({ name: 'one', scenarios, options: { [id]: made }, finance }),
      ),
    ]),
  );
  const portfolio = settled(
    () => (dice.chance(0.5) ? randomValue(PortfolioRules, dice, catalog) : undefined),
    (made) => ({ name: 'one', scenarios, options, finance, portfolio: made }),
  );
  const interim = dice.chance(0.15) ? { whileWaiting: dice.one(Object.keys(options)) } : {};
  const parts = { name: 'random', scenarios, options, finance: { ...finance, ...interim }, portfolio };
  const environment = open(parts);
  if (environment === null) throw new Error(`the parts of seed ${seed} do not fit together`);
  return environment;
}

function randomOption(dice: Dice, catalog: Catalog): unknown {
  const target = dice.one(targets.entries).id;
  const schema = bare(option()).schema;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) throw new Error('options are told apart by their target');
  const own = schema.options.find((one) => {
    const literal: unknown = one instanceof z.ZodObject ? one.shape['target'] : undefined;
    return literal instanceof z.ZodLiteral && [...literal.values].includes(target);
  });
  if (own === undefined) throw new Error(`no schema for ${target}`);
  return randomValue(own, dice, catalog);
}

/** What may be left out mostly is; how models are served is what most is said of. */
const STATED = 0.2;
const OFTEN_STATED: Readonly<Record<string, number>> = {
  serving: 0.7,
  scaling: 0.4,
  commitment: 0.3,
  store: 0.5,
};
const REGIONS = ['us-east-1', 'us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-1'];

export function randomValue(schema: z.core.$ZodType, dice: Dice, catalog: Catalog): unknown {
  const { schema: inner, facts } = bare(schema);
  if (facts.catalog !== undefined && facts.catalog !== 'regions' && inner instanceof z.ZodString) {
    return dice.one(idsOf(facts.catalog, catalog));
  }
  if (facts.catalog === 'regions') return dice.one(REGIONS);
  if (inner instanceof z.ZodObject) {
    const shape = Object.entries<z.core.$ZodType>(inner.shape);
    return Object.fromEntries(
      shape.flatMap(([key, field]) =>
        mayMiss(field) && !dice.chance(OFTEN_STATED[key] ?? STATED)
          ? []
          : [[key, randomValue(field, dice, catalog)]],
      ),
    );
  }
  if (inner instanceof z.ZodUnion) return randomValue(dice.one(inner.options), dice, catalog);
  if (inner instanceof z.ZodEnum) return dice.one(inner.options);
  if (inner instanceof z.ZodLiteral) return dice.one([...inner.values]);
  if (inner instanceof z.ZodBoolean) return dice.chance(0.5);
  if (inner instanceof z.ZodNumber) return randomNumber(inner, facts, dice);
  if (inner instanceof z.ZodRecord) return { tuning: randomValue(inner.def.valueType, dice, catalog) };
  return facts.example;
}

function randomNumber(schema: z.ZodNumber, { example }: FieldFacts, dice: Dice): unknown {
  if (typeof example !== 'number' || example <= 0 || dice.chance(0.4)) return example;
  const drawn = dice.magnitude(example / 4, example * 4);
  const whole = schema.format === 'safeint' ? Math.max(1, Math.round(drawn)) : drawn;
  return Math.min(Math.max(whole, schema.minValue ?? whole), schema.maxValue ?? whole);
}

function mayMiss(schema: z.core.$ZodType): boolean {
  return [z.ZodOptional, z.ZodDefault, z.ZodPrefault].some((kind) => schema instanceof kind);
}
