import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffSchema } from '#lib/report/documents/diff';
import { inFolder, landfall } from '../../_support/command-line';

const SUPPORT = 'environments/support.yaml';
const KNOWLEDGE = 'environments/knowledge.yaml';

describe('landfall diff', () => {
  it('finds nothing between a file and itself, and exits 0', async () => {
    const { stdout, exitCode } = await landfall('diff', SUPPORT, SUPPORT, '--exit-code');
    expect(stdout).toContain('no difference');
    expect(exitCode).toBe(0);
  });

  it('exits 2 on a difference, and only with --exit-code', async () => {
    const sides = [`${SUPPORT}#bedrock`, `${SUPPORT}#eks`];
    expect((await landfall('diff', ...sides)).exitCode).toBe(0);
    expect((await landfall('diff', ...sides, '--exit-code')).exitCode).toBe(2);
  });

  it('reads option: with --environment as the file with a hash', async () => {
    const short = await landfall('diff', 'option:bedrock', 'option:eks', '--environment', SUPPORT, '--json');
    const long = await landfall('diff', `${SUPPORT}#bedrock`, `${SUPPORT}#eks`, '--json');
    const money = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { cost: object }).cost;
    expect(money(short)).toEqual(money(long));
  });

  it('asks for the file of an option: without --environment', async () => {
    const { stderr, exitCode } = await landfall('diff', 'option:a', 'option:b');
    expect(stderr).toContain('add --environment <file>');
    expect(exitCode).toBe(4);
  });

  it('warns when answers lose their content filter', async () => {
    const { stdout } = await landfall(
      'diff',
      'environments/pilot.yaml#bedrock',
      'environments/pilot.yaml#eks',
    );
    expect(stdout).toMatch(/broadening +Serving\/Guardrail +\S+pilot.yaml:\d+:3\n +filters → none/);
  });

  it('reports scenarios that only one side deploys, the lost one as a danger', async () => {
    const { stdout } = await landfall('diff', SUPPORT, KNOWLEDGE, '--json');
    const diff = diffSchema.parse(JSON.parse(stdout));
    expect(diff.scenarios?.map(({ id, state }) => [id, state])).toEqual([
      ['support', 'removed'],
      ['answers', 'added'],
    ]);
    const lines = readFileSync(SUPPORT, 'utf8').split('\n');
    const at = `${SUPPORT}:${lines.indexOf('  support: bedrock') + 1}:12`;
    expect(diff.dangers).toContainEqual(
      expect.objectContaining({ class: 'downtime', address: 'support', at }),
    );
  });

  it('adds the money of several scenarios up', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'two.yaml');
      const text = readFileSync(SUPPORT, 'utf8');
      const second = text.replace(/\nscenarios:\n([\s\S]*?)\noptions:/, (all, body: string) =>
        all.replace(body, `${body}${body.replace('  support:', '  second:')}`),
      );
      writeFileSync(file, second.replace('  support: bedrock', '  support: bedrock\n  second: bedrock'));
      const { stdout } = await landfall('diff', SUPPORT, file, '--json');
      const { cost, scenarios } = diffSchema.parse(JSON.parse(stdout));
      expect(cost.after).toBeCloseTo(2 * cost.before, 2);
      expect(scenarios?.map(({ state }) => state)).toEqual(['unchanged', 'added']);
    }));

  it('calls an option that does not carry the scenario an error with the reasons', async () => {
    const { stderr, exitCode } = await landfall('diff', SUPPORT, `${SUPPORT}#nope`);
    expect(stderr).toContain('UNKNOWN_OPTION');
    expect(exitCode).toBe(4);
  });
});

describe('a scenario that is deployed no more, or newly', () => {
  it('gives back what it rented, and binds to what it buys', () =>
    inFolder(async (folder) => {
      const text = readFileSync(SUPPORT, 'utf8');
      const on = (option: string) => {
        const file = join(folder, `${option}.yaml`);
        const deployed = option === 'none' ? text.replace('\n  support: bedrock', ' {}') : text;
        writeFileSync(file, deployed.replace('support: bedrock', `support: ${option}`));
        return file;
      };
      const dangersOf = async (from: string, to: string) => {
        const { stdout } = await landfall('diff', from, to, '--json');
        return diffSchema.parse(JSON.parse(stdout)).dangers.map((danger) => danger.class);
      };
      expect(await dangersOf(on('eks'), on('none'))).toEqual(['capacity-loss', 'downtime']);
      expect(await dangersOf(on('colo'), on('none'))).toEqual(['downtime']);
      expect(await dangersOf(on('none'), on('bedrock'))).toEqual([]);
      expect(new Set(await dangersOf(on('none'), on('colo')))).toEqual(new Set(['commitment']));
    }));
});
