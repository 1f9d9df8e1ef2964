import type { ErrorCode } from '#lib/errors/codes';

/** One thing that is wrong with an input: where, what was got, what was expected, and the most likely fix. */
export interface Problem {
  readonly code: ErrorCode;
  /** `file:line:column`, a path in the environment, or a construct path. */
  readonly at: string;
  /** What was found there; absent when something is missing. */
  readonly got?: string;
  readonly expected: string;
  readonly fix: string;
  /** The source line and the span in it, for a code frame. Columns count from 1. */
  readonly frame?: {
    readonly line: number;
    readonly text: string;
    readonly column: number;
    readonly length: number;
  };
}

/** A user's input is impossible. Carries every problem that was found; `bin` renders it and exits 4. */
export class LandfallError extends Error {
  public readonly problems: readonly [Problem, ...Problem[]];
  /** Problems that were found beyond those listed. */
  public readonly omitted: number;

  public constructor(problems: Problem | readonly [Problem, ...Problem[]], omitted = 0) {
    const list: readonly [Problem, ...Problem[]] = isList(problems) ? problems : [problems];
    const rest = omitted === 0 ? [] : [`and ${omitted} more`];
    super([...list.map(describe), ...rest].join('\n'));
    this.name = 'LandfallError';
    this.problems = list;
    this.omitted = omitted;
  }
}

/** The problem in one line, for logs and for errors thrown while a construct is built. */
export function describe(problem: Problem): string {
  const got = problem.got === undefined ? '' : `, got ${problem.got}`;
  return `${problem.at}: expected ${problem.expected}${got}; ${problem.fix} [${problem.code}]`;
}

function isList(
  problems: Problem | readonly [Problem, ...Problem[]],
): problems is readonly [Problem, ...Problem[]] {
  return Array.isArray(problems);
}
