import { lastLine, runProgram, type Ran } from '#bin/live/run-program';

/** The command line of a cluster, which knows contexts, credentials and their plugins. */
export interface Kubectl {
  readonly run: (words: readonly string[], input?: string) => Promise<Ran>;
  /** A document of the API by its path; `null` where there is none. Throws `KubectlFailed` of anything else. */
  readonly raw: (path: string) => Promise<unknown>;
  /** What `-o json` writes; `null` where there is no such object. Throws `KubectlFailed` of anything else. */
  readonly json: (words: readonly string[]) => Promise<unknown>;
}

/** kubectl could not do it. The message is its own last line, for people. */
export class KubectlFailed extends Error {}

export interface KubectlProps {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @default - as kubectl finds one: `KUBECONFIG`, `~/.kube/config` */
  readonly kubeconfig?: string | undefined;
  /** Longest wait for one request. @default 15,000 */
  readonly patienceMs?: number;
}

export function kubectl({ env, kubeconfig, patienceMs = 15_000 }: KubectlProps): Kubectl {
  const common = [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    `--request-timeout=${Math.ceil(patienceMs / 1000)}s`,
  ];
  const run = (words: readonly string[], input?: string) =>
    runProgram('kubectl', [...common, ...words], { env, patienceMs: 4 * patienceMs, input });
  const document = async (words: readonly string[]) => {
    const { code, stdout, stderr } = await run(words);
    if (code === 0) return parsed(stdout);
    if (/\(NotFound\)|the server could not find the requested resource/.test(stderr)) return null;
    throw new KubectlFailed(reasonOf(stderr));
  };
  return {
    run,
    raw: (path) => document(['get', '--raw', path]),
    json: (words) => document([...words, '-o', 'json']),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new KubectlFailed('kubectl wrote no JSON');
  }
}

/** Of what kubectl writes, the last line without its own marks. */
export function reasonOf(stderr: string): string {
  const line = lastLine(stderr)
    .replace(/^[EWI]\d{4} [\d:.]+ +\d+ \S+\] /, '')
    .replace(/^(?:error|Error from server[^:]*): /, '');
  return line === '' ? 'kubectl gave no reason' : line.slice(0, 200);
}
