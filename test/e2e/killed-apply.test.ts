import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleText } from '#lib/lifecycle/bundle';
import { CloudFormationEmulator } from '../_support/cloudformation-emulator/emulator';
import { seed } from '../_support/cloudformation-emulator/seed';
import { Deployment, surroundingsAt } from '../_support/deployment';
import { startApply } from '../_support/killed-runs';
import { writeAssembly, type SmallStack } from '../_support/small-assembly';

const root = mkdtempSync(join(tmpdir(), 'landfall-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const pool = (size: number) => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: {
    ClusterName: 'c',
    NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Subnets: ['s'],
    ScalingConfig: { MinSize: 1, MaxSize: size, DesiredSize: 1 },
  },
});
const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
const stack = (size: number): SmallStack => ({
  template: { Resources: { Role: role, Pool: pool(size) } },
  terminationProtection: true,
});

interface Scenario {
  readonly name: string;
  readonly before: SmallStack | null;
  readonly after: SmallStack;
}
const SCENARIOS: readonly Scenario[] = [
  { name: 'a creation', before: null, after: stack(2) },
  { name: 'an update', before: stack(2), after: stack(4) },
];

/** Kill points that run side by side: each waits most of its time for the CDK to ask again. */
const AT_ONCE = 4;

/** An emulator with what stands before, and the bundle of what is to come. */
async function prepared({ before, after }: Scenario, id: string) {
  const emulator = new CloudFormationEmulator();
  const endpoint = await emulator.start();
  const folder = join(root, id, 'cdk.out');
  writeAssembly(folder, { small: after });
  if (before !== null) await seed(emulator.world, 'small', { ...before, terminationProtection: true });
  const bundle = await new Deployment('cdk', folder, surroundingsAt(endpoint)).plan();
  const file = join(root, id, 'plan.json');
  writeFileSync(file, bundleText(bundle));
  emulator.requests.length = 0;
  return { emulator, endpoint, folder, run: () => startApply('cdk', folder, file, endpoint) };
}

/** An apply came to its end before the request. */
const UNREACHED = 'not reached';

/** How often the CDK asks for events depends on the clock: so few of the last requests may not come up again. */
const LEAST_SHARE = 0.9;

/** Ends an apply at one request and runs it again; `null` where it recovered, else what is wrong. */
async function killedAt(scenario: Scenario, when: 'before' | 'after', index: number): Promise<string | null> {
  const point = `${scenario.name}, ${when} request ${index}`;
  const { emulator, endpoint, folder, run } = await prepared(scenario, `${scenario.name}-${when}-${index}`);
  try {
    const first = run();
    let isKilled = false;
    emulator.watch = (now, at) => {
      if (isKilled || now !== when || at !== index) return 'go on';
      isKilled = true;
      first.kill();
      return 'hang up';
    };
    const ended = await first.ended;
    if (!isKilled && ended.code === 0) return UNREACHED;
    if (!isKilled) return `${point}: ended with ${ended.code} before it was reached: ${ended.stderr}`;
    // CloudFormation goes on with what it has begun.
    const second = await run().ended;
    await emulator.world.settled();
    if (second.code !== 0)
      return `${point}: again ended with ${second.code}: ${second.stderr}${second.stdout}`;
    const { stacks } = await new Deployment('cdk', folder, surroundingsAt(endpoint)).plan();
    const left = stacks.flatMap(({ changes }) => changes);
    const { world } = emulator;
    if (left.length > 0) return `${point}: ${left.length} changes are left`;
    if (world.orphans().length > 0) return `${point}: orphans ${JSON.stringify(world.orphans())}`;
    if (world.physical.size !== 2) return `${point}: ${world.physical.size} resources instead of 2`;
    return emulator.unknown.length > 0 ? `${point}: ${emulator.unknown.join(', ')}` : null;
  } finally {
    await emulator.stop();
  }
}

describe.each(SCENARIOS)('an apply of $name that is killed', (scenario) => {
  it(
    'at any request, before and after AWS saw it, recovers when it is run again',
    { timeout: 3_600_000 },
    async () => {
      const whole = await prepared(scenario, `${scenario.name}-whole`);
      expect((await whole.run().ended).code).toBe(0);
      const requests = whole.emulator.requests.map(({ operation }) => operation);
      await whole.emulator.stop();
      expect(requests).toContain('ExecuteChangeSet');

      const points = requests.flatMap((_, index): ['before' | 'after', number][] => [
        ['before', index],
        ['after', index],
      ]);
      const faults: string[] = [];
      let unreached = 0;
      const queue = [...points];
      const worker = async () => {
        for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
          const fault = await killedAt(scenario, ...point);
          if (fault === UNREACHED) unreached += 1;
          else if (fault !== null) faults.push(fault);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      const reached = points.length - unreached;
      console.log(`${scenario.name}: ${reached - faults.length} of ${reached} kill points recovered`);
      expect(reached).toBeGreaterThan(points.length * LEAST_SHARE);
      expect(faults).toEqual([]);
    },
  );
});

describe('two applies of one environment at once', () => {
  it('are one apply: the other is told who is at it', async () => {
    const { emulator, run } = await prepared({ name: 'two', before: null, after: stack(2) }, 'two');
    const runs = await Promise.all([run().ended, run().ended, run().ended]);
    await emulator.world.settled();
    expect(runs.map(({ code }) => code).toSorted((a, b) => (a ?? -1) - (b ?? -1))).toEqual([0, 6, 6]);
    expect(runs.filter(({ code }) => code === 6).every(({ stderr }) => stderr.includes('[LOCKED]'))).toBe(
      true,
    );
    expect(emulator.world.physical.size).toBe(2);
    await emulator.stop();
  });
});
