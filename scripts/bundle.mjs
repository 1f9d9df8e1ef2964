import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** What few command lines need, and who imports it; each takes 4 ms to load. */
const ON_USE = {
  // Commander starts subcommands that are programs of their own. There are none.
  'node:child_process': '/node_modules/commander/',
  // Digests: of refreshed prices, of what a document was made of, of a deployment.
  'node:crypto': root,
  // Templates, plans and usage files are JSON as often.
  yaml: root,
};

const loadOnUse = {
  name: 'load-on-use',
  setup({ onResolve, onLoad }) {
    const namespace = 'on-use';
    onResolve({ filter: /^(?:node:|yaml$)/ }, ({ path, importer }) =>
      importer.includes(ON_USE[path]) ? { path, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path }) => {
      const getters = Object.keys(require(path)).map(
        (name) => `get ${name}() { return require('${path}').${name}; }`,
      );
      return { contents: `module.exports = { ${getters.join(', ')} };`, resolveDir: root };
    });
  },
};

/**
 * Leaves out modules of `bin` that are loaded on use, all but those held. Loading one of them runs the whole program in the
 * same process: whoever waits for the module waits for ever, and the whole program writes the output.
 */
function holdOnly(holds, whole) {
  return {
    name: 'hold-only',
    setup({ onResolve, onLoad }) {
      const namespace = 'left-out';
      onResolve({ filter: /^#bin\// }, ({ path, kind }) =>
        kind === 'dynamic-import' && !holds.includes(path) ? { path, namespace } : undefined,
      );
      onLoad({ filter: /./, namespace }, () => ({
        contents: `require(${JSON.stringify(whole)}); export function then() {}`,
      }));
      onResolve({ filter: /./, namespace }, ({ path }) => ({ path, external: true }));
    },
  };
}

/**
 * Makes of a module of CommonJS a script that V8 is handed as it lies: run by itself it gives the module's function, and
 * required it runs as any module. To wrap it when it starts would copy all of it. The function stands in brackets of its
 * own, by which V8 tells that it is called at once.
 */
const WRAP = {
  banner: {
    js: '(run=>typeof module==="object"?run(exports,require,module,__filename,__dirname):run)((function(exports,require,module,__filename,__dirname){',
  },
  footer: { js: '}))' },
};

/**
 * One file of CommonJS: a process start reads it instead of hundreds.
 *
 * @param part - Where it is a program of a few commands: which modules it holds, and the whole program's file
 * @param isScript - True where V8 is handed it by the launcher
 * @param define - Names that the build gives a value
 */
export async function bundle(entryPoint, file, { part, isScript = false, define = {} } = {}) {
  const only = part === undefined ? [] : [holdOnly(part.holds, `./${relative(dirname(file), part.whole)}`)];
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: ['source'],
    external: ['aws-cdk-lib', '@aws-cdk/*', 'constructs', 'cdktf', '@cdktf/*'],
    // Native `import()` would start the ES module loader; nothing here needs it.
    supported: { 'dynamic-import': false },
    define: { LANDFALL_VERSION: JSON.stringify(require('../package.json').version), ...define },
    charset: 'ascii',
    minifySyntax: true,
    // A quarter of the file is indentation; names stay, so that a stack can be read.
    minifyWhitespace: true,
    ...(isScript ? WRAP : {}),
    plugins: [...only, loadOnUse],
    logLevel: 'warning',
  });
  // The launcher reads ASCII. esbuild leaves other characters in regular expressions and comments.
  escapeToAscii(file);
}

/** Writes all other characters of a script or of JSON as escapes: V8 reads ASCII without decoding, in half the memory. */
export function escapeToAscii(file) {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/[^\0-\x7F]/g, escape));
}

/** The script of the HTML report: runs in any browser of the last years, from a file, without a loader. */
export async function bundlePage(file) {
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/report/html/page/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    conditions: ['source'],
    charset: 'ascii',
    minify: true,
    legalComments: 'none',
    tsconfig: 'lib/report/html/page/tsconfig.json',
    logLevel: 'warning',
  });
}
