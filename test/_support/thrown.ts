import { LandfallError, type Problem } from '#lib/errors/landfall-error';

/** The first problem that this throws; fails where it throws nothing, or a bug. */
export function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof LandfallError) return error.problems[0];
    throw error;
  }
  throw new Error('nothing was thrown');
}
