#!/usr/bin/env node
import { readdirSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';
import type V8 from 'node:v8';
import { Script } from 'node:vm';

// What the build writes: the program in one file, smaller ones for the command lines that `scripts/starts.mjs` lists, and
// beside each what this build's V8 made of it.
const WHOLE = join(__dirname, 'program.js');
const STARTS = join(__dirname, 'starts');
// The build writes in: the version of Node that it ran on, and by the name of a program's file a flag of V8 to run it with.
declare const BUILT_ON: string;
declare const V8_FLAGS: Readonly<Record<string, string>>;

// Node 20 has none, whatever the types say.
const { enableCompileCache }: Partial<Pick<typeof Module, 'enableCompileCache'>> = Module;

const program = programFor(process.argv.slice(2));
// Compiling is a third of a short command's time. The build's V8 has done it, and kept all that a run needs; another one
// refuses that, and Node keeps from version 22 on at least what it compiles before a run.
if (process.version === BUILT_ON) runCompiled(program);
else {
  enableCompileCache?.();
  require(program);
}

function runCompiled(file: string): void {
  const flag = V8_FLAGS[basename(file)];
  if (flag !== undefined) setV8Flag(flag);
  // The bundle is ASCII: read as such it needs no decoding. As a script it gives its function, see `scripts/bundle.mjs`.
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...compiled(file) });
  const loaded = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new Error('the program is not a module');
  run.call(loaded.exports, loaded.exports, Module.createRequire(file), loaded, file, dirname(file));
}

/** The program that holds least and begins as the command line does; without words that is the help. */
function programFor([first = '--help', second = '']: readonly string[]): string {
  const starts = readdirSync(STARTS);
  const file = [`${first}${second}.js`, `${first}.js`].find((name) => starts.includes(name));
  return file === undefined ? WHOLE : join(STARTS, file);
}

function compiled(file: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(file.replace(/\.js$/, '.compiled')) };
  } catch {
    // Built without it: slower, and nothing else.
    return {};
  }
}

/** Loaded on use, it takes 4 ms. */
function setV8Flag(flag: string): void {
  const v8: typeof V8 = require('node:v8');
  v8.setFlagsFromString(flag);
}
