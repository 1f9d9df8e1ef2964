import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const TSX = createRequire(join(resolve('.'), 'package.json')).resolve('tsx');

export interface ApplyRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process with a group of its own, so that whatever it started ends with it. */
export interface Running {
  readonly ended: Promise<ApplyRun>;
  /** SIGKILL to all of the group: nobody finishes a call behind the test's back. */
  readonly kill: () => void;
}

/** Starts `apply-process.ts`. */
export function startApply(...words: readonly string[]): Running {
  const args = [
    '--conditions=source',
    '--import',
    TSX,
    join('test', '_support', 'apply-process.ts'),
    ...words,
  ];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<ApplyRun>((done) => {
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
  return {
    ended,
    kill: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}
