import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const SCALE = 'environments/scale.yaml';

const SCREENS = [
  ['sensitivity', SCALE, '--draws', '200'],
  ['sensitivity', 'environments/knowledge.yaml', '--draws', '200', '--option', 'eks'],
  ['breakeven', SCALE, 'colo', 'leased'],
  ['breakeven', 'environments/support.yaml', 'eks', 'bedrock', '--over', 'utilisation'],
  ['assumptions', SCALE, '--option', 'self-built'],
  ['assumptions', 'environments/knowledge.yaml'],
];

describe('the screens of a decision', () => {
  it.each(SCREENS)('%s %s %s %s %s fits 100 columns', async (...words) => {
    const { stdout, exitCode } = await landfall(...words.filter((word) => word !== undefined));
    expect(exitCode).toBe(0);
    for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });
});

describe('--quiet', () => {
  it.each([
    [['sensitivity', SCALE, '--draws', '200'], 'What would turn it', 'What moves'],
    [['breakeven', SCALE, 'colo', 'leased', '--over', 'month'], 'Over time', 'cumulative USD'],
    [['routes', 'environments/support.yaml'], 'Order of cost', 'What each way adds'],
  ])('%s keeps what decides and leaves out what that rests on', async (words, kept, left) => {
    const [whole, quiet] = [await landfall(...words), await landfall(...words, '--quiet')];
    expect(whole.stdout).toContain(left);
    expect(quiet.stdout).toContain(kept);
    for (const absent of [left, 'Next:']) expect(quiet.stdout).not.toContain(absent);
    for (const line of quiet.stdout.split('\n')) expect(whole.stdout).toContain(line);
  });
});

describe('landfall breakeven', () => {
  it('says why an option does not fit', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'mine.yaml');
      const shipped = readFileSync('environments/support.yaml', 'utf8');
      writeFileSync(file, shipped.replace('residency: anywhere', 'residency: eu'));
      const { stderr, exitCode } = await landfall('breakeven', file, 'eks', 'colo');
      expect(exitCode).toBe(4);
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain('no offering of aws-eks keeps prompts in eu');
    }));
});

describe('landfall sensitivity', () => {
  it('marks the recommended option and draws its tornado', async () => {
    const { stdout } = await landfall('sensitivity', SCALE, '--draws', '200');
    expect(stdout).toContain('*  leased');
    expect(stdout).toContain('What moves leased');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /accelerator-hour above [\d.]+ USD\/accelerator-hour \([\d.]+ here.*\): colo is cheaper than leased/,
    );
    expect(stdout).toMatch(/people\.loaded-usd-per-year +135,000 – 260,000 +−[\d,]+ +░+│█+ +\+[\d,]+/);
  });

  it.each([
    [['--draws', '1'], 'expected 100 to 1000000 draws'],
    [['--draws', 'many'], 'expected a whole number'],
    [['--option', 'nowhere'], 'expected an option of'],
    [['--scenario', 'nowhere'], 'expected a scenario of'],
  ])('%s is refused', async (words, message) => {
    const { stderr, exitCode } = await landfall('sensitivity', SCALE, ...words);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(message);
  });
});

describe('landfall assumptions', () => {
  it('lists one row for each input of each option as CSV', async () => {
    const { stdout } = await landfall('assumptions', SCALE, '--option', 'colo', '--csv');
    const rows = stdout.trimEnd().split('\r\n');
    expect(rows[0]).toBe(
      'scenario,option,id,kind,label,low,base,high,unit,share,overridden,otherPlan,source,publisher,asOf',
    );
    expect(rows.some((row) => row.startsWith('product,colo,colo.pue,assumption,'))).toBe(true);
  });
});
