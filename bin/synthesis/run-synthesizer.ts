import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { packageRoot, runsFromSources } from '#bin/package-root';
import type { PlanRequest } from '#bin/synthesis/plans-for';
import { LandfallError } from '#lib/errors/landfall-error';

/** Another process that turns plans into artifacts: aws-cdk-lib and cdktf stay out of this one. */
interface Synthesizer {
  /** Its folder where none is asked for. */
  readonly folder: string;
  /** What has to be installed beside this package. */
  readonly needs: readonly string[];
  readonly launch: (request: PlanRequest, folder: string) => Launch;
}

interface Launch {
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export const SYNTHESIZERS: Readonly<Record<'cdk' | 'terraform', Synthesizer>> = {
  cdk: {
    folder: 'cdk.out',
    needs: ['aws-cdk-lib', 'constructs'],
    launch: ({ environmentPath, option, scenario, files = {} }, folder) => {
      const named = {
        environment: resolve(environmentPath),
        option,
        scenario,
        prices: files.prices,
        constants: files.constants,
        'model-config': files.modelConfig,
      };
      const context = JSON.stringify({ ...featureFlags(), ...named });
      return { entry: 'cdk', args: [], env: { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: context } };
    },
  },
  terraform: {
    folder: 'cdktf.out',
    needs: ['cdktf', 'constructs', '@cdktf/provider-kubernetes', '@cdktf/provider-helm'],
    launch: ({ environmentPath, option, scenario, files = {} }, folder) => ({
      entry: 'cdktf',
      args: [
        `--environment=${resolve(environmentPath)}`,
        `--output=${folder}`,
        ...(option === undefined ? [] : [`--option=${option}`]),
        ...(scenario === undefined ? [] : [`--scenario=${scenario}`]),
        ...(files.prices === undefined ? [] : [`--prices=${files.prices}`]),
        ...(files.constants === undefined ? [] : [`--constants=${files.constants}`]),
        ...(files.modelConfig === undefined ? [] : [`--model-config=${files.modelConfig}`]),
      ],
      env: {},
    }),
  },
};

export interface Finished {
  readonly code: number;
  readonly stderr: string;
}

/** Runs one to its end, writing into `folder`. Throws where what it needs is not installed. */
export function runSynthesizer(
  provisioner: 'cdk' | 'terraform',
  request: PlanRequest,
  folder: string,
): Promise<Finished> {
  const { needs, launch } = SYNTHESIZERS[provisioner];
  refuseMissing(needs);
  const { usualPrices } = request.files ?? {};
  const { entry, args, env } = launch(request, resolve(folder));
  const child = spawn(process.execPath, [...nodeArguments(entry), ...args], {
    // The other process must plan with the same files, or it would build something else than was shown.
    env: {
      ...process.env,
      ...env,
      // Whoever reads the artifacts holds them to the policy, in one form for every synthesizer.
      LANDFALL_POLICY: 'later',
      LANDFALL_PRICES: usualPrices === undefined ? 'off' : resolve(usualPrices),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((done, fail) => {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail).on('close', (code) => done({ code: code ?? 1, stderr }));
  });
}

function nodeArguments(entry: string): string[] {
  if (!runsFromSources()) return [join(packageRoot(), 'dist', 'bin', `${entry}.js`)];
  const loader = createRequire(join(packageRoot(), 'package.json')).resolve('tsx');
  return ['--conditions=source', '--import', loader, join(packageRoot(), 'bin', `${entry}.ts`)];
}

/** The same as under `cdk synth`, which reads them from the file itself: templates must not depend on the way. */
function featureFlags(): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(packageRoot(), 'cdk.json'), 'utf8');
  return (JSON.parse(text) as { readonly context: Readonly<Record<string, unknown>> }).context;
}

function refuseMissing(needs: readonly string[]): void {
  const paths = createRequire(join(packageRoot(), 'package.json')).resolve.paths('landfall') ?? [];
  const missing = needs.filter((name) => !paths.some((path) => existsSync(join(path, name, 'package.json'))));
  if (missing.length === 0) return;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at: 'landfall synth',
    got: `no ${missing.join(', ')}`,
    expected: 'the libraries that synthesize this target',
    fix: `npm install ${missing.join(' ')}`,
  });
}
