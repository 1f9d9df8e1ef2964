/** Sizes of an app, by what passes through it in a month. */
export const PRESETS = ['small', 'medium', 'large'] as const;
export type Preset = (typeof PRESETS)[number];

type Amounts = readonly [small: number, medium: number, large: number];

/**
 * What a line of a unit uses in a month: planning figures to start from, ten times more at each size. A small app is a
 * pilot of a team, a large one serves thousands of people.
 */
const AMOUNTS: Readonly<Record<string, Amounts>> = {
  'GB-month': [10, 100, 1000],
  GB: [10, 100, 1000],
  TB: [0.1, 1, 10],
  '1M requests': [0.1, 1, 10],
  '1M events': [0.1, 1, 10],
  '1M messages': [0.1, 1, 10],
  '1M minutes': [0.1, 1, 10],
  '1M samples': [10, 100, 1000],
  '1M traces': [0.1, 1, 10],
  '100k events': [1, 10, 100],
  '100k objects': [0.1, 1, 10],
  '10k requests': [10, 100, 1000],
  '1k requests': [100, 1000, 10_000],
  '1k records-month': [10, 100, 1000],
  '1k pages': [1, 10, 100],
  '1k transitions': [10, 100, 1000],
  '1k text units (1 unit = 1,000 chars)': [10, 100, 1000],
  '1M input tokens': [10, 100, 1000],
  '1M output tokens': [2, 20, 200],
  '1M training tokens': [1, 10, 100],
  'GB-second': [10_000, 100_000, 1_000_000],
  'GB-hour': [20, 200, 2000],
  'vCPU-hour': [10, 100, 1000],
  'NCU-hour': [10, 100, 1000],
  'RPU-hour': [10, 100, 1000],
  'OCU-hour': [10, 100, 1000],
  'DPU-hour': [10, 100, 1000],
  'LCU-hour': [73, 730, 7300],
  'instance-hour': [10, 100, 1000],
  hour: [10, 100, 730],
  minute: [100, 1000, 10_000],
  'user-month': [10, 100, 1000],
  'bucket-month': [5, 20, 100],
  'instance-month': [5, 20, 100],
  certificate: [10, 100, 1000],
  check: [1000, 10_000, 100_000],
  evaluation: [1000, 10_000, 100_000],
  item: [1000, 10_000, 100_000],
  run: [1000, 10_000, 100_000],
  USD: [100, 1000, 10_000],
};

/** The amount of a preset for a unit; `undefined` for a unit that no planning figure is known for. */
export function presetAmount(preset: Preset, unit: string): number | undefined {
  return AMOUNTS[unit]?.[PRESETS.indexOf(preset)];
}
