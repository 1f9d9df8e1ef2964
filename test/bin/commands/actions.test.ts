import { describe, expect, it } from 'vitest';
import { VERBS } from '#bin/verbs/index';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

const ACTIONS = VERBS.flatMap((verb) =>
  (verb.actions ?? []).map((action) => [verb.name, action.name] as const),
);
const ALL: readonly (readonly string[])[] = [...VERBS.map(({ name }) => [name]), ...ACTIONS];

describe('the help', () => {
  it.each(ALL.map((words) => [words.join(' '), words] as const))(
    'of %s fits 100 columns',
    async (_, words) => {
      const { stdout, exitCode } = await landfall(...words, '--help');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Usage: landfall ${words.join(' ')}`);
      expect(stdout.split('\n').filter((line) => displayWidth(line) > 100)).toEqual([]);
    },
  );

  it('of an action has its own flags and no others', async () => {
    const { stdout } = await landfall('sizing', 'trace', '--help');
    expect(stdout).toContain('--json');
    expect(stdout).not.toContain('--micro-batch');
  });

  it('is what a verb that only has actions says by itself', async () => {
    expect(await landfall('sizing')).toEqual(await landfall('sizing', '--help'));
  });
});

describe('an action', () => {
  it('takes flags that its verb has too, before and behind its name', async () => {
    const [behind, before] = [
      await landfall('catalog', 'age', '--json'),
      await landfall('catalog', '--json', 'age'),
    ];
    expect(JSON.parse(behind.stdout)).toMatchObject({ schema: 'landfall/price-ages/v1' });
    expect(before).toEqual(behind);
  });

  it('leaves all other first words to its verb', async () => {
    const { stdout } = await landfall('catalog', 'h100', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/catalog/v1' });
  });

  it.each([
    [['sizing', 'evalute', 'x'], 'did you mean "evaluate"?'],
    [['sizing', 'plan', '--modl', 'x'], 'did you mean "--model"?'],
    [['sizing', '--json', 'plan'], 'landfall sizing --help'],
    [['sizing', 'trace', '--rps', '1'], 'landfall sizing trace'],
  ])('%j is refused with what is next to it', async (words, fix) => {
    const { stderr, exitCode } = await landfall(...words);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(fix);
  });

  it.each(['--micro-batch', '--critical-batch'])(
    'train minds %s, whose field has another spelling',
    async (flag) => {
      const run = ['--model', 'llama-3.1-8b', '--gpu', 'h100-sxm', flag, 'nonsense'];
      const { stderr, exitCode } = await landfall('sizing', 'train', ...run);
      expect([exitCode, stderr.includes(`${flag}  error`)]).toEqual([4, true]);
    },
  );
});
