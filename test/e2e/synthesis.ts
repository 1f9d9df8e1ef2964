import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { SHAPED, SHAPES } from '../_support/shapes';

export interface ShippedOption {
  readonly environment: string;
  /** Path of the environment file. */
  readonly path: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
}

interface ComparisonDocument {
  readonly scenarios: readonly {
    readonly id: string;
    readonly options: readonly { readonly id: string; readonly target: string; readonly feasible: boolean }[];
  }[];
  readonly portfolio: { readonly choice: Readonly<Record<string, string>> };
}

export const environmentPaths = readdirSync('environments')
  .filter((name) => name.endsWith('.yaml') && name !== 'base.yaml')
  .map((name) => `environments/${name}`);

const SHAPED_TARGETS = new Map(
  Object.entries(
    (parse(readFileSync(SHAPES, 'utf8')) as { options: Record<string, { target: string }> }).options,
  ),
);

/** Shapes of serving that no shipped environment has. */
const SHAPED_OPTIONS: readonly ShippedOption[] = SHAPED.map(([scenario, option]) => ({
  environment: basename(SHAPES, '.yaml'),
  path: SHAPES,
  scenario,
  option,
  target: targetOf(option),
}));

function targetOf(option: string): string {
  const stated = SHAPED_TARGETS.get(option);
  if (stated === undefined) throw new Error(`no option ${option} in ${SHAPES}`);
  return stated.target;
}

/** What is synthesized end to end: the shipped options, and the shapes that they leave out. */
export function synthesizedOptions(): ShippedOption[] {
  return [...feasibleOptions(), ...SHAPED_OPTIONS];
}

/**
 * Every option of every shipped environment that fits, by the program's own comparison; of an environment with several
 * scenarios what it deploys, since the same options again would show nothing more.
 */
export function feasibleOptions(): ShippedOption[] {
  return environmentPaths.flatMap((path) => {
    const document = JSON.parse(
      run(process.execPath, ['dist/bin/landfall.js', 'compare', path, '--json']),
    ) as ComparisonDocument;
    return document.scenarios.flatMap(({ id, options }) =>
      options
        .filter(({ feasible }) => feasible)
        .filter((one) => document.scenarios.length === 1 || document.portfolio.choice[id] === one.id)
        .map(({ id: option, target }) => ({
          environment: path.replace(/^environments\/|\.yaml$/g, ''),
          path,
          scenario: id,
          option,
          target,
        })),
    );
  });
}

/** Node that runs sources, as `npx tsx` starts it. */
const fromSources = ['--conditions=source', '--import', 'tsx'];

/** Runs bin/cdktf.ts as a user would; returns the folder it wrote. */
export function synthesizeTerraform({ path, option, scenario }: ShippedOption): string {
  const output = mkdtempSync(join(tmpdir(), 'landfall-cdktf-'));
  const select = ['--environment', path, '--option', option, '--scenario', scenario];
  run(process.execPath, [...fromSources, 'bin/cdktf.ts', ...select, '--output', output]);
  return output;
}

/** Runs bin/cdk.ts as the CDK CLI would, without its template validator; returns the cloud assembly's folder. */
export function synthesizeCdk({ path, option, scenario }: ShippedOption): string {
  const output = mkdtempSync(join(tmpdir(), 'landfall-cdk-'));
  run(process.execPath, [...fromSources, 'bin/cdk.ts'], {
    CDK_OUTDIR: output,
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ environment: path, option, scenario }),
  });
  return output;
}

export function run(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): string {
  return execFileSync(command, [...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 256 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
