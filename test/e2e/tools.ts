import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Folder with `kubernetes-testbed`, `install-e2e-tools` and the provider schemas. `LANDFALL_E2E_TOOLS` names it; without
 * it the folder beside the checkout is looked at.
 */
export const toolsFolder = process.env['LANDFALL_E2E_TOOLS'] ?? join(process.cwd(), '..', 'shared', 'tools');

/** Folder of the programs that `install-e2e-tools` built. */
export const programs = join(
  process.env['LANDFALL_TOOLS'] ?? join(homedir(), '.cache', 'landfall-tools'),
  'bin',
);

/** A browser for the HTML report: Debian's. */
export const chromiumPath = process.env['LANDFALL_CHROMIUM'] ?? '/usr/bin/chromium';

export const inCi = process.env['CI'] === 'true';

export interface Tool {
  readonly name: string;
  readonly present: boolean;
  /** What to do where it is absent. */
  readonly fix: string;
}

const install = 'run the e2e tools installer (see CONTRIBUTING.md, "End-to-end tests")';

export const tools = {
  testbed: file('kubernetes-testbed', join(toolsFolder, 'kubernetes-testbed')),
  apiServer: file('kube-apiserver', join(programs, 'kube-apiserver')),
  kubectl: file('kubectl', join(programs, 'kubectl')),
  providerSchemas: file('Terraform provider schemas', join(toolsFolder, 'terraform-provider-schemas.json')),
  terraform: command('terraform'),
  chromium: {
    name: 'Chromium',
    present: existsSync(chromiumPath),
    fix: 'apt-get install chromium fonts-wqy-zenhei, or name a program by LANDFALL_CHROMIUM',
  },
} as const satisfies Record<string, Tool>;

/**
 * Whether a part of the suite can run. Where a tool is missing it says so and the part is skipped; with CI=true it
 * throws, so that nothing is left out unseen.
 */
export function canRun(part: string, needed: readonly Tool[]): boolean {
  const missing = needed.filter(({ present }) => !present);
  if (missing.length === 0) return true;
  const text = `${part}: not run, lacks ${missing.map(({ name, fix }) => `${name} (${fix})`).join(', ')}`;
  if (inCi) throw new Error(text);
  console.warn(text);
  return false;
}

function file(name: string, path: string): Tool {
  return { name, present: existsSync(path), fix: install };
}

function command(name: string): Tool {
  try {
    execFileSync(name, ['version'], { stdio: 'ignore' });
    return { name, present: true, fix: '' };
  } catch {
    return { name, present: false, fix: `put ${name} on the PATH` };
  }
}
