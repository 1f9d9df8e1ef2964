import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shippedCase } from '../_support/decision';
import { base, replicasFor } from './fleet-arithmetic';

/**
 * Every line of the three AWS bills of `environments/support.yaml`, from the rows of the price file and the numbers of the
 * environment, by none of the code that makes plans or bills. What a replica can do is the sizing's, and taken from the plan:
 * replicas for the described peak, on which node, with how large weights.
 */
const [MONTHS, GROWTH, SIZED_FOR, AVAILABILITY, RATE] = [36, 0.03, 12, 0.995, 0.09] as const;
const [REQUESTS_PER_SECOND, TOKENS_IN, TOKENS_OUT, HOURS] = [2.2, 1155, 211, 730] as const;

const { options } = shippedCase('support');
const planOf = (id: string) => {
  const plan = options.find((option) => option.id === id)?.plan;
  if (plan === undefined) throw new Error(`no plan of ${id}`);
  return plan;
};
const requests = REQUESTS_PER_SECOND * HOURS * 3600;
const months = Array.from({ length: MONTHS }, (_, month) => month + 1);
const traffic = (month: number) => (1 + GROWTH) ** (month - 1);

const Row = z.object({
  service: z.string(),
  sku: z.string(),
  region: z.string(),
  term: z.string(),
  unit: z.string(),
  usd: z.number(),
});
const rows = z.array(Row).parse(JSON.parse(readFileSync('lib/catalog/data/prices/aws.json', 'utf8')));

/** The one price of a thing in us-east-1, paid by use. */
function usd(service: string, sku: string, unit: string): number {
  const found = rows.filter(
    (row) =>
      row.service === service &&
      row.sku === sku &&
      row.unit === unit &&
      row.term === 'on-demand' &&
      ['us-east-1', '*'].includes(row.region),
  );
  expect(found, `${service} ${sku}`).toHaveLength(1);
  return found[0]?.usd ?? Number.NaN;
}

/** Cash by month, month 0 first. */
type Cash = readonly number[];
const paid = (of: (month: number) => number): Cash => [0, ...months.map(of)];
const steady = (amount: number) => paid(() => amount);
const byUse = (amount: number) => paid((month) => amount * traffic(month));
const atLaunch = (amount: number): Cash => [amount];
const atEnd = (amount: number) => paid((month) => (month === MONTHS ? amount : 0));

/** Nodes with one replica each; the deployed ones carry the peak of the month that they are sized for. */
function nodesOf(id: string): (month: number) => number {
  const [replica] = planOf(id).growth?.replicas ?? [];
  if (replica === undefined) throw new Error(`${id} does not grow`);
  const { perDescribedPeak, beyondLoad } = replica;
  const nodes = (month: number) =>
    replicasFor(Math.ceil(perDescribedPeak * traffic(month)) + beyondLoad, AVAILABILITY);
  return (month) => nodes(Math.max(month, SIZED_FOR));
}

const shapeOf = (id: string) => planOf(id).nodePools[0]?.shape ?? '';

const sumOf = (of: string, layers: readonly string[]) =>
  layers.reduce((sum, layer) => sum + base(`${of}.${layer}`), 0);
const engineer = base('people.loaded-usd-per-year') / 12;

function people(layers: readonly string[]): Record<string, Cash> {
  return {
    'people.run': steady(sumOf('people.run.fte', layers) * base('people.run.scale.gpus-8') * engineer),
    'people.build': atLaunch(sumOf('people.build.usd', layers)),
  };
}

/** Answers of five bytes a token to the callers, a log line of 1,000 bytes a request, and its last year taken along. */
function answersAndLogs(logs: string): Record<string, Cash> {
  const perGb = usd('data-transfer', 'internet out from 0 GB', 'GB');
  const logsGb = (requests * 1000) / 1e9;
  const kept = months
    .slice(-base('exit.kept-log-months'))
    .reduce((sum, month) => sum + logsGb * traffic(month), 0);
  return {
    'egress.from-0-gb': byUse(((requests * TOKENS_OUT * base('egress.bytes-per-token')) / 1e9) * perGb),
    [logs]: byUse(logsGb * usd('cloudwatch', 'Logs ingested (standard)', 'GB')),
    'exit.egress-logs': atEnd(kept * base('exit.egress-billed-share') * perGb),
  };
}

const key = usd('kms', 'Customer managed key', 'key-month');
const disk = usd('ebs', 'gp3 storage', 'GB-month');
const gpuNodes = nodesOf('eks');
const instances = nodesOf('sagemaker');
const weightsGb = ((planOf('eks').sizing?.weightsGib ?? Number.NaN) * 2 ** 30) / 1e9;
const managed = planOf('bedrock').managed?.modelId ?? '';
const bothWaysGb = (requests * (TOKENS_IN + TOKENS_OUT) * base('egress.bytes-per-token')) / 1e9;

const BILLS: Readonly<Record<string, Readonly<Record<string, Cash>>>> = {
  bedrock: {
    'tokens.input': byUse(((requests * TOKENS_IN) / 1e6) * usd('bedrock', managed, '1M input tokens')),
    'tokens.output': byUse(((requests * TOKENS_OUT) / 1e6) * usd('bedrock', managed, '1M output tokens')),
    ...people(['use']),
    'exit.engineering': atEnd(sumOf('exit.engineer-months', ['model', 'model-server']) * engineer),
  },
  sagemaker: {
    'endpoint.instance': paid(
      (month) => instances(month) * HOURS * usd('sagemaker', shapeOf('sagemaker'), 'instance-hour'),
    ),
    'endpoint.volume-key': steady(key),
    'endpoint.alarm': steady(usd('cloudwatch', 'Alarm standard resolution', 'alarm-month')),
    ...answersAndLogs('endpoint.logs'),
    ...people(['use', 'model-server', 'model']),
  },
  eks: {
    'gpu-nodes.instance': paid(
      (month) => gpuNodes(month) * HOURS * usd('ec2', shapeOf('eks'), 'instance-hour'),
    ),
    'gpu-nodes.root-volume': paid((month) => gpuNodes(month) * 200 * disk),
    'cpu-nodes.instance': steady(2 * HOURS * usd('ec2', 'm6i.xlarge', 'instance-hour')),
    'cpu-nodes.root-volume': steady(2 * 80 * disk),
    'cluster.control-plane': steady(HOURS * usd('eks', 'control-plane (standard support)', 'cluster-hour')),
    'cluster.secrets-key': steady(key),
    'network.logs-key': steady(key),
    'network.nat-gateway': steady(HOURS * usd('vpc', 'NAT gateway', 'hour')),
    'network.public-addresses': steady(HOURS * usd('vpc', 'Public IPv4 address', 'hour')),
    'network.nat-data': paid(
      (month) => gpuNodes(month) * weightsGb * usd('vpc', 'NAT gateway data processed', 'GB'),
    ),
    // Both directions are paid, and one request of two crosses to the other zone.
    'network.cross-zone': byUse(
      bothWaysGb * 2 * 0.5 * usd('data-transfer', 'intra-region cross-AZ, per direction', 'GB'),
    ),
    ...answersAndLogs('cluster.logs'),
    ...people(['use', 'network', 'operating-system', 'model-server', 'model']),
  },
};

const perMonth = (1 + RATE) ** (1 / 12) - 1;
const worth = (cash: Cash) => cash.reduce((sum, amount, month) => sum + amount / (1 + perMonth) ** month, 0);
const level = (cash: Cash) => (worth(cash) * perMonth) / (1 - (1 + perMonth) ** -MONTHS);

describe('the bill of AWS, added up by hand', () => {
  it.each(Object.entries(BILLS))('%s is every line of it, to the cent', (id, lines) => {
    const estimate = options.find((option) => option.id === id)?.estimate;
    if (estimate === undefined) throw new Error(`no bill of ${id}`);
    const charged = estimate.lines.filter(({ state }) => state !== 'free');
    expect(charged.map((line) => line.key).toSorted()).toEqual(Object.keys(lines).toSorted());
    for (const { key: name, monthlyUsd, presentValueUsd } of charged) {
      const cash = lines[name] ?? [];
      expect(monthlyUsd, `${name} a month`).toBeCloseTo(level(cash), 2);
      expect(presentValueUsd, `${name}, present value`).toBeCloseTo(worth(cash), 1);
    }
    const all = Object.values(lines);
    expect(estimate.totals.presentValueUsd).toBeCloseTo(
      all.reduce((sum, cash) => sum + worth(cash), 0),
      1,
    );
    estimate.cash.byMonthUsd.forEach((amount, month) =>
      expect(amount, `month ${month}`).toBeCloseTo(
        all.reduce((sum, cash) => sum + (cash[month] ?? 0), 0),
        2,
      ),
    );
  });
});
