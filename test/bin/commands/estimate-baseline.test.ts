import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const NAT = { Type: 'AWS::EC2::NatGateway' };
const ROLE = { Type: 'AWS::IAM::Role' };
const node = (type: string) => ({ Type: 'AWS::EC2::Instance', Properties: { InstanceType: type } });

const BEFORE = { Resources: { Gateway: NAT, Node: node('m7g.large'), Gone: NAT } };
const AFTER = { Resources: { Gateway: NAT, Node: node('m7g.xlarge'), Role: ROLE } };

/** Of NAT gateway hours in us-east-1, a month. */
const NAT_USD = 32.85;

/** Writes both templates, and the bill of the first. */
function between(run: (files: { before: string; after: string; bill: string }) => Promise<void>) {
  return inFolder(async (folder) => {
    const files = {
      before: join(folder, 'main.template.json'),
      after: join(folder, 'branch.template.json'),
      bill: join(folder, 'main.bill.json'),
    };
    writeFileSync(files.before, JSON.stringify(BEFORE));
    writeFileSync(files.after, JSON.stringify(AFTER));
    writeFileSync(files.bill, (await landfall('estimate', '--app', files.before, '--json')).stdout);
    await run(files);
  });
}

/** A plan that makes one volume larger, removes a second and adds a third. */
function plan(): object {
  const volume = (name: string, size: number) => ({
    address: `aws_ebs_volume.${name}`,
    mode: 'managed',
    type: 'aws_ebs_volume',
    name,
    values: { type: 'gp3', size },
  });
  const change = (name: string, ...actions: string[]) => ({
    address: `aws_ebs_volume.${name}`,
    mode: 'managed',
    change: { actions },
  });
  return {
    format_version: '1.2',
    planned_values: { root_module: { resources: [volume('kept', 300), volume('added', 50)] } },
    prior_state: { values: { root_module: { resources: [volume('kept', 100), volume('gone', 10)] } } },
    resource_changes: [change('kept', 'update'), change('gone', 'delete'), change('added', 'create')],
    configuration: { root_module: {} },
  };
}

describe('landfall estimate --baseline', () => {
  it('holds an app against another one, whatever their files are called', () =>
    between(async ({ before, after }) => {
      const { stdout, exitCode } = await landfall('estimate', '--app', after, '--baseline', before, '--json');
      expect(exitCode).toBe(0);
      const { schema, resources, unchanged, deltaUsd } = JSON.parse(stdout);
      expect([schema, unchanged]).toEqual(['landfall/bill-change/v1', 1]);
      const states = resources.map((each: { address: string; change: string }) => [
        each.address,
        each.change,
      ]);
      expect(Object.fromEntries(states)).toEqual({
        'branch/Node': 'changed',
        'branch/Gone': 'removed',
        'branch/Role': 'added',
      });
      const changed = resources.find((each: { change: string }) => each.change === 'changed');
      // Twice the instance, and the same root volume: 8 GB × 0.08 USD.
      expect(changed.deltaUsd).toBeCloseTo(changed.beforeUsd - 0.64, 2);
      expect(deltaUsd).toBeCloseTo(changed.deltaUsd - NAT_USD, 2);
    }));

  it('holds it against the document of an earlier estimate', () =>
    between(async ({ before, bill }) => {
      const { stdout } = await landfall('estimate', '--app', before, '--baseline', bill, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ deltaUsd: 0, resources: [], unchanged: 3 });
    }));

  it('prior holds a plan against what it found standing', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'plan.json');
      writeFileSync(file, JSON.stringify(plan()));
      const { stdout } = await landfall('estimate', '--app', file, '--baseline', 'prior', '--json');
      // gp3 in us-east-1 is 0.08 USD per GB-month.
      expect(JSON.parse(stdout)).toMatchObject({
        beforeUsd: 8.8,
        afterUsd: 28,
        deltaUsd: 19.2,
        resources: [
          { address: 'aws_ebs_volume.kept', change: 'changed', deltaUsd: 16 },
          { address: 'aws_ebs_volume.added', change: 'added', deltaUsd: 4 },
          { address: 'aws_ebs_volume.gone', change: 'removed', deltaUsd: -0.8 },
        ],
      });
    }));

  it('exits 3 where a month costs more by more than --max-increase, and says by how much', () =>
    between(async ({ before, after }) => {
      const words = ['estimate', '--app', after, '--baseline', before] as const;
      expect((await landfall(...words, '--max-increase', '1000')).exitCode).toBe(0);
      const over = await landfall(...words, '--max-increase', '1');
      expect(over.exitCode).toBe(3);
      expect(over.stdout).toContain('limit: at most 1.00 USD/month more: over by');
      const junit = await landfall(...words, '--max-increase', '1', '--format', 'junit');
      expect([
        junit.exitCode,
        junit.stdout.includes('<failure message="at most 1.00 USD/month more'),
      ]).toEqual([3, true]);
    }));

  it('fits 100 columns, and is Markdown for a comment', () =>
    between(async ({ before, after }) => {
      const { stdout } = await landfall('estimate', '--app', after, '--baseline', before);
      expect(stdout.split('\n').filter((line) => displayWidth(line) > 100)).toEqual([]);
      const markdown = await landfall('estimate', '--app', after, '--baseline', before, '--markdown');
      expect(markdown.stdout).toMatch(/branch\/Node .*m7g\.large, on-demand → m7g\.xlarge, on-demand/);
    }));

  it('infracost holds both breakdowns and the difference alone', () =>
    between(async ({ before, after }) => {
      const words = ['estimate', '--app', after, '--baseline', before, '--format', 'infracost'] as const;
      const document = JSON.parse((await landfall(...words)).stdout);
      const [past, now, difference] = ['pastTotal', 'total', 'diffTotal'].map((name) =>
        Number(document[`${name}MonthlyCost`]),
      );
      expect(difference).toBeCloseTo((now ?? 0) - (past ?? 0), 4);
      const [{ diff }] = document.projects;
      expect(diff.resources.map(({ name }: { name: string }) => name)).toEqual([
        'branch/Node',
        'branch/Gone',
      ]);
      expect(Number(diff.resources[1].monthlyCost)).toBe(-NAT_USD);
    }));

  it.each([
    ['prior', 'a Terraform plan in JSON'],
    ['no-such-file', 'no such file or folder'],
  ])('refuses the baseline %s of a template', (baseline, words) =>
    between(async ({ after }) => {
      const { stderr, exitCode } = await landfall('estimate', '--app', after, '--baseline', baseline);
      expect(exitCode).toBe(4);
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words);
    }),
  );

  it('refuses a document of an estimate that is broken', () =>
    between(async ({ after, bill }) => {
      writeFileSync(bill, '{"schema":"landfall/estimate/v1","lines":1}');
      const { stderr, exitCode } = await landfall('estimate', '--app', after, '--baseline', bill);
      expect([exitCode, stderr.includes('landfall estimate … --json')]).toEqual([4, true]);
    }));
});
