import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { EXIT } from '#bin/command';
import { systemRefusal } from '#bin/files/system-refusal';

/** File descriptors of standard output and of standard error. */
export const OUT = 1;
export const ERR = 2;

/** Where a stream has taken what a full pipe did not: all else goes the same way, behind it. */
const isHeld = new Set<number>();

/**
 * Writes a text to its end. Straight to the descriptor: a process that never touches `process.stdout` does not load
 * streams and sockets, which takes longer than writing a listing.
 */
export function writeOut(descriptor: typeof OUT | typeof ERR, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  const stream = () => (descriptor === OUT ? process.stdout : process.stderr);
  if (isHeld.has(descriptor)) return void stream().write(rest);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') return endOn(error);
    // A pipe that is full and does not block: the stream waits until it is read.
    isHeld.add(descriptor);
    stream().once('error', endOn).write(rest);
  }
}

/**
 * Ends the process once all is written. At once where nothing is held: to let Node tidy up first, its memory above all, takes
 * a tenth of a short command's time.
 */
export function endProcess(exitCode: number): void {
  process.exitCode = exitCode;
  if (isHeld.size === 0) process.exit();
}

/** Whether standard output is a terminal. Only a device that is not the null device can be one. */
export function isTerminal(): boolean {
  const out = fstatSync(OUT);
  if (!out.isCharacterDevice()) return false;
  return statSync(devNull, { throwIfNoEntry: false })?.rdev !== out.rdev && process.stdout.isTTY;
}

/** A reader that has seen enough (`| head`) closes the pipe: no error of ours. Nor is a full disk, but it is one. */
function endOn(error: unknown): void {
  if (codeOf(error) === 'EPIPE') process.exit(0);
  const refusal = systemRefusal(error);
  if (refusal === null) throw error;
  try {
    writeSync(ERR, `landfall: the output cannot be written: ${refusal}\n`);
  } catch {
    // Nobody can be told: the exit code says it.
  }
  process.exit(EXIT.invalid);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
