import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleText, type PlanBundle } from '#lib/lifecycle/bundle';
import { Deployment, haltOf, surroundingsAt } from '../_support/deployment';
import { startApply } from '../_support/killed-runs';
import { data, writeTerraformApp, type SmallTerraformStack } from '../_support/small-terraform-app';
import { canRun, tools } from './tools';

const root = mkdtempSync(join(tmpdir(), 'landfall-terraform-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const NOWHERE = 'http://localhost:9';
const CANARY = 'CANARY-51ab-value-of-an-input';
let count = 0;

function app(stacks: Readonly<Record<string, SmallTerraformStack>>) {
  const folder = join(root, `app-${(count += 1)}`, 'cdktf.out');
  const surroundings = surroundingsAt(NOWHERE);
  const write = (other: Readonly<Record<string, SmallTerraformStack>>) => writeTerraformApp(folder, other);
  write(stacks);
  return { folder, write, heard: surroundings.heard, on: new Deployment('terraform', folder, surroundings) };
}

const changesOf = ({ stacks }: PlanBundle) =>
  stacks.flatMap(({ changes }) => changes.map(({ address, action }) => `${action} ${address}`));

const runs = canRun('plan and apply by Terraform', [tools.terraform]);

describe.runIf(runs)('plan and apply by a real terraform', { timeout: 600_000 }, () => {
  it('do what was reviewed, and nothing a second time', async () => {
    const { on, write, heard } = app({ one: { configuration: data({ a: CANARY, b: 1 }) } });
    const first = await on.plan();
    expect(first.stacks[0]?.live).toEqual({ kind: 'absent' });
    expect(changesOf(first)).toEqual(['create terraform_data.a', 'create terraform_data.b']);
    expect((await on.apply(first)).map(({ result }) => result)).toEqual(['applied']);
    expect(changesOf(await on.plan())).toEqual([]);
    expect((await on.apply(first)).map(({ result }) => result)).toEqual(['unchanged']);

    write({ one: { configuration: data({ a: `${CANARY}-2`, c: 1 }, { a: { triggers_replace: 'x' } }) } });
    const second = await on.plan();
    expect(changesOf(second)).toEqual([
      'replace terraform_data.a',
      'delete terraform_data.b',
      'create terraform_data.c',
    ]);
    const outcomes = await on.apply(second);
    expect(outcomes.map(({ result }) => result)).toEqual(['applied']);
    expect(
      [bundleText(first), bundleText(second), JSON.stringify(outcomes), ...heard].join('\n'),
    ).not.toContain(CANARY);
  });

  it('leave no plan file behind, which would hold values', async () => {
    const left = () =>
      readdirSync(tmpdir()).filter(
        (name) => name.startsWith('landfall-plan-') && existsSync(join(tmpdir(), name, 'plan')),
      );
    const before = left();
    const { on } = app({ one: { configuration: data({ a: 1 }) } });
    await on.apply(await on.plan());
    expect(left()).toEqual(before);
  });

  it('are refused with 5 where somebody changed one input meanwhile', async () => {
    const { on, write } = app({ one: { configuration: data({ a: 1, b: 1 }) } });
    await on.apply(await on.plan());
    write({ one: { configuration: data({ a: 2, b: 1 }) } });
    const reviewed = await on.plan();
    // Somebody applies another value, and the files are as reviewed again.
    write({ one: { configuration: data({ a: 7, b: 1 }) } });
    await on.apply(await on.plan());
    write({ one: { configuration: data({ a: 2, b: 1 }) } });
    const halted = await haltOf(() => on.apply(reviewed));
    expect(halted.exitCode).toBe(5);
    expect(halted.problems.map(({ at }) => at)).toEqual(['one/terraform_data.a']);
  });

  it('order stacks, and review one that waits for another by what it declares', async () => {
    const folder = join(root, 'marker');
    // Stands for a definition that its plan needs and the first stack brings.
    const waiting = {
      locals: { found: `\${file("${folder}")}` },
      ...data({ later: '${local.found}' }),
    };
    const brings = data(
      { first: 'x' },
      { first: { provisioner: [{ 'local-exec': { command: `printf y > '${folder}'` } }] } },
    );
    const { on } = app({
      retrieval: { configuration: waiting, dependencies: ['operators'] },
      operators: { configuration: brings },
    });
    const bundle = await on.plan();
    expect(bundle.stacks.map(({ stack, plannedAfter }) => [stack, plannedAfter])).toEqual([
      ['operators', []],
      ['retrieval', ['operators']],
    ]);
    expect(changesOf(bundle)).toEqual(['create terraform_data.first', 'create terraform_data.later']);
    expect((await on.apply(bundle)).map(({ result }) => result)).toEqual(['applied', 'applied']);
    expect(changesOf(await on.plan())).toEqual([]);
  });

  it('tell what fails in Terraform’s words, without the source around it', async () => {
    const { on } = app({
      one: { configuration: data({ a: `\${file("/nowhere/${CANARY.toLowerCase()}")}`, b: CANARY }) },
    });
    const halted = await haltOf(() => on.plan());
    expect(halted.exitCode).toBe(6);
    expect(halted.message).toContain('Error:');
    expect(halted.message).not.toContain(CANARY);
  });

  it('recover from a kill at each resource: half of it applied is the rest of the reviewed', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const results: string[] = [];
    for (const at of names) {
      const marks = join(root, `marks-${at}`);
      const slow = (name: string) => ({
        provisioner: [
          { 'local-exec': { command: `printf '%s ' ${name} >> '${marks}'; sleep ${name === at ? 30 : 0}` } },
        ],
        ...(name === 'a' ? {} : { depends_on: [`terraform_data.${names[names.indexOf(name) - 1] ?? ''}`] }),
      });
      const inputs = Object.fromEntries(names.map((name) => [name, name]));
      const { on, folder, write } = app({
        one: { configuration: data(inputs, Object.fromEntries(names.map((name) => [name, slow(name)]))) },
      });
      const bundle = await on.plan();
      const file = join(folder, '..', 'plan.json');
      writeFileSync(file, bundleText(bundle));
      const first = startApply('terraform', folder, file, NOWHERE);
      const isThere = () => existsSync(marks) && readFileSync(marks, 'utf8').includes(at);
      for (let tries = 0; !isThere() && tries < 600; tries += 1)
        await new Promise((done) => setTimeout(done, 100));
      first.kill();
      await first.ended;
      // The same configuration, without the wait: what a provisioner does is no part of a plan.
      const quick = Object.fromEntries(
        names.map((name) => [
          name,
          name === 'a' ? {} : { depends_on: [`terraform_data.${names[names.indexOf(name) - 1] ?? ''}`] },
        ]),
      );
      write({ one: { configuration: data(inputs, quick) } });
      const second = await startApply('terraform', folder, file, NOWHERE).ended;
      const left = changesOf(await on.plan());
      results.push(`${second.code} ${left.length} ${second.code === 0 ? '' : second.stderr}`.trim());
    }
    expect(results).toEqual(names.map(() => '0 0'));
  });
});
