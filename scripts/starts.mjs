import { sampleApp } from './sample-app.mjs';

const ENVIRONMENT = 'environments/support.yaml';
const AS_OF = ['--as-of', '2026-11-23'];
/**
 * How much runs of a function before V8 optimises it, in bytes of its code: many times the default of Node 20 (67,584). What a
 * command of half a second optimises it hardly uses, which took a fifth of its processor time. V8 of Node 22 has no such
 * flag.
 */
const optimiseAfter = (bytes) =>
  process.version.startsWith('v20.') ? `--interrupt-budget=${bytes}` : undefined;
/** Of the few functions that ten thousand resources go through: long runs optimise still. */
const OPTIMISE_LATE = optimiseAfter(600_000);
/** Sizing is a hundred functions, each run a little: even ten scenarios, in three seconds, do better so. */
const OPTIMISE_LAST = optimiseAfter(4_000_000);

/**
 * Command lines that are run most. Each has a program of its own, since reading and linking the whole one takes longer
 * than a short command does; `bin/launch.ts` chooses by the first words.
 *
 * `begins`: those words, which name its file. `holds`: modules of `bin` loaded on use that it has; where it turns out to
 * need another, the whole program takes over. `sample`: words that the build runs to keep what V8 compiled, given a folder
 * to write into. `v8Flag`: of V8, set before it starts.
 */
export const STARTS = [
  { begins: ['--help'], holds: [], sample: () => ['--help'] },
  { begins: ['check'], holds: ['#bin/commands/check'], sample: () => ['check', ENVIRONMENT] },
  {
    begins: ['compare'],
    v8Flag: OPTIMISE_LAST,
    holds: ['#bin/commands/compare'],
    sample: () => ['compare', ENVIRONMENT, ...AS_OF],
  },
  {
    begins: ['estimate'],
    v8Flag: OPTIMISE_LAST,
    holds: [
      '#bin/commands/estimate',
      '#bin/estimate/estimate-environment',
      '#bin/estimate/estimate-artifacts',
      '#bin/estimate/estimate-app',
    ],
    sample: () => ['estimate', ENVIRONMENT, '--option', 'eks', ...AS_OF],
  },
  {
    begins: ['estimate', '--app'],
    v8Flag: OPTIMISE_LATE,
    holds: ['#bin/commands/estimate', '#bin/estimate/estimate-app'],
    sample: (folder) => ['estimate', '--app', sampleApp(500, folder), ...AS_OF],
  },
  { begins: ['catalog'], holds: ['#bin/commands/catalog'], sample: () => ['catalog', 'h100', ...AS_OF] },
];

/** What the compiled code of the whole program is kept from. */
export const WHOLE_SAMPLE = ['compare', ENVIRONMENT, ...AS_OF];

export function fileOf(begins) {
  return `${begins.join('')}.js`;
}

/** Flags of V8 by the file of the program: the launcher's, and the build's, whose compiled code V8 else refuses. */
export const V8_FLAGS = Object.fromEntries(
  STARTS.flatMap(({ begins, v8Flag }) => (v8Flag === undefined ? [] : [[fileOf(begins), v8Flag]])),
);
