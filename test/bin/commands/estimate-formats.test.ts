import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const TEMPLATE = {
  Resources: {
    Gateway: { Type: 'AWS::EC2::NatGateway' },
    Data: { Type: 'AWS::S3::Bucket' },
    Role: { Type: 'AWS::IAM::Role' },
    'Odd<&"': { Type: 'AWS::Future::Thing' },
    Function: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 512 } },
  },
};

function estimate(...words: readonly string[]) {
  return inFolder(async (folder) => {
    const file = join(folder, 'template.json');
    writeFileSync(file, JSON.stringify(TEMPLATE));
    return landfall('estimate', '--app', file, ...words);
  });
}

interface Component {
  readonly name: string;
  readonly monthlyQuantity: string | null;
  readonly price: string | null;
  readonly monthlyCost: string | null;
  readonly usageBased: boolean;
  readonly priceNotFound: boolean;
}

interface Infracost {
  readonly version: string;
  readonly totalMonthlyCost: string;
  readonly projects: readonly {
    readonly breakdown: {
      readonly resources: readonly {
        readonly name: string;
        readonly resourceType: string;
        readonly monthlyCost: string | null;
        readonly metadata: { readonly prices?: readonly object[] };
        readonly costComponents: readonly Component[];
      }[];
      readonly freeResources: readonly { readonly resourceType: string }[];
    };
  }[];
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Keys by what they stand under, of schema/infracost.schema.json (2026-08-21), which allows no others. */
const TOTALS = ['totalHourlyCost', 'totalMonthlyCost', 'totalMonthlyUsageCost'];
const BREAKDOWN = ['resources', 'freeResources', ...TOTALS];
const RESOURCE = ['name', 'resourceType', 'metadata', 'hourlyCost', 'monthlyCost', 'monthlyUsageCost', 'costComponents']; // prettier-ignore
const FORM: Readonly<Record<string, readonly string[]>> = {
  '': ['version', 'metadata', 'currency', 'projects', ...TOTALS, 'pastTotalHourlyCost', 'pastTotalMonthlyCost', 'pastTotalMonthlyUsageCost', 'diffTotalHourlyCost', 'diffTotalMonthlyCost', 'diffTotalMonthlyUsageCost', 'timeGenerated', 'summary'], // prettier-ignore
  metadata: ['infracostCommand', 'vcsBranch', 'vcsCommitSha', 'vcsCommitAuthorName', 'vcsCommitAuthorEmail', 'vcsCommitTimestamp', 'vcsCommitMessage'], // prettier-ignore
  projects: ['name', 'displayName', 'metadata', 'pastBreakdown', 'breakdown', 'diff', 'summary'],
  'projects.metadata': ['path', 'type', 'warnings'],
  'projects.metadata.warnings': ['code', 'message', 'data', 'isError'],
  'projects.pastBreakdown': BREAKDOWN,
  'projects.breakdown': BREAKDOWN,
  'projects.diff': BREAKDOWN,
  'projects.breakdown.resources': RESOURCE,
  'projects.breakdown.freeResources': RESOURCE,
  'projects.breakdown.resources.costComponents': ['name', 'unit', 'hourlyQuantity', 'monthlyQuantity', 'price', 'hourlyCost', 'monthlyCost', 'usageBased', 'priceNotFound'], // prettier-ignore
};

/** Paths of keys that stand where the form names others. */
function* unknownKeys(value: unknown, path = ''): Generator<string> {
  if (Array.isArray(value)) {
    for (const member of value) yield* unknownKeys(member, path);
  } else if (typeof value === 'object' && value !== null) {
    const known = FORM[path];
    for (const [key, member] of Object.entries(value)) {
      const below = path === '' ? key : `${path}.${key}`;
      if (known?.includes(key) === false) yield below;
      yield* unknownKeys(member, below);
    }
  }
}

describe('landfall estimate --format', () => {
  it('infracost counts what is detected, supported, by use, free and unsupported', async () => {
    const { stdout, exitCode } = await estimate('--format', 'infracost');
    expect(exitCode).toBe(0);
    const document: Infracost = JSON.parse(stdout);
    expect([document.version, document.totalMonthlyCost]).toEqual(['0.2', '32.85']);
    expect(document.summary).toEqual({
      totalDetectedResources: 5,
      totalSupportedResources: 3,
      totalUnsupportedResources: 1,
      totalUsageBasedResources: 3,
      totalNoPriceResources: 1,
      unsupportedResourceCounts: { 'AWS::Future::Thing': 1 },
      noPriceResourceCounts: { 'AWS::IAM::Role': 1 },
    });
    const [project] = document.projects;
    expect(project?.breakdown.freeResources.map(({ resourceType }) => resourceType)).toEqual([
      'AWS::IAM::Role',
    ]);
    const [gateway, , lambda] = project?.breakdown.resources ?? [];
    expect(gateway).toMatchObject({ resourceType: 'AWS::EC2::NatGateway', monthlyCost: '32.85' });
    expect(gateway?.costComponents[0]).toMatchObject({
      monthlyQuantity: '730',
      price: '0.045',
      usageBased: false,
    });
    expect(gateway?.metadata.prices?.[0]).toMatchObject({
      component: gateway?.costComponents[0]?.name,
      source: 'aws-price-list-platform-study-2026-09',
      asOf: '2026-09-25',
      method: 'secondary',
      derived: false,
    });
    expect(gateway?.costComponents[1]).toMatchObject({
      monthlyQuantity: null,
      monthlyCost: null,
      usageBased: true,
    });
    expect(lambda?.costComponents[1]?.price).toBe('0.0000166667');
  });

  it('infracost has no key that its form does not name, and times that its readers parse', async () => {
    const { stdout } = await estimate('--format', 'infracost');
    expect([...unknownKeys(JSON.parse(stdout))]).toEqual([]);
    const times = [...stdout.matchAll(/"(?:timeGenerated|vcsCommitTimestamp)": "(.*)"/g)];
    expect(times).toHaveLength(2);
    for (const [, time] of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it.each(['infracost', 'junit', 'sarif'])('%s says how old and how firm the prices are', async (format) => {
    const { stdout } = await estimate('--format', format);
    expect(stdout).toMatch(/oldestPrice"(?: value=|: )"\d{4}-\d\d-\d\d"/);
    expect(stdout).toMatch(/derivedShare"(?: value="|: )[01]/);
  });

  it('csv gives the source, day and method of each price', async () => {
    const { stdout } = await estimate('--format', 'csv');
    const [head, ...rows] = stdout.split('\r\n');
    expect(head).toMatch(/source,asOf,.*,method,layer$/);
    expect(
      rows.some((row) => /aws-price-list-platform-study-2026-09,2026-09-25,.*,secondary,bundled/.test(row)),
    ).toBe(true);
  });

  it('infracost refuses the book of a plan, which has no resources', async () => {
    const { stderr, exitCode } = await landfall(
      'estimate',
      'environments/support.yaml',
      '--option',
      'eks',
      '--format',
      'infracost',
    );
    expect([exitCode, stderr.includes('--from artifacts')]).toEqual([4, true]);
  });

  it('junit is XML whatever resources are called, with the budget as a test', async () => {
    // A day on which its prices are too old, which is a skipped test too.
    const { stdout, exitCode } = await estimate(
      '--format',
      'junit',
      '--budget',
      '30',
      '--as-of',
      '2027-12-31',
    );
    expect(exitCode).toBe(3);
    expect(stdout).toContain('tests="4" failures="1" skipped="2"');
    expect(stdout).toContain('<failure message="32.85 of 30.00 USD a month: 2.85 over"></failure>');
    expect(stdout).toContain('template/Odd&lt;&amp;&quot;');
    expect(stdout).not.toMatch(/Odd<|&(?!amp;|lt;|gt;|quot;|apos;)/);
  });

  it('sarif names the rule, the file and the resource of each result', async () => {
    const { stdout, exitCode } = await estimate('--format', 'sarif', '--budget', '30');
    expect(exitCode).toBe(3);
    const { version, runs } = JSON.parse(stdout) as {
      version: string;
      runs: {
        results: {
          ruleId: string;
          level: string;
          locations: { logicalLocations?: { fullyQualifiedName: string }[] }[];
        }[];
      }[];
    };
    expect(version).toBe('2.1.0');
    const results = runs[0]?.results ?? [];
    expect(results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId)).toEqual(['budget']);
    const odd = results.find(({ ruleId }) => ruleId === 'unaccounted-resource');
    expect(odd?.locations[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe('template/Odd<&"');
  });

  it.each([
    ['text', 'Budget'],
    ['markdown', 'Budget'],
    ['json', '"overUsd": 2.85'],
  ])('%s says how far the budget is passed', async (format, said) => {
    const { stdout, exitCode } = await estimate('--format', format, '--budget', '30');
    expect(exitCode).toBe(3);
    expect(stdout).toContain(said);
  });

  it('a budget that holds exits 0, and says where lines without a price come on top', async () => {
    const { stdout, exitCode } = await estimate('--budget', '40');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('within so far');
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it.each(['much', '-5', '1e3', ''])('refuses a budget of %j', async (budget) => {
    const { stderr, exitCode } = await estimate('--budget', budget);
    expect([exitCode, stderr.includes('--budget')]).toEqual([4, true]);
  });

  it.each(['text', 'markdown'])('%s says how old and how firm the prices are', async (format) => {
    const { stdout } = await estimate('--format', format);
    expect(stdout).toMatch(/prices from \d{4}-\d\d-\d\d to \d{4}/);
  });

  it('csv says of each line its date and whether its price is derived or assumed', async () => {
    const { stdout } = await estimate('--format', 'csv');
    expect(stdout.split('\r\n')[0]).toContain('asOf,derived,assumed');
  });
});

describe('landfall estimate --init-usage', () => {
  it('writes amounts of a size, ten times more for the next one, and the bill takes them', async () => {
    const costs = await Promise.all(
      ['small', 'medium', 'large'].map((preset) =>
        inFolder(async (folder) => {
          const [file, usage] = [join(folder, 'template.json'), join(folder, 'usage.yaml')];
          writeFileSync(file, JSON.stringify(TEMPLATE));
          const written = await landfall('estimate', '--app', file, '--init-usage', '--preset', preset);
          writeFileSync(usage, written.stdout);
          const { stdout } = await landfall('estimate', '--app', file, '--usage', usage, '--json');
          const { lines } = JSON.parse(stdout) as { lines: { state: string; monthlyUsd: number | null }[] };
          const byUse = lines
            .filter(({ state }) => state === 'usage')
            .map(({ monthlyUsd }) => monthlyUsd ?? Number.NaN);
          return byUse.reduce((sum, usd) => sum + usd, 0);
        }),
      ),
    );
    const [small = 0, medium = 0, large = 0] = costs;
    expect(small).toBeGreaterThan(0);
    expect([medium / small, large / medium].map((ratio) => Math.round(ratio))).toEqual([10, 10]);
  });

  it('offers runs of a duration beside the amount, and no kind that stands for several units', async () => {
    const { stdout } = await estimate('--init-usage');
    expect(stdout).toContain('"template/Function.duration.runs": null # or instead: runs a month');
    expect(stdout).toContain('"*.duration": null # GB-second a month');
    expect(stdout).toContain('"*.storage": null # GB-month a month: S3 Standard storage');
  });

  it('takes runs from the usage file', () =>
    inFolder(async (folder) => {
      const [file, usage] = [join(folder, 'template.json'), join(folder, 'usage.yaml')];
      writeFileSync(file, JSON.stringify(TEMPLATE));
      writeFileSync(usage, 'usage:\n  "*.duration.runs": 1000000\n  "*.duration.seconds-each": 0.2\n');
      const { stdout } = await landfall('estimate', '--app', file, '--usage', usage, '--json');
      const { lines } = JSON.parse(stdout) as { lines: { key: string; quantity: number }[] };
      expect(lines.find(({ key }) => key.endsWith('.duration'))?.quantity).toBe(100_000);
    }));
});
