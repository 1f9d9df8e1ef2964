import { sampleApp } from './sample-app.mjs';

const ENVIRONMENT = 'environments/support.yaml';
const AS_OF = ['--as-of', '2026-11-23'];

/**
 * Command lines that are run most. Each has a program of its own, since reading and linking the whole one takes longer
 * than a short command does; `bin/launch.ts` chooses by the first words.
 *
 * `begins`: those words, which name its file. `holds`: modules of `bin` loaded on use that it has; where it turns out to
 * need another, the whole program takes over. `sample`: words that the build runs to keep what V8 compiled, given a folder
 * to write into.
 */
export const STARTS = [
  { begins: ['--help'], holds: [], sample: () => ['--help'] },
  { begins: ['check'], holds: ['#bin/commands/check'], sample: () => ['check', ENVIRONMENT] },
  {
    begins: ['compare'],
    holds: ['#bin/commands/compare'],
    sample: () => ['compare', ENVIRONMENT, ...AS_OF],
  },
  {
    begins: ['estimate'],
    holds: [
      '#bin/commands/estimate',
      '#bin/estimate-environment',
      '#bin/estimate-artifacts',
      '#bin/estimate-app',
    ],
    sample: () => ['estimate', ENVIRONMENT, '--option', 'eks', ...AS_OF],
  },
  {
    begins: ['estimate', '--app'],
    holds: ['#bin/commands/estimate', '#bin/estimate-app'],
    sample: (folder) => ['estimate', '--app', sampleApp(500, folder), ...AS_OF],
  },
  { begins: ['catalog'], holds: ['#bin/commands/catalog'], sample: () => ['catalog', 'h100', ...AS_OF] },
];

/** What the compiled code of the whole program is kept from. */
export const WHOLE_SAMPLE = ['compare', ENVIRONMENT, ...AS_OF];
