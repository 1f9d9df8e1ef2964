import { EXIT, type ExitCode, type Outcome } from '#bin/command';
import { renderProblems } from '#bin/output/render-problems';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { RequestFailed } from '#bin/http/retried';

/** Stops a command for a reason outside of its input: the world moved, somebody has to approve, nobody is signed in. */
export class Halted extends LandfallError {
  public readonly exitCode: ExitCode;

  public constructor(exitCode: ExitCode, problems: Problem | readonly [Problem, ...Problem[]]) {
    super(problems);
    this.name = 'Halted';
    this.exitCode = exitCode;
  }
}

/** Runs a command; what halts it is told in the form of every other problem, and exits as it says. */
export async function untilHalted(
  act: () => Promise<Outcome>,
  { color }: { readonly color: boolean },
): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Halted)
      return { stdout: '', stderr: renderProblems(error, { color }), exitCode: error.exitCode };
    if (error instanceof RequestFailed)
      return untilHalted(() => Promise.reject(unreachable(error)), { color });
    throw error;
  }
}

function unreachable({ message }: RequestFailed): Halted {
  return new Halted(EXIT.preflight, {
    code: 'UNREACHABLE',
    at: 'AWS',
    got: message,
    expected: 'an answer',
    fix: 'check the credentials, the region and the network: `landfall doctor`',
  });
}
