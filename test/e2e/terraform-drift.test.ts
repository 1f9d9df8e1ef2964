import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftedTerraform } from '#bin/drift/drifted-terraform';
import { terraformProgram } from '#bin/live/terraform-program';
import { canRun, tools } from './tools';

const runs = canRun('drift by Terraform', [tools.terraform]);
const STACK = 'small-leased-serving';
const SECRET = 'canary-31aa';

/** A stack of resources that Terraform brings itself, in the form of a CDK for Terraform app. */
describe.runIf(runs)('the drift of a Terraform stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-tf-'));
  const own = join(folder, 'stacks', STACK);
  const state = join(own, `${STACK}.tfstate`);

  const write = (inputs: Readonly<Record<string, string>>) =>
    writeFileSync(
      join(own, 'cdk.tf.json'),
      JSON.stringify({
        terraform: { backend: { local: { path: `${STACK}.tfstate` } } },
        resource: {
          terraform_data: Object.fromEntries(
            Object.entries(inputs).map(([name, input]) => [name, { input: { value: input } }]),
          ),
        },
      }),
    );
  const terraform = (...words: readonly string[]) =>
    execFileSync('terraform', [`-chdir=${own}`, ...words], { encoding: 'utf8', stdio: 'pipe' });
  const drift = () => driftedTerraform(folder, terraformProgram('terraform', process.env));

  beforeAll(() => {
    mkdirSync(own, { recursive: true });
    const stacks = {
      [STACK]: { name: STACK, synthesizedStackPath: `stacks/${STACK}/cdk.tf.json`, dependencies: [] },
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '0.21.0', stacks }));
    write({ a: '1', b: SECRET });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is everything before the first apply, and nothing after', async () => {
    const [before] = await drift();
    expect([before?.isLive, before?.things.map(({ difference, address }) => [difference, address])]).toEqual([
      false,
      [
        ['missing', 'terraform_data.a'],
        ['missing', 'terraform_data.b'],
      ],
    ]);
    terraform('init', '-input=false');
    terraform('apply', '-auto-approve', '-input=false');
    const held = readFileSync(state, 'utf8');
    const [after] = await drift();
    expect([after?.isLive, after?.things, after?.notes]).toEqual([true, [], []]);
    // It only reads.
    expect(readFileSync(state, 'utf8')).toBe(held);
  });

  it('is what was never applied: one changed, one missing, one that is not ours any more', async () => {
    write({ b: `${SECRET}-2`, c: '3' });
    const [found] = await drift();
    expect(found?.things.map(({ difference, address, origin }) => [difference, address, origin])).toEqual([
      ['foreign', 'terraform_data.a', 'not-deployed'],
      ['changed', 'terraform_data.b', 'not-deployed'],
      ['missing', 'terraform_data.c', 'not-deployed'],
    ]);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });
});
