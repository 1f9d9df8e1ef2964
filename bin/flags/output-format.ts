import { textOf, type Flags } from '#bin/command';
import { LandfallError } from '#lib/errors/landfall-error';

/**
 * The format that a command line asks for, by `--format` or by the short flags of two of them.
 *
 * @throws LandfallError where it asks for two
 */
export function formatOf<Format extends string>(flags: Flags, formats: readonly Format[]): Format | 'text' {
  const asked = [
    textOf(flags, 'format'),
    ...['json', 'markdown'].filter((name) => flags[name] === true),
  ].filter((name) => name !== undefined);
  const [first, ...others] = [...new Set(asked)];
  if (others.length > 0) {
    throw new LandfallError({
      code: 'CONFLICT',
      at: '--format',
      got: asked.join(' and '),
      expected: 'one format',
      fix: `leave out all but one of them`,
    });
  }
  return formats.find((format) => format === first) ?? 'text';
}
