import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fullAddress } from '#lib/lifecycle/change';
import { toApprove } from '#lib/lifecycle/danger';
import { CloudFormationEmulator } from '../_support/cloudformation-emulator/emulator';
import { seed } from '../_support/cloudformation-emulator/seed';
import { World } from '../_support/cloudformation-emulator/world';
import { Deployment, haltOf, surroundingsAt } from '../_support/deployment';
import { writeAssembly, type SmallStack } from '../_support/small-assembly';

const emulator = new CloudFormationEmulator();
const root = mkdtempSync(join(tmpdir(), 'landfall-deployment-'));
let endpoint = '';
let count = 0;

beforeAll(async () => {
  endpoint = await emulator.start();
});
beforeEach(() => {
  emulator.world = new World();
  emulator.requests.length = 0;
});
afterAll(async () => {
  await emulator.stop();
  rmSync(root, { recursive: true, force: true });
});

const CANARY = 'CANARY-7f1d0c-value-of-a-property';

const key = (more: object = {}) => ({
  Type: 'AWS::KMS::Key',
  Properties: { Description: CANARY, EnableKeyRotation: true, ...more },
});
const pool = (size: number) => ({
  Type: 'AWS::EKS::Nodegroup',
  Properties: {
    ClusterName: 'c',
    NodeRole: 'r',
    Subnets: ['s'],
    InstanceTypes: ['p5.48xlarge'],
    ScalingConfig: { MinSize: 1, MaxSize: size, DesiredSize: 1 },
  },
});

function deployment(stacks: Readonly<Record<string, SmallStack>>) {
  const folder = join(root, `cdk.out-${(count += 1)}`);
  writeAssembly(folder, stacks);
  const surroundings = surroundingsAt(endpoint);
  return { ...surroundings, on: new Deployment('cdk', folder, surroundings) };
}

describe('a plan of what deploying would change', () => {
  it('finds nothing to do where the template stands', async () => {
    await seed(emulator.world, 'small', { template: { Resources: { Key: key() } } });
    const { on } = deployment({ small: { template: { Resources: { Key: key() } } } });
    expect((await on.plan()).stacks.flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('tells each class of change and danger of a template that stands', async () => {
    const standing = {
      Resources: {
        Key: key(),
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a' } },
        Old: { Type: 'AWS::SNS::Topic' },
        Kept: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
        Pool: pool(2),
      },
    };
    const wanted = {
      Resources: {
        Key: key({ EnableKeyRotation: false }),
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } },
        Pool: pool(4),
        New: { Type: 'AWS::SNS::Topic' },
      },
    };
    await seed(emulator.world, 'small', { template: standing });
    const { dangers, stacks } = await deployment({ small: { template: wanted } }).on.plan();
    const [stack] = stacks;
    expect(stack?.changes.map(({ address, action }) => `${action} ${address}`)).toEqual([
      'replace Bucket',
      'release Kept',
      'update Key',
      'create New',
      'delete Old',
      'update Pool',
    ]);
    expect(dangers.map(({ class: name, address }) => `${name} ${address}`)).toEqual([
      'data-loss small/Bucket',
      'data-loss small/Old',
      'broadening small/Key',
      'restart small/Pool',
    ]);
    expect(toApprove(dangers)).toEqual(['small/Bucket', 'small/Old']);
    expect(JSON.stringify({ dangers, stacks })).not.toContain(CANARY);
  });

  it('only asks: it changes nothing, and asks nothing that the emulator does not know', async () => {
    const { on } = deployment({ small: { template: { Resources: { Key: key() } } } });
    await on.plan();
    expect(new Set(emulator.requests.map(({ operation }) => operation))).toEqual(
      new Set(['GetCallerIdentity', 'AssumeRole', 'DescribeStacks']),
    );
    expect(emulator.unknown).toEqual([]);
  });

  it('is refused where a deployment is stuck, and waits for one under way', async () => {
    await seed(emulator.world, 'small', { template: { Resources: { Key: key() } } });
    const { on, heard } = deployment({ small: { template: { Resources: { Key: key() } } } });
    const stack = emulator.world.stack('small');
    if (stack === undefined) throw new Error('not seeded');
    stack.status = 'UPDATE_ROLLBACK_FAILED';
    expect((await haltOf(() => on.plan())).exitCode).toBe(6);
    stack.status = 'UPDATE_IN_PROGRESS';
    setTimeout(() => (stack.status = 'UPDATE_COMPLETE'), 300);
    expect((await on.plan()).stacks.flatMap(({ changes }) => changes)).toEqual([]);
    expect(heard).toEqual(['small: UPDATE_IN_PROGRESS, waiting for it to end']);
  });
});

describe('an apply of what was reviewed', () => {
  const before = { template: { Resources: { Pool: pool(2), Key: key() } } };
  const after = { template: { Resources: { Pool: pool(4), Key: key() } } };

  it.each([
    ['a place of the review', { Pool: pool(3), Key: key() }, 'small/Pool', 'changed'],
    ['another place', { Pool: pool(2), Key: key({ Enabled: false }) }, 'small/Key', 'appeared'],
    [
      'another resource',
      { Pool: pool(2), Key: key(), Topic: { Type: 'AWS::SNS::Topic' } },
      'small/Topic',
      'appeared',
    ],
    ['a resource that is gone', { Key: key() }, 'small/Pool', 'changed'],
  ])('is refused with 5 where the world moved in %s', async (_, resources, address, how) => {
    await seed(emulator.world, 'small', before);
    const { on } = deployment({ small: after });
    const bundle = await on.plan();
    await seed(emulator.world, 'small', { template: { Resources: resources } });
    const moved = JSON.stringify(emulator.world.stack('small')?.templateText);
    const halted = await haltOf(() => on.apply(bundle));
    expect(halted.exitCode).toBe(5);
    expect(halted.problems.map(({ at, got }) => `${at} ${got ?? ''}`)).toContainEqual(
      expect.stringMatching(new RegExp(`^${address} ${how} since`)),
    );
    expect(JSON.stringify(emulator.world.stack('small')?.templateText)).toBe(moved);
    expect(halted.message).not.toContain(CANARY);
  });

  it('is nothing where it was done already, by whomever', async () => {
    await seed(emulator.world, 'small', before);
    const { on } = deployment({ small: after });
    const bundle = await on.plan();
    await seed(emulator.world, 'small', after);
    expect((await on.apply(bundle)).map(({ result }) => result)).toEqual(['unchanged']);
  });

  it('tells what fails, keeps what stood before it, and does the rest when it is run again', async () => {
    const reason =
      'AsgInstanceLaunchFailures: Could not launch On-Demand Instances. InsufficientInstanceCapacity';
    emulator.world.faults.push({ type: 'AWS::EKS::Nodegroup', reason, times: 1 });
    // The first of the two stands already: each run of the CDK's command line takes seconds.
    await seed(emulator.world, 'keys', { template: { Resources: { Key: key() } } });
    const { on, heard } = deployment({
      keys: { template: { Resources: { Key: key() } } },
      pools: { template: { Resources: { Pool: pool(2) } }, needs: ['keys'], terminationProtection: true },
    });
    const bundle = await on.plan();
    expect(
      bundle.stacks.flatMap((stack) => stack.changes.map((change) => fullAddress(stack, change))),
    ).toEqual(['pools/Pool']);
    const first = await on.apply(bundle);
    expect(first.map(({ result }) => result)).toEqual(['unchanged', 'failed']);
    expect(first[1]?.reason).toContain('InsufficientInstanceCapacity');

    const second = await on.apply(bundle);
    expect(second.map(({ result }) => result)).toEqual(['unchanged', 'applied']);
    expect((await on.plan()).stacks.flatMap(({ changes }) => changes)).toEqual([]);
    expect(emulator.world.orphans()).toEqual([]);
    expect(emulator.unknown).toEqual([]);
    expect(heard.join('\n')).toContain('CREATE_COMPLETE  AWS::EKS::Nodegroup');
    expect([...heard, JSON.stringify([first, second])].join('\n')).not.toContain(CANARY);
  });
});
