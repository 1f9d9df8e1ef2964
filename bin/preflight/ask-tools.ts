import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runProgram } from '#bin/live/run-program';
import { packageRoot } from '#bin/package-root';
import type { Askers } from '#bin/preflight/askers';

type Environment = Readonly<Record<string, string | undefined>>;

/** How programs tell their version. */
const VERSION_WORDS: Readonly<Record<string, readonly string[]>> = {
  kubectl: ['version', '--client', '-o', 'json'],
  terraform: ['version', '-json'],
  tofu: ['version', '-json'],
};

/** What is installed here: no network, no account. */
export function toolAskers(env: Environment): Pick<Askers, 'node' | 'library' | 'program'> {
  return {
    node: () => Promise.resolve(process.versions.node),
    library: ({ asks: { name } }) => Promise.resolve(libraryVersion(name)),
    program: async ({ asks: { names } }) => {
      for (const name of names) {
        const version = await programVersion(name, env);
        if (version !== null) return { name, version };
      }
      return null;
    },
  };
}

/** Of a library beside this package, where the synthesizers find it too. */
function libraryVersion(name: string): string | null {
  const paths = createRequire(join(packageRoot(), 'package.json')).resolve.paths('landfall') ?? [];
  const file = paths.map((path) => join(path, name, 'package.json')).find((path) => existsSync(path));
  if (file === undefined) return null;
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
  return typeof version === 'string' ? version : null;
}

/** Libraries that bring a program of another name: to read their version takes no second. */
const PACKAGES: Readonly<Record<string, string>> = { cdk: 'aws-cdk' };

async function programVersion(name: string, env: Environment): Promise<string | null> {
  const brought = libraryVersion(PACKAGES[name] ?? name);
  if (brought !== null) return brought;
  const { code, stdout } = await runProgram(name, VERSION_WORDS[name] ?? ['--version'], { env });
  if (code !== 0) return null;
  return /\d+\.\d+(?:\.\d+)?/.exec(versionText(stdout))?.[0] ?? null;
}

/** Where a program writes JSON, the version in it. */
function versionText(stdout: string): string {
  const [, version] = /"(?:terraform_version|gitVersion)"\s*:\s*"([^"]+)"/.exec(stdout) ?? [];
  return version ?? stdout;
}
