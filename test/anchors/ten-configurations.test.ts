import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { estimateOf } from '../_support/artifact-bills';
import { memoryFiles } from '../lib/artifacts/memory-files';
import configurations from './ten-configurations.json';

/** As people write them, by name, with their files. */
const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, object>>>> = configurations;

const HOURS = 730;
/** USD in us-east-1: a GB and month of gp3, hours of a NAT gateway and of a public address. */
const [GP3, NAT, ADDRESS] = [0.08, 0.045, 0.005];

/** What a month of each costs by the list prices, added up by hand. */
const BY_HAND_USD: Readonly<Record<string, number>> = {
  // Three g6e.xlarge with 200 GB, two t3.large with the 50 of the default, one t3.micro with 8 that only production has.
  'merged ranges':
    3 * (HOURS * 1.861 + 200 * GP3) + 2 * (HOURS * 0.0832 + 50 * GP3) + HOURS * 0.0104 + 8 * GP3,
  // Of three volumes one is switched off.
  'dynamic block': HOURS * 0.252 + (30 + 100 + 500) * GP3,
  // The cluster is in extended support on the day of the bill: 0.10 + 0.50 USD an hour.
  'modules for each':
    HOURS * 0.6 + 3 * HOURS * (NAT + ADDRESS) + HOURS * (2 * 0.192 + 2.24208) + 3 * 50 * GP3,
  'provider with an alias': 2 * (HOURS * 0.2016 + 20 * GP3),
  // Two calls of three, and one by their output.
  'modules in modules': 7 * (HOURS * 0.34 + 10 * GP3),
  // A Multi-AZ db.m6i.2xlarge with gp3 in both zones, two keys, a balancer with an address in each of two subnets.
  'lookups and sets': HOURS * 1.424 + 100 * 0.23 + 2 * 1 + HOURS * (0.0225 + 2 * ADDRESS),
  // Two endpoints in three zones; gateways in three zones of one network, and a single one of the other.
  networks: 2 * 3 * HOURS * 0.01 + 4 * HOURS * (NAT + ADDRESS),
  // gp3 beyond the 3,000 IOPS and 125 MB/s that it includes.
  workspace: 2 * (HOURS * 55.04 + 500 * GP3 + 3000 * 0.005 + 375 * 0.04),
  'chained for_each': HOURS * (1.515 + 2 * 25.251),
};

function billed(name: string, given: Readonly<Record<string, string>> = {}) {
  const files = Object.entries(CONFIGURATIONS[name] ?? {}).map(([path, file]) => [`infra/${path}`, file]);
  const folder = memoryFiles(Object.fromEntries(files) as Readonly<Record<string, object>>);
  const context = { region: 'us-east-1', given: new Map(Object.entries(given)) };
  return estimateOf(readArtifacts(folder, 'infra', context).resources).estimate;
}

describe('the bills of configurations are those added up by hand', () => {
  it.each(Object.entries(BY_HAND_USD))('%s', (name, byHandUsd) => {
    const estimate = billed(name, name === 'workspace' ? { 'terraform.workspace': 'default' } : {});
    expect(estimate.unpriced).toEqual([]);
    expect(estimate.totals.monthlyUsd.base).toBeCloseTo(byHandUsd, 2);
  });

  it('without its workspace the size of a group is open, and the line says what decides it', () => {
    const { unpriced, lines } = billed('workspace');
    expect(unpriced).toEqual(['aws_autoscaling_group.gpu']);
    expect(lines.at(-1)?.basis).toBe('DesiredCapacity depends on terraform.workspace');
  });

  it('counts that only the deployment knows are billed once, and say what decides them', () => {
    const { lines } = billed('open counts', { ami: 'ami-1' });
    const decided = lines.map(({ key, basis }) => [key, /how often: ([^;]*)/.exec(basis)?.[1]]);
    expect(Object.fromEntries(decided)).toMatchObject({
      'aws_instance.known.instance': undefined,
      'aws_instance.many.instance': 'data.aws_availability_zones.z.names',
      'aws_instance.var.instance': 'variable n',
    });
  });
});
