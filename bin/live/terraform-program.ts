import { spawn } from 'node:child_process';
import { EXIT } from '#bin/command';
import { Halted } from '#bin/live/halted';

type Variables = Readonly<Record<string, string | undefined>>;

/** Terraform or OpenTofu, run in the folder of a stack. */
export interface TerraformProgram {
  readonly name: string;
  /**
   * @param heard - Takes each line of its output while it runs
   * @throws Halted where it is not there
   */
  readonly run: (
    folder: string,
    args: readonly string[],
    heard?: (line: string) => void,
  ) => Promise<TerraformRun>;
}

export interface TerraformRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that are looked for, the first first. */
const NAMES = ['terraform', 'tofu'] as const;

/** The program that a user names, else the first of the known ones that starts. */
export function terraformProgram(named: string | undefined, variables: Variables): TerraformProgram {
  let found = named;
  const env = { ...variables, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' };
  return {
    name: named ?? NAMES[0],
    run: async (folder, args, heard) => {
      for (const name of found === undefined ? NAMES : [found]) {
        const run = await started(name, [`-chdir=${folder}`, ...args], env, heard);
        if (run === null) continue;
        found = name;
        return run;
      }
      throw missing(found);
    },
  };
}

/** `null` where there is no such program. */
function started(
  name: string,
  args: readonly string[],
  env: Variables,
  heard: ((line: string) => void) | undefined,
): Promise<TerraformRun | null> {
  return new Promise((done, fail) => {
    const child = spawn(name, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr, rest] = ['', '', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (heard === undefined) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) heard(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? done(null) : fail(error)));
    child.on('close', (code) => done({ code: code ?? 1, stdout, stderr }));
  });
}

function missing(named: string | undefined): Halted {
  return new Halted(EXIT.preflight, {
    code: 'TOOL_MISSING',
    at: named ?? NAMES.join(', '),
    got: 'no such program',
    expected: 'Terraform or OpenTofu on the PATH',
    fix: 'install one, or name it with --terraform',
  });
}

/**
 * What went wrong, in Terraform's words: its errors without the lines of source that it shows with them, which may hold
 * values.
 */
export function terraformErrors(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^[│╷╵\s]+/, '').trimEnd())
    .filter((line) => line !== '' && !/^(?:on .* line \d+|\d+:|├|with )/.test(line));
  const start = lines.findIndex((line) => line.startsWith('Error:'));
  return (start < 0 ? lines : lines.slice(start)).slice(0, 6).join(' ').slice(0, 600);
}
