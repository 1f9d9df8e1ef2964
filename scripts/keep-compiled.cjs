// node keep-compiled.cjs PROGRAM WORDS...: runs the program once and keeps beside it what V8 compiled meanwhile.
const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

// As if the program had been called itself: it reads its own words from the third on.
process.argv.splice(1, 1);
const program = process.argv[1];
const script = new Script(readFileSync(program, 'utf8'), { filename: program });
const loaded = { exports: {} };
script
  .runInThisContext()
  .call(
    loaded.exports,
    loaded.exports,
    Module.createRequire(program),
    loaded,
    program,
    path.dirname(program),
  );
process.on('exit', () => writeFileSync(program.replace(/\.js$/, '.compiled'), script.createCachedData()));
