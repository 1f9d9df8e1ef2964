import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { diffSchema } from '#lib/report/documents/diff';
import { inFolder, landfall } from '../../_support/command-line';

const PILOT = readFileSync('environments/pilot.yaml', 'utf8');
const TRACE = readFileSync('environments/pilot.yaml', 'utf8')
  .replace(/requestsPerSecond: .*\n/, 'trace: ./requests.csv\n')
  .replace(/ +inputTokens: .*\n/, '')
  .replace(/ +outputTokens: .*\n/, '');

function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' });
}

/** A repository whose branch `main` holds these files, and nothing else. */
async function inRepository(
  files: Readonly<Record<string, string>>,
  use: (folder: string, write: (name: string, text: string) => void) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const write = (name: string, text: string) => {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    for (const [name, text] of Object.entries(files)) write(name, text);
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message=one');
    await use(folder, write);
  });
}

async function difference(...words: readonly string[]) {
  const { stdout, stderr } = await landfall('diff', ...words, '--json');
  if (stderr !== '') throw new Error(stderr);
  return diffSchema.parse(JSON.parse(stdout));
}

describe('a side from git', () => {
  it('is read as the revision has it, with everything that the environment names, and nothing is written', () =>
    inRepository(
      {
        'environments/prod.yaml': 'name: pilot\nextends: ../base/all.yaml\n',
        'base/all.yaml': TRACE,
        'base/requests.csv': trace(1),
      },
      async (folder, write) => {
        const prod = join(folder, 'environments/prod.yaml');
        const first = await difference(`git:main#${prod}`, prod);
        expect(first.verdict).toBe('no difference');
        write('base/requests.csv', trace(3));
        git(folder, 'add', '--all');
        const status = git(folder, 'status', '--porcelain');
        const { cost, verdict } = await difference('git:main', prod);
        expect(cost.before).toBe(first.cost.before);
        expect(cost.after).toBeGreaterThan(cost.before);
        expect(verdict).not.toBe('no difference');
        expect(git(folder, 'status', '--porcelain')).toBe(status);
      },
    ));

  it('says its problems at the line of the file, with the revision', () =>
    inRepository(
      { 'a.yaml': PILOT.replace('availability: 0.95', 'availability: 95') },
      async (folder, write) => {
        write('a.yaml', PILOT);
        const { stderr, exitCode } = await landfall('diff', 'git:main', join(folder, 'a.yaml'));
        expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/git:main#\S*a\.yaml:\d+:\d+ error OUT_OF_RANGE/);
        expect(exitCode).toBe(4);
      },
    ));

  it.each([
    ['a revision that is not there', 'git:nope#a.yaml', 'UNKNOWN_REVISION'],
    ['a file that the revision lacks', 'git:main#b.yaml', 'FILE_UNREADABLE'],
    ['a link in place of a file', 'git:main#link.yaml', 'FILE_UNREADABLE'],
    ['a folder in place of a file', 'git:main#folder', 'FILE_UNREADABLE'],
  ])('refuses %s', (_, selector, code) =>
    inRepository({ 'a.yaml': PILOT, 'folder/x.yaml': PILOT }, async (folder) => {
      execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'link.yaml')]);
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--message=two');
      const inside = selector.replace('#', `#${folder}/`);
      const { stderr, exitCode } = await landfall('diff', inside, join(folder, 'a.yaml'));
      expect([stderr.includes(code), exitCode]).toEqual([true, 4]);
    }),
  );

  it('refuses a file outside of any repository', () =>
    inFolder(async (folder) => {
      // Whatever stands above the folder for temporary files.
      vi.stubEnv('GIT_CEILING_DIRECTORIES', dirname(realpathSync(folder)));
      writeFileSync(join(folder, 'a.yaml'), PILOT);
      const { stderr, exitCode } = await landfall('diff', 'git:main', join(folder, 'a.yaml'));
      vi.unstubAllEnvs();
      expect([stderr.includes('NOT_A_REPOSITORY'), exitCode]).toEqual([true, 4]);
    }));

  it('does not read beyond the repository by a path of the environment', () =>
    inFolder(async (outside) => {
      writeFileSync(join(outside, 'outside.yaml'), PILOT);
      const extending = { 'a.yaml': `name: pilot\nextends: ../${basename(outside)}/outside.yaml\n` };
      await inRepository(extending, async (folder) => {
        expect((await landfall('check', join(folder, 'a.yaml'))).exitCode).toBe(0);
        const { stderr } = await landfall('diff', 'git:main', join(folder, 'a.yaml'));
        expect(stderr).toContain('EXTENDS_MISSING');
      });
    }));

  it('reads a pin of prices as the revision has it', () =>
    inRepository({ 'a.yaml': `${PILOT}catalog: { prices: ./pin.json }\n` }, async (folder, write) => {
      const pin = join(folder, 'pin.json');
      await landfall('catalog', 'pin', 'environments/pilot.yaml', '--output', pin);
      const text = readFileSync(pin, 'utf8');
      write('pin.json', text);
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--message=two');
      const { cost } = await difference('git:main', join(folder, 'a.yaml'));
      expect(cost).toMatchObject({ delta: 0, because: { spec: 0, catalog: 0, engine: 0 } });
    }));
});

describe('a side that is a document', () => {
  it('of an estimate is compared as money, and what it lacks is said to be unknown', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'estimate.json');
      const { stdout } = await landfall('estimate', 'environments/support.yaml', '--option', 'eks', '--json');
      writeFileSync(file, stdout);
      const same = await difference(`file:${file}`, 'environments/support.yaml#eks');
      expect(same).toMatchObject({ verdict: 'no difference in what both sides say', cost: { delta: 0 } });
      const other = await difference(`file:${file}`, 'environments/support.yaml#bedrock');
      expect(other.notKnown).toEqual(['capacity', 'dangers', 'security', 'changes']);
      expect(other.capacity.tokensPerSecond).toEqual({ before: null, after: null });
      expect(other.cost.because).toEqual({ spec: other.cost.delta, catalog: 0, engine: 0 });
      const screen = await landfall('diff', `file:${file}`, 'environments/support.yaml#bedrock');
      expect(screen.stdout).toContain('Not known\n  capacity, dangers, security, changes');
    }));

  it('of a comparison gives money and capacity of the option that the other side has', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'comparison.json');
      writeFileSync(file, (await landfall('compare', 'environments/support.yaml', '--json')).stdout);
      const { cost, capacity, notKnown } = await difference(`file:${file}`, 'environments/support.yaml#eks');
      expect([cost.delta, capacity.gpus]).toEqual([0, { before: 2, after: 2 }]);
      expect(notKnown).toContain('lines');
    }));

  it('of a diff stands for what it changes to', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'diff.json');
      const sides = ['environments/support.yaml#bedrock', 'environments/support.yaml#eks'];
      writeFileSync(file, (await landfall('diff', ...sides, '--json')).stdout);
      const { cost, capacity } = await difference(`file:${file}`, 'environments/support.yaml#eks');
      expect([cost.delta, capacity.gpus]).toEqual([0, { before: 2, after: 2 }]);
    }));

  it('of another version puts the rest down to the program', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'estimate.json');
      const { stdout } = await landfall('estimate', 'environments/support.yaml', '--option', 'eks', '--json');
      const older = stdout
        .replace(/"version": "[^"]+"/, '"version": "0.0.1"')
        .replace(/("totals": \{\s+"monthlyUsd": \{[^}]*"base": )[\d.]+/, '$120000');
      writeFileSync(file, older);
      const { cost } = await difference(`file:${file}`, 'environments/support.yaml#eks');
      expect(cost.delta).not.toBe(0);
      expect(cost.because).toEqual({ spec: 0, catalog: 0, engine: cost.delta });
    }));

  it.each([
    ['no document at all', '{"schema": "landfall/plan/v1"}', 'WRONG_TYPE'],
    ['no JSON', 'name: x', 'JSON_SYNTAX'],
  ])('refuses %s', (_, text, code) =>
    inFolder(async (folder) => {
      const file = join(folder, 'x.json');
      writeFileSync(file, text);
      const { stderr, exitCode } = await landfall('diff', `file:${file}`, 'environments/support.yaml');
      expect([stderr.includes(code), exitCode]).toEqual([true, 4]);
    }),
  );
});

it('takes the name of an environment for its file', async () => {
  const { stdout } = await landfall('diff', 'support#bedrock', 'option:eks');
  expect(stdout).toContain('support#bedrock → option:eks');
});

/** So many requests in each of sixty seconds. */
function trace(perSecond: number): string {
  const rows = Array.from({ length: 60 * perSecond }, (_, index) => {
    const seconds = String(Math.floor(index / perSecond)).padStart(2, '0');
    return `2026-01-05T10:00:${seconds}Z,1000,200`;
  });
  return `${['time,input_tokens,output_tokens', ...rows].join('\n')}\n`;
}
