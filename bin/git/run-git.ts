import { spawnSync } from 'node:child_process';
import { systemRefusal } from '#bin/files/system-refusal';
import { LandfallError } from '#lib/errors/landfall-error';

/** Room for what git says beside an object's content, in bytes. */
const MARGIN_BYTES = 2 ** 20;

export interface GitAnswer {
  readonly isFine: boolean;
  readonly output: Buffer;
  /** First line of its complaint. */
  readonly complaint: string;
}

/**
 * Runs the git of the machine, read only: it takes no locks, asks nobody, fetches nothing and takes every path literally.
 *
 * @param at - Selector that its problems stand at
 * @throws LandfallError where there is no git to run
 */
export function runGit(
  folder: string,
  args: readonly string[],
  at: string,
  outputBytes = MARGIN_BYTES,
): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync(
    'git',
    ['--no-pager', '--no-optional-locks', '--literal-pathspecs', '-C', folder, ...args],
    {
      maxBuffer: outputBytes + MARGIN_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    },
  );
  if (error !== undefined) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    throw new LandfallError({
      code: 'TOOL_MISSING',
      at,
      got: isMissing ? 'no git on the PATH' : (systemRefusal(error) ?? error.message),
      expected: 'the program git, which reads revisions',
      fix: 'install git, or write the old file beside the new one and compare both',
    });
  }
  const [complaint = ''] = stderr.toString('utf8').split('\n');
  return { isFine: status === 0, output: stdout, complaint: complaint.replace(/^(fatal|error): /, '') };
}
