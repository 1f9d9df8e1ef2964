import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

const SUPPORT = 'environments/support.yaml';
const widest = (text: string) => Math.max(...text.split('\n').map(displayWidth));

describe('landfall facility', () => {
  it.each(['self-built', 'colo', 'leased'])('shows %s at 100 columns', async (option) => {
    const { stdout, exitCode } = await landfall('facility', SUPPORT, '--option', option);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Lead time');
    expect(widest(stdout)).toBeLessThanOrEqual(100);
  });

  it('says of a cloud that there is none, and where there is one', async () => {
    const { stderr, exitCode } = await landfall('facility', SUPPORT, '--option', 'eks');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('NO_FACILITY');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('choose leased, colo or self-built');
  });

  it('writes one document', async () => {
    const { stdout } = await landfall('facility', SUPPORT, '--option', 'colo', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/facility/v1', option: 'colo' });
  });
});

describe('landfall bom', () => {
  it('lists the parts at 100 columns, and the share of the bill beside them', async () => {
    const { stdout } = await landfall('bom', SUPPORT, '--option', 'self-built');
    expect(stdout).toContain('Counted beside the bill');
    expect(widest(stdout)).toBeLessThanOrEqual(100);
  });

  it('writes CSV with an empty cell for a missing price', async () => {
    const { stdout } = await landfall('bom', SUPPORT, '--option', 'self-built', '--format', 'csv');
    const rows = stdout.split('\r\n');
    expect(rows[0]).toMatch(/^key,label,group,quantity,unit,unitPriceUsdLow/);
    expect(rows.find((row) => row.startsWith('network.out-of-band,'))).toContain(',,,,,,unpriced,');
  });

  it('writes one document', async () => {
    const { stdout } = await landfall('bom', SUPPORT, '--option', 'leased', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'landfall/bom/v1', option: 'leased' });
  });
});
