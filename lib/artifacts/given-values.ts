import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { shown } from '#lib/text/place';

/** Values that a user gives to the inputs of an app, by name, or by `Stack:Name` for one stack only. */
export type GivenValues = ReadonlyMap<string, string>;

/** What of it goes to one stack; its own name before a general one. */
export function givenTo(stackNames: readonly string[], given: GivenValues): Map<string, string> {
  const values = new Map([...given].filter(([name]) => !name.includes(':')));
  for (const stackName of stackNames) {
    for (const [name, value] of given) {
      if (name.startsWith(`${stackName}:`)) values.set(name.slice(stackName.length + 1), value);
    }
  }
  return values;
}

/** @throws LandfallError with every name that the app does not declare */
export function refuseUndeclared(given: GivenValues, declared: readonly string[], what: string): void {
  const known = new Set(declared);
  const [first, ...rest] = [...given.keys()]
    .filter((name) => !known.has(name))
    .map((name): Problem => ({
      code: 'UNKNOWN_KEY',
      at: `--parameter ${name}`,
      got: shown(name),
      expected: `the name of a ${what} of the app`,
      fix: declared.length === 0 ? 'remove it: the app declares none' : suggestion(name, [...known]),
    }));
  if (first !== undefined) throw new LandfallError([first, ...rest]);
}
