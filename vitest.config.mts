import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const conditions = ['source', 'node'];

const setupFiles = ['test/_support/fixed-seed.ts'];

/** Sources, not the build: the condition `source` in package.json `imports`. */
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, and so half of a machine of two idle.
    maxWorkers: availableParallelism(),
    projects: [
      {
        ...shared,
        test: {
          setupFiles,
          name: 'lib',
          include: ['test/*.test.ts', 'test/{lib,bin,catalog,contracts,anchors}/**/*.test.ts'],
          pool: 'threads',
          // A refit of all constants takes seconds, and a busy machine several times as long.
          testTimeout: 120_000,
          // Pure functions share nothing; a module is read once per worker.
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          setupFiles,
          name: 'synth',
          include: ['test/{constructs,stacks,synth}/**/*.test.ts'],
          // The first synth of a process costs seconds; one shared worker pays it once.
          isolate: false,
          testTimeout: 60_000,
          // The template validator costs 1.7 s per process; test/synth/validator.test.ts switches it on for all stacks at once.
          env: { CDK_VALIDATION: 'false' },
          globalSetup: ['test/_support/temporary-folder.ts'],
        },
      },
      {
        // Whole programs as child processes: the build, and commands without the CDK.
        ...shared,
        test: {
          setupFiles,
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: ['test/_support/built-program.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: { setupFiles, name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 240_000 },
      },
      {
        ...shared,
        test: {
          setupFiles,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
    ],
  },
});
