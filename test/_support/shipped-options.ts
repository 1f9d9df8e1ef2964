import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SHAPED, SHAPES } from './shapes';

export type ShippedOption = readonly [file: string, scenario: string, option: string];

interface Written {
  readonly scenarios: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly deploy: Readonly<Record<string, string>>;
}

const WITH_ONE_SCENARIO = ['pilot', 'support', 'knowledge', 'scale'];

/** Every option of the environments with one scenario, what the one with several deploys, and shapes that none has. */
export function shippedOptions(): readonly ShippedOption[] {
  const portfolio = shipped('portfolio');
  return [
    ...WITH_ONE_SCENARIO.flatMap(optionsOf),
    ...Object.entries(written(portfolio).deploy).map(([scenario, option]): ShippedOption => [
      portfolio,
      scenario,
      option,
    ]),
    ...SHAPED.map(([scenario, option]): ShippedOption => [SHAPES, scenario, option]),
  ];
}

/** Every option of a shipped environment, for each of its scenarios. */
export function optionsOf(name: string): readonly ShippedOption[] {
  const file = shipped(name);
  const { scenarios, options } = written(file);
  return Object.keys(scenarios).flatMap((scenario) =>
    Object.keys(options).map((option): ShippedOption => [file, scenario, option]),
  );
}

const shipped = (name: string) => `environments/${name}.yaml`;

function written(file: string): Written {
  const document: Written = parse(readFileSync(file, 'utf8'));
  return document;
}
