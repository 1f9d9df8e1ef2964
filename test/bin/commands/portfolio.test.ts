import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const FILE = 'environments/portfolio.yaml';

/** The shipped environment with its limits replaced. */
function withLimits(folder: string, limits: string): string {
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, readFileSync(FILE, 'utf8').replace(/budgetUsdPerMonth: \d+/, limits));
  return file;
}

describe('landfall portfolio', () => {
  it('says which scenario runs where, at 100 columns', async () => {
    const { stdout, exitCode } = await landfall('portfolio', FILE);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no other assignment of the ways tried costs less');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'proven: of all ways to give 3 scenarios and 1 training to 6 options within the objectives and limits none costs less',
    );
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it('exits 3 where none keeps to the limits, and says what would help', () =>
    inFolder(async (folder) => {
      const { stdout, exitCode } = await landfall('portfolio', withLimits(folder, 'budgetUsdPerMonth: 1000'));
      expect(exitCode).toBe(3);
      expect(stdout).toContain('Why there is none');
      const [, enough = ''] = /cost at most ([\d,]+) USD\/month instead of 1,000\n/.exec(stdout) ?? [];
      const relaxed = withLimits(folder, `budgetUsdPerMonth: ${enough.replaceAll(',', '')}`);
      expect((await landfall('portfolio', relaxed)).exitCode).toBe(0);
      expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
    }));

  it('refuses a limit that cannot be, at its place in the file', () =>
    inFolder(async (folder) => {
      const { stderr, exitCode } = await landfall('portfolio', withLimits(folder, 'budgetUsdPerMonth: -5'));
      expect(exitCode).toBe(4);
      expect(stderr).toMatch(/mine\.yaml:\d+:22/);
      expect(stderr).toContain('OUT_OF_RANGE');
    }));

  it('writes one document', async () => {
    const { stdout } = await landfall('portfolio', FILE, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/portfolio/v1', status: 'optimal' });
  });
});
