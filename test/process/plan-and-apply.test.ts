import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '#bin/main';
import { bundleText, makeBundle, type PlanBundle } from '#lib/lifecycle/bundle';
import { applyResultSchema } from '#lib/report/documents/apply-result';
import { planBundleSchema } from '#lib/report/documents/plan-bundle';
import { CloudFormationEmulator } from '../_support/cloudformation-emulator/emulator';
import { surroundingsAt } from '../_support/deployment';

/** The steps of the README's workflow that run this program, as words. */
const [planWords = [], applyWords = []] = (() => {
  const readme = readFileSync('README.md', 'utf8');
  const [, text = ''] = /```yaml\n(# \.github\/workflows\/landfall\.yml\n[\s\S]*?)```/.exec(readme) ?? [];
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  return Object.values(jobs)
    .flatMap(({ steps }) =>
      steps.flatMap(({ run: line = '' }) => /^npx landfall ([^|]*)/.exec(line)?.[1] ?? []),
    )
    .map((line) => line.trim().split(' '));
})();
const ENVIRONMENT = planWords[1] ?? '';

const emulator = new CloudFormationEmulator();
const folder = mkdtempSync(join(tmpdir(), 'landfall-plan-'));
const file = join(folder, 'plan.json');
let endpoint = '';

beforeAll(async () => {
  // The synthesizer's own validation is another test's.
  process.env['CDK_VALIDATION'] = 'false';
  endpoint = await emulator.start();
});
afterAll(async () => {
  delete process.env['CDK_VALIDATION'];
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

function landfall(words: readonly string[], more: object = {}) {
  return main([...words, '--folder', folder], { ...surroundingsAt(endpoint), ...more });
}

/** The README's words, with its bundle in a folder of the test. */
const planned = (...more: string[]) =>
  landfall([...planWords.map((word) => (word === 'plan.json' ? file : word)), ...more]);
const apply = (path: string, ...more: string[]) =>
  landfall([...applyWords.map((word) => (word === 'plan.json' ? path : word)), ...more]);

describe('plan and apply, from an environment file to an account and back', () => {
  it('are what the README’s workflow runs', () => {
    expect([planWords[0], applyWords[0]]).toEqual(['plan', 'apply']);
    expect(applyWords).toContain('--yes');
  });

  it('deploy what was reviewed with the real CDK, and nothing a second time', async () => {
    const first = await planned('--exit-code');
    expect(first.stderr).toBe('');
    expect(first.exitCode).toBe(2);
    expect(first.stdout).toMatch(/support: plan [0-9a-f]{8}\n6 changes in 1 stack/);
    expect(first.stdout).toContain(`landfall apply ${file} --yes`);
    expect(Math.max(...first.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const bundle = planBundleSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(bundle.cost).toMatchObject({ beforeMonthlyUsd: 0, isAtLeast: false });

    const applied = await apply(file, '--json');
    expect(applied.stderr).toBe('');
    expect(applied.exitCode).toBe(0);
    const result = applyResultSchema.parse(JSON.parse(applied.stdout));
    expect(result).toMatchObject({
      isComplete: true,
      stacks: [{ stack: 'support-bedrock-serving', result: 'applied' }],
    });
    expect(emulator.world.physical.size).toBe(3);

    const again = await landfall(['plan', ENVIRONMENT, '--json', '--exit-code']);
    expect(again.exitCode).toBe(0);
    expect(planBundleSchema.parse(JSON.parse(again.stdout)).stacks.flatMap(({ changes }) => changes)).toEqual(
      [],
    );
    expect(emulator.unknown).toEqual([]);
    expect(emulator.world.orphans()).toEqual([]);
  });

  it('refuse, before anybody is asked, a bundle that is none, was changed, has expired or is another’s', async () => {
    const text = readFileSync(file, 'utf8');
    const { sha256: _, ...parts } = JSON.parse(text) as PlanBundle;
    const written = (name: string, content: string) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };
    const remade = (more: object) => bundleText(makeBundle({ ...parts, ...more }));
    const asked = emulator.requests.length;
    const cases: [string, number, string][] = [
      [written('cut.json', text.slice(0, 700)), 4, 'JSON'],
      [written('other.json', '{"schema":"landfall/diff/v1"}'), 4, 'NOT_A_BUNDLE'],
      [written('flipped.json', text.replace('"create"', '"update"')), 5, 'changed after it was written'],
      [written('spaced.json', text.replace('{', '{ ')), 5, 'changed after it was written'],
      [
        written(
          'late.json',
          remade({ createdAt: '2026-11-28T10:00:00Z', expiresAt: '2026-11-29T10:00:00Z' }),
        ),
        5,
        'expired',
      ],
      [written('old.json', remade({ landfall: '0.0.9' })), 5, 'version 0.0.9'],
      [
        written('inputs.json', remade({ inputs: [{ path: ENVIRONMENT, sha256: '0'.repeat(64) }] })),
        5,
        'another content',
      ],
      [join(folder, 'absent.json'), 4, 'FILE_UNREADABLE'],
    ];
    for (const [path, exitCode, says] of cases) {
      const refused = await apply(path);
      expect(refused).toMatchObject({ stdout: '', exitCode });
      expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(says);
    }
    const unknown = await apply(file, '--approve', 'support-bedrock-serving/Profil');
    expect(unknown.stderr.replaceAll(/\s+/g, ' ')).toContain(
      'did you mean "support-bedrock-serving/Profile"',
    );
    expect(emulator.requests).toHaveLength(asked);
  });

  it('ask for the name of each thing that would be lost, and for a yes', async () => {
    const { sha256: _, ...parts } = JSON.parse(readFileSync(file, 'utf8')) as PlanBundle;
    const address = 'support-bedrock-serving/Profile';
    const danger = { class: 'data-loss' as const, address, type: 'AWS::KMS::Key', because: 'deleted' };
    const path = join(folder, 'lossy.json');
    writeFileSync(path, bundleText(makeBundle({ ...parts, dangers: [danger] })));
    const refused = await apply(path);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain(`--approve '${address}'`);
    const unasked = await landfall(['apply', path, '--approve', address]);
    expect(unasked).toMatchObject({ exitCode: 4 });
    expect(unasked.stderr).toContain('add --yes');
    const said = await landfall(['apply', path, '--approve', address], {
      confirm: () => Promise.resolve(false),
    });
    expect(said.exitCode).toBe(4);
  });

  it('plan without an account, for reading alone', async () => {
    const path = join(folder, 'offline.json');
    const asked = emulator.requests.length;
    const read = await landfall(['plan', ENVIRONMENT, '--offline', '-o', path]);
    expect(read.stdout).toContain('this plan cannot be applied');
    expect((await apply(path)).exitCode).toBe(5);
    expect(emulator.requests).toHaveLength(asked);
    const signedOut = await landfall(['plan', ENVIRONMENT], { awsCredentials: () => Promise.resolve(null) });
    expect(signedOut).toMatchObject({ exitCode: 6 });
    expect(signedOut.stderr).toContain('SIGNED_OUT');
  });
});
