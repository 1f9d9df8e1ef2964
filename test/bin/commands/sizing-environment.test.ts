import { describe, expect, it } from 'vitest';
import { DOCUMENTS } from '#lib/report/documents';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

const FILE = 'environments/support.yaml';
const EKS = ['sizing', 'plan', '--environment', FILE, '--option', 'eks'];

interface Asked {
  readonly model: string;
  readonly accelerator: string;
  readonly option: { readonly option: string; readonly shape: string; readonly precision: string };
  readonly load: {
    readonly tpotMs: number;
    readonly ttftMs: number;
    readonly peakRequestsPerSecond: number;
    readonly inputTokens: { readonly mean: number; readonly longest: number };
    readonly calibration: string;
    readonly techniques?: object;
  };
  readonly chosen: { readonly replicas: number; readonly precision: string };
  readonly points: readonly { readonly precision: string }[];
}

async function asked(...words: readonly string[]): Promise<Asked> {
  const { stdout } = await landfall(...EKS, ...words, '--json');
  const document: Asked = JSON.parse(stdout);
  return document;
}

describe('landfall sizing plan of an environment', () => {
  it('takes model, nodes, load and objectives from the plan of the option', async () => {
    const document = await asked();
    expect(DOCUMENTS['sizing-plan'].parse(document)).toEqual(document);
    expect(document).toMatchObject({
      model: 'gpt-oss-120b',
      accelerator: 'h100-sxm',
      option: {
        environment: FILE,
        scenario: 'support',
        option: 'eks',
        shape: 'p5.4xlarge',
        precision: 'fp4',
      },
      load: { ttftMs: 2000, tpotMs: 50, inputTokens: { mean: 1155, longest: 4083 }, gpusPerNode: 1 },
      chosen: { replicas: 2, precision: 'fp4' },
    });
    // 8.5 requests/s a year on, at 3 % a month.
    expect(document.load.peakRequestsPerSecond).toBeCloseTo(8.5 * 1.03 ** 11, 6);
    expect(new Set(document.points.map(({ precision }) => precision))).toEqual(new Set(['fp4']));
  });

  it('lets flags say otherwise, and leaves the rest as it was', async () => {
    const { load, accelerator, model } = await asked(
      '--tpot',
      '20',
      '--rps',
      '3',
      '--engine',
      'sglang',
      '--gpu',
      'h200-sxm',
    );
    expect(load).toMatchObject({
      tpotMs: 20,
      ttftMs: 2000,
      peakRequestsPerSecond: 3,
      calibration: 'sglang',
      gpusPerNode: 8,
    });
    expect([accelerator, model]).toEqual(['h200-sxm', 'gpt-oss-120b']);
  });

  it('lays techniques over those of the option', async () => {
    const document = await asked('--speculation', 'n-gram:3:0.5');
    expect(document.load.techniques).toHaveProperty('speculation');
    expect((await asked()).load.techniques).toBeUndefined();
  });

  it('says at 100 columns whose load it is, and `explain` names it', async () => {
    const { stdout } = await landfall(...EKS);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `asked as option eks of ${FILE} for support, which chose gpt-oss-120b in fp4 on p5.4xlarge; also in the pool: llama-3.1-70b, qwen3-32b`,
    );
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
    const command = `landfall sizing plan --environment ${FILE} --option eks`;
    expect((await landfall('explain', FILE, 'eks.monthly')).stdout).toContain(command);
    expect((await landfall('explain', FILE, 'bedrock.monthly')).stdout).not.toContain('sizing plan');
  });

  it.each([
    [['--environment', FILE], '"bedrock", whose model the provider runs', 'choose one of sagemaker, eks'],
    [['--option', 'eks'], '--option', 'name the file with --environment'],
    [['--environment', FILE, '--option', 'ek'], '"ek"', 'eks'],
    [['--environment', 'missing.yaml'], 'missing.yaml', ''],
  ])('refuses %s', async (words, said, fix) => {
    const { stdout, stderr, exitCode } = await landfall('sizing', 'plan', ...words);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toContain(said);
    expect(stderr).toContain(fix);
    expect(stderr).not.toContain('    at ');
  });
});
