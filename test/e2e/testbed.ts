import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programs, toolsFolder } from './tools';

export type KubernetesJson = Record<string, unknown>;

export interface Testbed {
  /** File by which its user, who may do everything, reaches it. */
  readonly kubeconfig: string;
  /** What kubectl writes. Throws where it fails. */
  kubectl(...words: readonly string[]): string;
  create(object: KubernetesJson): void;
  /**
   * Sends every object to the API server as a strict server-side dry run: unknown and duplicate fields are errors, as
   * are violated CEL rules, Pod Security and policies. Returns what was refused, by the caller's key.
   */
  dryRun(objects: ReadonlyMap<string, KubernetesJson>): ReadonlyMap<string, string>;
  stop(): void;
}

/** Starts a control plane of its own with these custom resource definitions. */
export function startTestbed(definitions: readonly string[]): Testbed {
  const script = join(toolsFolder, 'kubernetes-testbed');
  const folder = mkdtempSync(join(tmpdir(), 'landfall-testbed-'));
  const state = join(folder, 'state');
  const exports = execFileSync(script, ['up', '--dir', state, '--crds', definitions.join(',')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kubeconfig = /KUBECONFIG=['"]?([^'"\n;]+)/.exec(exports)?.[1];
  if (kubeconfig === undefined) throw new Error(`no KUBECONFIG in: ${exports}`);
  const kubectl = (args: readonly string[], input?: string) =>
    spawnSync(join(programs, 'kubectl'), ['--kubeconfig', kubeconfig, ...args], {
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
      maxBuffer: 64 * 2 ** 20,
    });
  return {
    kubeconfig,
    kubectl(...words) {
      const { status, stdout, stderr } = kubectl(words);
      if (status !== 0) throw new Error(stderr);
      return stdout;
    },
    create(object) {
      const result = kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(object));
      if (result.status !== 0) throw new Error(result.stderr);
    },
    dryRun: (objects) => {
      const batch = join(folder, 'batch');
      rmSync(batch, { recursive: true, force: true });
      mkdirSync(batch);
      const keys = [...objects.keys()];
      for (const [index, object] of [...objects.values()].entries())
        writeFileSync(join(batch, `${fileName(index)}.json`), JSON.stringify(object));
      const { stderr } = kubectl([
        'apply',
        '--dry-run=server',
        '--server-side',
        '--validate=strict',
        '-f',
        batch,
      ]);
      return refusals(stderr, keys);
    },
    stop() {
      execFileSync(script, ['down', '--dir', state], { stdio: 'inherit' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const fileName = (index: number) => `object-${String(index).padStart(4, '0')}`;

/** Groups kubectl's messages by the file they name; what names none is kept under its own text. */
function refusals(stderr: string, keys: readonly string[]): Map<string, string> {
  const refused = new Map<string, string>();
  for (const line of stderr
    .split('\n')
    .filter((text) => text.trim() !== '' && !text.startsWith('Warning:'))) {
    const index = /object-(\d{4})\.json/.exec(line)?.[1];
    const key = index === undefined ? `(kubectl) ${line}` : (keys[Number(index)] ?? line);
    refused.set(key, [refused.get(key), line].filter(Boolean).join('\n'));
  }
  return refused;
}
