import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { EXIT } from '#bin/command';
import { Halted } from '#bin/live/halted';
import { packageRoot } from '#bin/package-root';

type Variables = Readonly<Record<string, string | undefined>>;

/** The CDK's command line, found and of a version that can deploy what is synthesized here. */
export interface CdkCli {
  readonly run: (args: readonly string[], heard: (line: string) => void) => Promise<CdkRun>;
}

export interface CdkRun {
  readonly code: number;
  /** Both streams, line by line. */
  readonly lines: readonly string[];
}

/** Reads assemblies of the aws-cdk-lib that is pinned here. */
const LOWEST = [2, 1148, 1] as const;

/** Of every run: no question, no look at notices, no colours, events as lines. */
const ALWAYS = ['--no-notices', '--no-color', '--progress', 'events', '--require-approval', 'never'];

/**
 * The CDK's command line of the project, beside this package, or on the PATH.
 *
 * @throws Halted where there is none that can
 */
export function cdkCli(variables: Variables): CdkCli {
  const found = besideProject() ?? onPath(variables);
  if (found === null) throw unfit('no aws-cdk');
  if (found.version !== null && !canDeploy(found.version)) throw unfit(`aws-cdk ${found.version}`);
  // Events of the account of whoever deploys are no business of the publisher's.
  const env = { ...variables, CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_NO_WARNINGS: '1' };
  return {
    run: ([verb = '', ...args], heard) => finished(found.command, [verb, ...ALWAYS, ...args], env, heard),
  };
}

interface Found {
  readonly command: readonly [string, ...string[]];
  readonly version: string | null;
}

function besideProject(): Found | null {
  for (const root of [resolve('.'), packageRoot()]) {
    const paths = createRequire(join(root, 'package.json')).resolve.paths('aws-cdk') ?? [];
    const folder = paths
      .map((path) => join(path, 'aws-cdk'))
      .find((path) => existsSync(join(path, 'package.json')));
    if (folder === undefined) continue;
    return { command: [process.execPath, join(folder, 'bin', 'cdk')], version: versionAt(folder) };
  }
  return null;
}

function onPath({ PATH = '' }: Variables): Found | null {
  const file = PATH.split(delimiter)
    .map((folder) => join(folder, 'cdk'))
    .find((path) => existsSync(path));
  return file === undefined ? null : { command: [file], version: versionBeside(file) };
}

/** Of a global install: the program stands in `bin` of the package, or links to it. */
function versionBeside(file: string): string | null {
  const folder = dirname(dirname(file));
  const places = [folder, join(folder, 'lib', 'node_modules', 'aws-cdk')];
  return places.filter((path) => existsSync(join(path, 'package.json'))).map(versionAt)[0] ?? null;
}

function versionAt(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string })
    .version;
}

/** Version 3.0.0 was published by mistake and is older than what is needed. */
function canDeploy(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major === LOWEST[0] && (minor > LOWEST[1] || (minor === LOWEST[1] && patch >= LOWEST[2]));
}

function unfit(got: string): Halted {
  const version = LOWEST.join('.');
  return new Halted(EXIT.preflight, {
    code: 'TOOL_MISSING',
    at: 'aws-cdk',
    got,
    expected: `the CDK's command line, version ${version} or a newer one of version 2`,
    fix: `npm install aws-cdk@${version}`,
  });
}

function finished(
  [program, ...before]: Found['command'],
  args: readonly string[],
  env: Variables,
  heard: (line: string) => void,
): Promise<CdkRun> {
  const child = spawn(program, [...before, ...args], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((done, fail) => {
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      const take = (line: string) => {
        lines.push(line);
        heard(line);
      };
      stream.setEncoding('utf8').on('data', (text: string) => {
        const all = (rest + text).split('\n');
        rest = all.pop() ?? '';
        for (const line of all) take(line);
      });
      stream.on('end', () => (rest === '' ? undefined : take(rest)));
    }
    child.on('error', fail).on('close', (code) => done({ code: code ?? 1, lines }));
  });
}
