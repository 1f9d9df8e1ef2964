import { afterEach, describe, expect, it } from 'vitest';
import type { Surroundings } from '#bin/command';
import { main } from '#bin/main';
import { builtWith } from '#bin/package-root';
import { askAll } from '#bin/preflight/ask-all';
import { askersOf } from '#bin/preflight/askers-of';
import { deploymentsFor } from '#bin/preflight/deployments-for';
import { preflightOf, requirementsOf } from '#lib/preflight/make-preflight';
import type { Check, Preflight } from '#lib/preflight/preflight';
import { preflightSchema } from '#lib/report/documents/preflight';
import type { ApiServer } from '../../_support/api-server';
import { remembered } from '../../_support/remembered';
import { awsAccount, type AwsAccount } from '../../_support/aws-account';

const ENVIRONMENT = 'environments/support.yaml';
const SECRET = 'a-secret-of-nobody';
/** The plan of `support` on EKS: two p5.4xlarge (16 vCPUs), three m6i.xlarge (4) at most, one NAT gateway, two zones. */
const READY: AwsAccount = {
  bootstrap: 30,
  quotas: { 'L-417A185B': 64, 'L-1216C47A': 64, 'L-F678F1CE': 5, 'L-0263D0A3': 5, 'L-FE5A380F': 5 },
  offerings: {
    'p5.4xlarge': ['us-east-1a', 'us-east-1b', 'us-east-1f'],
    'm6i.xlarge': ['us-east-1a', 'us-east-1b'],
  },
  reservations: [{ id: 'cr-0a', type: 'p5.4xlarge', zone: 'us-east-1a', available: 2 }],
};

let server: ApiServer | undefined;
afterEach(() => server?.close());

function surroundings(account: AwsAccount | null): Surroundings {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: SECRET };
  return {
    today: '2026-11-30',
    now: () => '2026-11-30T09:00:00Z',
    color: false,
    width: 100,
    debug: true,
    download: { attempts: 2, backoffMs: 1, silenceMs: 2000 },
    variables: {
      PATH: process.env['PATH'],
      ...(server === undefined ? {} : { AWS_ENDPOINT_URL: server.root }),
    },
    awsCredentials: () => Promise.resolve(account === null ? null : credentials),
  };
}

async function doctor(account: AwsAccount, words: readonly string[]) {
  server = await awsAccount(account);
  return main(['doctor', ...words], surroundings(account));
}

/** What `deploy` names, or an option, planned once. */
const planned = remembered((option: string | undefined) =>
  deploymentsFor({ environmentPath: ENVIRONMENT, option }),
);

/** The document of a deployment in an account, without a command line around it. */
async function checks(account: AwsAccount | null, option?: string) {
  server = account === null ? undefined : await awsAccount(account);
  const { deployments, catalog } = planned(option);
  const request = { environment: 'support', deployments, catalog, versions: builtWith() };
  const askers = await askersOf({ offline: false, surroundings: surroundings(account) });
  const verdicts = await askAll(requirementsOf(request), askers, () => undefined);
  const made = preflightOf({ ...request, offline: false, checkedAt: '2026-11-30T09:00:00Z' }, verdicts);
  const document = preflightSchema.parse(made) satisfies Preflight;
  const by = (id: string): Check => {
    const found = document.checks.find((check) => check.id === id);
    if (found === undefined) throw new Error(`no check ${id} among ${document.checks.map((check) => check.id).join(', ')}`); // prettier-ignore
    return found;
  };
  return { document, by, failures: document.counts.failed };
}

const EKS = 'eks';

describe('landfall doctor on EKS', () => {
  it('passes an account that has everything, and says what it found', async () => {
    const { document, by } = await checks(READY, EKS);
    expect([document.counts.failed, document.counts.skipped]).toEqual([0, 0]);
    expect(by('quota.ec2-on-demand-p.us-east-1').text).toBe(
      'L-417A185B Running On-Demand P instances: 64 vCPU, 0 in use, need 32',
    );
    expect(by('capacity.reservation.eks.gpu').state).toBe('passed');
    expect(by('cluster.eks.support-support').text).toContain('does not exist yet');
    expect(JSON.stringify(document)).not.toContain(SECRET);
  });

  it('counts what runs already, of the same family and purchase, and not what is its own', async () => {
    const own = { 'landfall:environment': 'support', 'landfall:option': 'eks' };
    const { by, failures } = await checks(
      {
        ...READY,
        instances: [
          { type: 'p4d.24xlarge', vcpus: 96 },
          { type: 'p5.4xlarge', vcpus: 16, tags: own },
          { type: 'p5.4xlarge', vcpus: 16, tags: { ...own, 'landfall:option': 'other' } },
          { type: 'p5.48xlarge', vcpus: 192, lifecycle: 'spot' },
          { type: 'p5.48xlarge', vcpus: 192, lifecycle: 'capacity-block' },
          { type: 'g5.xlarge', vcpus: 4 },
        ],
      },
      EKS,
    );
    const quota = by('quota.ec2-on-demand-p.us-east-1');
    expect([failures, quota.state]).toEqual([1, 'failed']);
    expect(quota.text).toContain('64 vCPU, 112 in use, need 32');
    expect(quota.fix).toBe(
      'aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-417A185B --desired-value 144 --region us-east-1',
    );
  });

  it('asks what every account begins with where no value was ever applied', async () => {
    const { quotas, ...rest } = READY;
    const { by } = await checks({ ...rest, quotas: {}, defaultQuotas: { ...quotas, 'L-417A185B': 0 } }, EKS);
    expect(by('quota.ec2-on-demand-p.us-east-1').text).toContain('0 vCPU');
    expect(by('quota.vpc-vpcs.us-east-1').state).toBe('passed');
  });

  it.each([
    [
      'a region without the type',
      { offerings: { 'm6i.xlarge': ['us-east-1a', 'us-east-1b'] } },
      'capacity.offering.p5.4xlarge.us-east-1',
      'failed',
      'not offered in us-east-1',
    ],
    [
      'a zone without it',
      { offerings: { ...READY.offerings, 'p5.4xlarge': ['us-east-1b'] } },
      'capacity.offering.p5.4xlarge.us-east-1',
      'warning',
      'us-east-1b only',
    ],
    [
      'no reservation',
      { reservations: [] },
      'capacity.reservation.eks.gpu',
      'warning',
      '0 of 2 × p5.4xlarge held',
    ],
    ['no bootstrap', { bootstrap: undefined }, 'identity.bootstrap.us-east-1', 'failed', 'not bootstrapped'],
    ['an old bootstrap', { bootstrap: 5 }, 'identity.bootstrap.us-east-1', 'failed', 'v6 or later'],
    [
      'a full zone of gateways',
      { natGateways: Array.from({ length: 5 }, () => 'us-east-1a') },
      'quota.vpc-nat-gateways.us-east-1',
      'failed',
      '5 gateway, 5 in use',
    ],
    ['no room for a VPC', { vpcs: 5 }, 'quota.vpc-vpcs.us-east-1', 'failed', '5 in use'],
    [
      'a user who may do everything',
      { arn: 'arn:aws:iam::123456789012:root' },
      'identity.aws',
      'warning',
      ':root',
    ],
    [
      'a cluster that is being made',
      { eks: { 'support-support': { status: 'CREATING', version: '1.35' } } },
      'cluster.eks.support-support',
      'failed',
      'CREATING',
    ],
    [
      'a cluster of another version',
      { eks: { 'support-support': { status: 'ACTIVE', version: '1.33' } } },
      'cluster.eks.support-support',
      'warning',
      '1.33',
    ],
    [
      'no right to see quotas',
      { denied: ['GetServiceQuota'] },
      'quota.vpc-vpcs.us-east-1',
      'skipped',
      'it needs servicequotas:GetServiceQuota',
    ],
    [
      'no right to see instances',
      { denied: ['DescribeInstances'] },
      'quota.ec2-on-demand-p.us-east-1',
      'warning',
      'how much is in use was not told',
    ],
  ] as const)('tells %s', async (_, change, id, state, text) => {
    // prettier-ignore
    const { by, failures } = await checks({ ...READY, ...change }, EKS);
    expect(by(id)).toMatchObject({ state, text: expect.stringContaining(text) as string });
    expect(failures).toBe(state === 'failed' ? 1 : 0);
  });

  it('gives every failure a remedy', async () => {
    const { document } = await checks({ quotas: {} }, EKS);
    const failures = document.checks.filter(({ state }) => state === 'failed');
    expect(failures.length).toBeGreaterThan(2);
    expect(failures.filter(({ fix }) => fix === null)).toEqual([]);
  });

  it('skips what hangs on credentials where there are none, and passes none of it', async () => {
    const { document, failures } = await checks(null, EKS);
    expect(failures).toBe(0);
    const groups = new Set(['identity', 'quota', 'capacity', 'cluster']);
    const asked = document.checks.filter(({ group }) => groups.has(group));
    expect(new Set(asked.map(({ state }) => state))).toEqual(new Set(['skipped']));
    expect(asked.length).toBeGreaterThanOrEqual(10);
  });

  it('fits the screen', async () => {
    const { stdout, exitCode } = await doctor({ ...READY, quotas: { ...READY.quotas, 'L-417A185B': 8 } }, [
      ENVIRONMENT,
      '--option',
      'eks',
    ]);
    expect(exitCode).toBe(6);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(stdout).toContain('support: not ready to deploy');
    expect(stdout).toContain('✖ L-417A185B Running On-Demand P instances: 8 vCPU, 0 in use, need 32');
    expect(stdout.replaceAll(/ \\\n +/g, ' ')).toContain('--quota-code L-417A185B --desired-value 32');
  });
});

describe('landfall doctor on managed models', () => {
  const MODEL = 'openai.gpt-oss-120b-1:0';
  const TOKENS = `quota.bedrock-tokens-in-region.${MODEL}.us-east-1`;
  const NAMES = [
    ['L-036E14D8', 'On-demand model inference tokens per minute for OpenAI GPT OSS 20B', 1],
    ['L-52D2B6E2', 'On-demand model inference tokens per minute for OpenAI GPT OSS 120B', 2_000_000],
    ['L-25B50707', 'On-demand model inference requests per minute for OpenAI GPT OSS 120B', 10_000],
  ] as const;

  it('holds the busiest minute against the quotas of the model', async () => {
    const { by, failures } = await checks({
      bootstrap: 30,
      models: { [MODEL]: 'AVAILABLE' },
      listedQuotas: { bedrock: NAMES },
    });
    // The peak of 8.5 requests/s grows by 3 % in each of the 11 months after the first: 706 in a minute, of which 30 %
    // of 1,155 prompt tokens come from the cache.
    const requests = 8.5 * 60 * 1.03 ** 11;
    const need = Math.ceil(requests * (1155 * 0.7 + 211));
    expect(by(TOKENS).text).toContain(`2,000,000 token/min, need ${need.toLocaleString('en-US')}`);
    expect([failures, by(TOKENS).state]).toEqual([0, 'passed']);
  });

  it('tells a quota that the busiest minute breaks, and one that nobody lists', async () => {
    const short = NAMES.map(([code, name]) => [code, name, 100] as const).slice(0, 2);
    const { by, failures } = await checks({
      bootstrap: 30,
      models: { [MODEL]: 'PENDING' },
      listedQuotas: { bedrock: short },
    });
    expect([failures, by(TOKENS).state]).toEqual([1, 'failed']);
    expect(by(`quota.bedrock-requests-in-region.${MODEL}.us-east-1`).state).toBe('skipped');
    expect(by(`model.managed.${MODEL}.us-east-1`)).toMatchObject({ state: 'warning' });
  });

  it('tells a model that the region does not sell', async () => {
    const { by } = await checks({ bootstrap: 30 });
    expect(by(`model.managed.${MODEL}.us-east-1`)).toMatchObject({
      state: 'failed',
      text: `Bedrock has no ${MODEL} in us-east-1`,
    });
  });
});

describe('landfall doctor --offline', () => {
  it('asks nobody but this machine', async () => {
    const { stdout, exitCode } = await doctor(READY, [ENVIRONMENT, '--option', 'eks', '--offline', '--json']);
    const document = preflightSchema.parse(JSON.parse(stdout));
    expect([exitCode, document.offline, server?.requests]).toEqual([0, true, []]);
    expect(document.checks.find(({ id }) => id === 'tool.library.aws-cdk-lib')?.state).toBe('passed');
  });

  it('names the command that comes next with the option that was asked for', async () => {
    const { stdout } = await doctor(READY, [ENVIRONMENT, '--option', 'eks', '--offline']);
    expect(stdout).toContain(`landfall plan ${ENVIRONMENT} --option eks\n`);
  });
});
