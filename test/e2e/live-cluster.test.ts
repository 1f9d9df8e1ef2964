import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '#bin/main';
import type { Drift } from '#lib/drift/drift';
import type { Check, Preflight } from '#lib/preflight/preflight';
import { startTestbed, type Testbed } from './testbed';
import { canRun, programs, tools } from './tools';

const ENVIRONMENT = 'environments/support.yaml';
/** With a vector store whose operator, class of storage and secret it needs. */
const RETRIEVING = 'environments/knowledge.yaml';

const runs = canRun('live cluster', [tools.testbed, tools.apiServer, tools.kubectl]);

describe.runIf(runs)('a real API server', () => {
  let testbed: Testbed;
  const folder = mkdtempSync(join(tmpdir(), 'landfall-live-'));

  beforeAll(() => {
    // Two nodes with eight H100 each, whose kubelets are played.
    testbed = startTestbed(['milvus-operator']);
  });
  afterAll(() => {
    testbed.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function landfall(command: string, ...words: readonly string[]) {
    const outcome = await main([command, ...words], {
      today: '2026-11-30',
      color: false,
      width: 100,
      debug: true,
      variables: {
        ...process.env,
        PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
        KUBECONFIG: testbed.kubeconfig,
      },
    });
    if (outcome.stdout === '') throw new Error(outcome.stderr);
    return outcome;
  }

  async function cluster(environment: string, option: string, ...words: readonly string[]) {
    const { stdout, exitCode } = await landfall(
      'doctor',
      environment,
      '--option',
      option,
      '--json',
      ...words,
    );
    const { checks } = JSON.parse(stdout) as Preflight;
    const by = (id: string): Check | undefined => checks.find((check) => check.id === id);
    return { by, exitCode, checks: checks.filter(({ group }) => group === 'cluster') };
  }

  it('has what a leased option needs: nodes, kinds and rights', async () => {
    const { by, checks } = await cluster(ENVIRONMENT, 'leased');
    expect(checks.filter(({ state }) => state === 'failed' || state === 'skipped')).toEqual([]);
    expect(by('cluster.nodes.leased.gpu')?.text).toContain('(NVIDIA-H100-80GB-HBM3) are ready');
  });

  it('fails by the node that is cordoned', async () => {
    testbed.kubectl('cordon', 'gpu-0');
    testbed.kubectl('cordon', 'gpu-1');
    const { by, exitCode } = await cluster(ENVIRONMENT, 'leased');
    testbed.kubectl('uncordon', 'gpu-0');
    testbed.kubectl('uncordon', 'gpu-1');
    expect(exitCode).toBe(6);
    expect(by('cluster.nodes.leased.gpu')).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('cordoned: gpu-0, gpu-1') as string,
    });
  });

  it('fails by rights that the user lacks', async () => {
    const token = testbed.kubectl('create', 'token', 'default').trim();
    const weak = join(folder, 'weak');
    const server = testbed.kubectl(
      'config',
      'view',
      '--minify',
      '-o',
      'jsonpath={.clusters[0].cluster.server}',
    );
    const set = (...words: readonly string[]) => testbed.kubectl('config', ...words, `--kubeconfig=${weak}`);
    set('set-cluster', 'c', `--server=${server}`, '--insecure-skip-tls-verify=true');
    set('set-credentials', 'u', `--token=${token}`);
    set('set-context', 'weak', '--cluster=c', '--user=u');
    set('use-context', 'weak');
    const { by, exitCode } = await cluster(ENVIRONMENT, 'leased', '--kubeconfig', weak);
    expect(exitCode).toBe(6);
    expect(by('cluster.permission.leased.support')?.text).toContain('may not create');
    expect(by('cluster.permission.leased.support')?.text).toContain('deployments.apps');
    // Nodes may not be seen either: that is no statement about them.
    expect(by('cluster.nodes.leased.gpu')?.state).toBe('skipped');
  });

  it('fails by definitions and secrets that are not there, and passes those that are', async () => {
    const before = await cluster(RETRIEVING, 'colo', '--management-kubeconfig', testbed.kubeconfig);
    expect(before.by('cluster.definition.management.metal3.io/v1alpha1')?.state).toBe('failed');
    expect(before.by('cluster.definition.workload.milvus.io/v1beta1')?.state).toBe('passed');
    expect(before.by('cluster.secret.answers-store.milvus-minio')?.state).toBe('failed');
    testbed.kubectl('create', 'namespace', 'answers-store');
    testbed.kubectl(
      '-n',
      'answers-store',
      'create',
      'secret',
      'generic',
      'milvus-minio',
      '--from-literal=a=b',
    );
    const after = await cluster(RETRIEVING, 'colo');
    expect(after.by('cluster.secret.answers-store.milvus-minio')?.state).toBe('passed');
    expect(after.by('cluster.namespace.answers-store')?.state).toBe('warning');
  });

  const drift = async (): Promise<Drift> => {
    const { stdout } = await landfall(
      'drift',
      ENVIRONMENT,
      '--option',
      'leased',
      '--format',
      'yaml',
      '--json',
    );
    return JSON.parse(stdout) as Drift;
  };
  const things = ({ stacks }: Drift) =>
    stacks
      .flatMap((stack) => stack.things)
      .map(({ difference, address, paths }) => [difference, address, paths]);

  it('differs by everything before our objects are applied, and by nothing after', async () => {
    const before = await drift();
    expect([before.stacks[0]?.isLive, before.counts.missing]).toEqual([
      false,
      before.stacks[0]?.things.length,
    ]);
    await landfall(
      'synth',
      ENVIRONMENT,
      '--option',
      'leased',
      '--format',
      'yaml',
      '--output',
      join(folder, 'm'),
    );
    testbed.kubectl('apply', '--server-side', '-f', join(folder, 'm', 'leased', 'objects.yaml'));
    expect(things(await drift())).toEqual([]);
  });

  it('tells exactly the one field that somebody changes', async () => {
    const patch = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'vllm/vllm-openai:v0.1.0' }]; // prettier-ignore
    testbed.kubectl('-n', 'support', 'patch', 'deployment', 'model-server', '--type=json', '-p', JSON.stringify(patch)); // prettier-ignore
    expect(things(await drift())).toEqual([
      ['changed', 'Deployment support/model-server', ['spec.template.spec.containers[0].image']],
    ]);
    testbed.kubectl('apply', '--server-side', '--force-conflicts', '-f', join(folder, 'm', 'leased', 'objects.yaml')); // prettier-ignore
    expect(things(await drift())).toEqual([]);
  });

  it('tells what somebody deletes, and what carries our labels and is not ours', async () => {
    testbed.kubectl('-n', 'support', 'delete', 'service', 'model-server');
    testbed.kubectl('-n', 'support', 'create', 'serviceaccount', 'stray');
    testbed.kubectl('-n', 'support', 'label', 'serviceaccount', 'stray', 'app.kubernetes.io/managed-by=landfall', 'app.kubernetes.io/part-of=support', 'app.kubernetes.io/instance=leased'); // prettier-ignore
    expect(things(await drift())).toEqual([
      ['missing', 'Service support/model-server', []],
      ['foreign', 'ServiceAccount support/stray', []],
    ]);
  });
});
