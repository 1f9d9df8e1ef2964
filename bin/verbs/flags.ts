import type { Flag } from '#bin/command';

/** Flags that several verbs share. */
export const JSON_FLAG: Flag = {
  flags: '--json',
  description: 'write the document, and nothing else, to stdout',
};
export const WIDE: Flag = { flags: '--wide', description: 'show every column, however wide' };
export const QUIET: Flag = {
  flags: '--quiet',
  description: 'only what decides, without the tables behind it',
};
export const MARKDOWN: Flag = { flags: '--markdown', description: 'write Markdown' };
export const CSV: Flag = { flags: '--csv', description: 'write CSV' };
export const AS_OF: Flag = {
  flags: '--as-of <date>',
  description: 'date of the calculation (default: today)',
};
export const CONSTANTS: Flag = {
  flags: '--constants <file>',
  description: 'own calibration of the sizing, from `landfall sizing calibrate`',
};
export const MODEL_CONFIG: Flag = {
  flags: '--model-config <file>',
  description: 'a model of your own by its config.json: my-model=path/config.json',
};
export const PRICES: Flag = {
  flags: '--prices <path>',
  description: 'prices over the bundled ones: a pin, or a folder of `catalog refresh`',
};
export const NO_CACHE: Flag = {
  flags: '--no-cache',
  description: 'leave the refreshed prices of the local cache out',
};
export const CURRENCY: Flag = {
  flags: '--currency <id>',
  description: 'show amounts in this currency, by a dated rate: CNY',
};
export const SCENARIO: Flag = { flags: '--scenario <id>', description: 'only this scenario' };

/** Of every verb that plans an environment: the day, and what is laid over the catalog. */
export const PLANNING: readonly Flag[] = [AS_OF, CONSTANTS, MODEL_CONFIG, PRICES, NO_CACHE];
