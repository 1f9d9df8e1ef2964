import { describe, expect, it } from 'vitest';
import { landfall } from '../../_support/command-line';

const SUPPORT = 'environments/support.yaml';

describe('landfall models', () => {
  it('shows every model of the pool with its score, cost and speed in 100 columns', async () => {
    const { stdout } = await landfall('models', SUPPORT);
    for (const model of ['gpt-oss-120b', 'llama-3.1-70b', 'qwen3-32b']) expect(stdout).toContain(model);
    expect(stdout).toContain('compared by gpqa');
    expect(stdout).toContain('managed');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('writes one document', async () => {
    const { stdout } = await landfall('models', SUPPORT, '--metric', 'mmlu-pro', '--json');
    const { schema, metric, points } = JSON.parse(stdout) as {
      schema: string;
      metric: string;
      points: { pareto: boolean }[];
    };
    expect({ schema, metric }).toEqual({ schema: 'landfall/triangle/v1', metric: 'mmlu-pro' });
    expect(points.some(({ pareto }) => pareto)).toBe(true);
  });

  it('suggests the score that was meant', async () => {
    const { stderr, exitCode } = await landfall('models', SUPPORT, '--metric', 'mmlu-prp');
    expect(stderr).toContain('"mmlu-pro"');
    expect(exitCode).toBe(4);
  });
});
