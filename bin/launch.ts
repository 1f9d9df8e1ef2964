#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** The program in one file, and what this build's V8 made of it; the build writes both. */
const PROGRAM = join(__dirname, 'program.js');
const COMPILED = join(__dirname, 'program.compiled');

// Node 20 has none, whatever the types say.
const { enableCompileCache }: Partial<Pick<typeof Module, 'enableCompileCache'>> = Module;

// Compiling is a third of a short command's time. Node keeps compiled code from version 22 on; before, V8 can be handed
// the build's, which it refuses, and compiles as usual, where its version or its flags differ.
if (enableCompileCache !== undefined) {
  enableCompileCache();
  require(PROGRAM);
} else {
  // The bundle is ASCII: read as such it needs no decoding.
  const script = new Script(Module.wrap(readFileSync(PROGRAM, 'latin1')), {
    filename: PROGRAM,
    ...compiled(),
  });
  const program = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new Error('the program is not a module');
  run.call(
    program.exports,
    program.exports,
    Module.createRequire(PROGRAM),
    program,
    PROGRAM,
    dirname(PROGRAM),
  );
}

function compiled(): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(COMPILED) };
  } catch {
    // Built elsewhere, or without it: slower, and nothing else.
    return {};
  }
}
