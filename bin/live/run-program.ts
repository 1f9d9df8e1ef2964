import { execFile } from 'node:child_process';

export interface Ran {
  /** `null` where the program is not there, or did not end in time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Not on the PATH. */
  readonly isAbsent: boolean;
}

export interface RunProps {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cwd?: string | undefined;
  /** @default 60,000 */
  readonly patienceMs?: number;
  /** Text for its standard input. @default - none */
  readonly input?: string | undefined;
}

/** Runs a program to its end, without a shell, and never throws of what it does. */
export function runProgram(program: string, words: readonly string[], props: RunProps = {}): Promise<Ran> {
  const { env, cwd, patienceMs = 60_000, input } = props;
  return new Promise((done) => {
    const child = execFile(
      program,
      [...words],
      { env: { ...env }, cwd, timeout: patienceMs, maxBuffer: 256 * 2 ** 20 },
      (error, stdout, stderr) => {
        if (error === null) {
          done({ code: 0, stdout, stderr, isAbsent: false });
          return;
        }
        // The code of a program that ran is a number; of one that never did it is a word of the system's.
        const code = typeof error.code === 'number' ? error.code : null;
        done({ code, stdout, stderr, isAbsent: error.code?.toString() === 'ENOENT' });
      },
    );
    // A program that ends before it has read all is told apart by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** The last line that says something, without what it repeats of the time: `Error: …`. */
export function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? '').trim();
}
