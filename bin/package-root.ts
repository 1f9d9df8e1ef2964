import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of this package: what is published beside the code (schema, environments) lies there. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** Written into a bundle by `scripts/bundle.mjs`, so that a start reads no file for it. */
declare const LANDFALL_VERSION: string | undefined;

export function packageVersion(): string {
  return typeof LANDFALL_VERSION === 'string' ? LANDFALL_VERSION : packageFile().version;
}

function packageFile(): {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as ReturnType<
    typeof packageFile
  >;
}

/** True when TypeScript runs as it is, without a build. */
export function runsFromSources(): boolean {
  return __filename.endsWith('.ts');
}

/** Versions that this package was built and tested with. */
export function builtWith(): {
  readonly node: string;
  readonly peers: Readonly<Record<string, string>>;
  readonly cdkCli: string;
} {
  const { engines, peerDependencies, devDependencies } = packageFile();
  return { node: engines.node, peers: peerDependencies, cdkCli: devDependencies['aws-cdk'] ?? '' };
}
