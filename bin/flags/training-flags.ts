import { textOf, type Flags } from '#bin/command';
import { decimal } from '#bin/flags/flag-values';
import { wholeNumber } from '#bin/flags/whole-number';
import { LandfallError } from '#lib/errors/landfall-error';

/** Readers of the numbers of a training's flags; `undefined` where one was not given. */
export function numbersOf(flags: Flags) {
  return {
    whole: (name: string) => wholeNumber(`--${name}`, textOf(flags, fieldOf(name))),
    number: (name: string) => decimal(`--${name}`, textOf(flags, fieldOf(name))),
  };
}

/**
 * A flag that a kind of training does not read is no silent default.
 *
 * @throws LandfallError
 */
export function refuseFlags(flags: Flags, names: readonly string[], reads: string): void {
  const found = names.find((name) => flags[fieldOf(name)] !== undefined);
  if (found === undefined) return;
  throw new LandfallError({
    code: 'CONFLICT',
    at: `--${found}`,
    expected: reads,
    fix: `leave --${found} out, or choose another --kind`,
  });
}

/** What was given, without what was not. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** `microBatch` of `micro-batch`: as parsed flags are called. */
function fieldOf(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
