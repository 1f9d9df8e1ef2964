import { LandfallError } from '#lib/errors/landfall-error';

/** The number of a flag, or `undefined` where it was not given. */
export function wholeNumber(at: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new LandfallError({
    code: 'BAD_USAGE',
    at,
    got: `"${text}"`,
    expected: 'a whole number of at most nine digits',
    fix: `write digits and nothing else, as in ${at} 1000`,
  });
}
