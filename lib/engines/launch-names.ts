import { LandfallError } from '#lib/errors/landfall-error';

/**
 * A name that stands alone on a command line. A leading dash would be read as a flag: `--trust-remote-code` as a
 * model name would run code from the repository.
 *
 * @throws LandfallError UNSAFE_STRING
 */
export function commandLineName(at: string, name: string): string {
  if (name !== '' && !name.startsWith('-')) return name;
  throw new LandfallError({
    code: 'UNSAFE_STRING',
    at,
    got: JSON.stringify(name),
    expected: 'a name that does not start with a dash',
    fix: 'give the repository or the served name without the leading dash',
  });
}
