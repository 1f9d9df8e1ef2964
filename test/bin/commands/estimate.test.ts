import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '#lib/cost/estimate';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const TEMPLATE = {
  Parameters: { Type: { Type: 'String', Default: 'm6i.xlarge' } },
  Resources: {
    Server: { Type: 'AWS::EC2::Instance', Properties: { InstanceType: { Ref: 'Type' } } },
    Data: { Type: 'AWS::S3::Bucket' },
    Role: { Type: 'AWS::IAM::Role' },
    Odd: { Type: 'AWS::Future::Thing' },
  },
};

function withTemplate<Result>(use: (file: string, folder: string) => Promise<Result>): Promise<Result> {
  return inFolder((folder) => {
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(TEMPLATE));
    return use(file, folder);
  });
}

async function estimateOf(...words: readonly string[]): Promise<Estimate> {
  const { stdout, exitCode } = await landfall('estimate', ...words, '--json');
  expect(exitCode).toBe(0);
  const estimate: Estimate = JSON.parse(stdout);
  return estimate;
}

describe('landfall estimate --app', () => {
  it('bills a template that is not ours: priced, by use, free, and what nobody has priced', () =>
    withTemplate(async (file) => {
      const { lines, atLeast, unpriced, notes } = await estimateOf('--app', file);
      expect(lines.map(({ state }) => state)).toEqual([
        // The instance and the root volume of its image.
        'priced',
        'priced',
        'usage',
        'usage',
        'usage',
        'free',
        'unpriced',
      ]);
      expect(lines[0]?.monthlyUsd).toBeCloseTo(730 * 0.192, 2);
      expect([atLeast, unpriced.length]).toEqual([true, 1]);
      expect(notes[0]).toBe('4 resources: 1 priced, 1 by use, 1 free, 1 without a price');
    }));

  it('takes parameters over their defaults', () =>
    withTemplate(async (file) => {
      const { lines } = await estimateOf('--app', file, '--parameter', 'Type=g6e.xlarge');
      expect(lines[0]?.label).toBe('g6e.xlarge, on-demand');
    }));

  it('takes every --parameter where it is written more than once', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'two.json');
      const two = {
        Parameters: {
          Type: { Type: 'String', Default: 'm6i.xlarge' },
          Disk: { Type: 'Number', Default: 100 },
        },
        Resources: {
          Server: TEMPLATE.Resources.Server,
          Disk: { Type: 'AWS::EC2::Volume', Properties: { VolumeType: 'gp3', Size: { Ref: 'Disk' } } },
        },
      };
      writeFileSync(file, JSON.stringify(two));
      const withDisk = ['--parameter', 'Disk=300', '--parameter', 'Type=g6e.xlarge'] as const;
      const { lines } = await estimateOf('--app', file, ...withDisk);
      expect(lines.map(({ label, quantity }) => [label, quantity])).toEqual(
        expect.arrayContaining([
          ['g6e.xlarge, on-demand', 730],
          ['gp3 volume', 300],
        ]),
      );
    }));

  it.each([
    ['eu-central-9', 'did you mean "eu-central-1"'],
    // Never one of another partition, where no account of this one can go.
    ['cn-norht-1', 'did you mean "cn-north-1" or "cn-northwest-1"?'],
    ['mars', 'choose one of af-south-1'],
  ])('refuses --region %s, which AWS has not', (region, fix) =>
    withTemplate(async (file) => {
      const { stderr, exitCode } = await landfall('estimate', '--app', file, '--region', region);
      expect(exitCode).toBe(4);
      expect(stderr).toContain(`UNKNOWN_REGION  expected a region of AWS, got "${region}"`);
      expect(stderr).toContain(fix);
    }),
  );

  it('takes a region that AWS has, whether the catalog has its prices or not', () =>
    withTemplate(async (file) => {
      const { stderr, exitCode } = await landfall('estimate', '--app', file, '--region', 'mx-central-1');
      expect([stderr, exitCode]).toEqual(['', 0]);
    }));

  it('says of a resource that its own region is none', () =>
    inFolder(async (folder) => {
      const code = {
        provider: { aws: { region: 'eu-central-9' } },
        resource: { aws_instance: { web: { instance_type: 'm6i.large' } } },
      };
      writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(code));
      const { unpriced, lines } = await estimateOf('--app', folder);
      expect(unpriced).toEqual(['aws_instance.web']);
      expect(lines[0]?.basis).toContain('AWS has no region eu-central-9: did you mean "eu-central-1"');
    }));

  it('writes a usage file of its own lines, and prices by it', () =>
    withTemplate(async (file, folder) => {
      const { stdout } = await landfall('estimate', '--app', file, '--init-usage');
      expect(stdout).toContain('"*.storage": null # GB-month a month: S3 Standard storage');
      const usage = join(folder, 'usage.yaml');
      writeFileSync(usage, stdout.replace('"*.storage": null', '"*.storage": 1000'));
      const { lines } = await estimateOf('--app', file, '--usage', usage);
      expect(lines.find(({ key }) => key.endsWith('.storage'))?.monthlyUsd).toBe(23);
    }));

  it.each([
    ['usage:\n  "*.storag": 5\n', 'UNKNOWN_KEY', '*.storage'],
    ['usage:\n  "*.storage": much\n', 'WRONG_TYPE', ':2:16'],
    ['usage:\n  "*.storage": -1\n', 'WRONG_TYPE', '-1'],
    ['amounts: 3\n', 'MISSING_KEY', '--init-usage'],
    ['usage: [\n', 'YAML_SYNTAX', 'usage.yaml:'],
  ])('refuses %j with %s', (text, code, said) =>
    withTemplate(async (file, folder) => {
      const usage = join(folder, 'usage.yaml');
      writeFileSync(usage, text);
      const { stderr, exitCode } = await landfall('estimate', '--app', file, '--usage', usage);
      expect(exitCode).toBe(4);
      expect(stderr).toContain(code);
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
    }),
  );

  it('fits 100 columns', () =>
    withTemplate(async (file) => {
      const { stdout } = await landfall('estimate', '--app', file);
      expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
    }));

  it.each([
    ['--region', 'eu-west-1'],
    ['--usage', 'usage.yaml'],
    ['--parameter', 'Type=m6i.large'],
    ['--preset', 'small'],
    ['--init-usage'],
    ['--free-tier'],
  ])('refuses %s of an environment, rather than leave it aside', async (...flag) => {
    const { stderr, exitCode } = await landfall('estimate', 'environments/pilot.yaml', ...flag);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`${flag[0]}  error  BAD_USAGE  expected an app, named by --app`);
  });

  it.each([
    ['--option', 'eks'],
    ['--scenario', 'chat'],
    ['--from', 'artifacts'],
    ['--constants', 'constants.json'],
    ['--model-config', 'mine=config.json'],
  ])('refuses %s of an app, rather than leave it aside', (flag, value) =>
    withTemplate(async (file) => {
      const { stderr, exitCode } = await landfall('estimate', '--app', file, flag, value);
      expect(exitCode).toBe(4);
      expect(stderr).toContain(`${flag}  error  BAD_USAGE  expected an environment, got the app`);
    }),
  );

  it('refuses an environment beside an app', () =>
    withTemplate(async (file) => {
      const { stderr, exitCode } = await landfall('estimate', 'environments/pilot.yaml', '--app', file);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('expected one of them');
    }));

  it('refuses --max-increase without a baseline, which it would never exceed', () =>
    withTemplate(async (file) => {
      const { stderr, exitCode } = await landfall('estimate', '--app', file, '--max-increase', '5');
      expect(exitCode).toBe(4);
      expect(stderr).toContain('--max-increase  error  BAD_USAGE');
      expect(stderr).toContain('--baseline');
    }));

  it('says what it needs where neither an environment nor an app is named', async () => {
    const { stderr, exitCode } = await landfall('estimate');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('--app');
  });
});
