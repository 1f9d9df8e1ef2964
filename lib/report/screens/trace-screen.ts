import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { count, percent, quantity } from '#lib/report/format';
import type { TraceSummary } from '#lib/trace/trace-summary';

const BAR = 40;
const DAY_HOURS = 24;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** What `landfall sizing trace` shows: the traffic of a request trace, and the block of an environment that says so. */
export function traceScreen(summary: TraceSummary, file: string): Screen {
  const { inputTokens, outputTokens, hourProfile, weekdayProfile } = summary;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${file} · ${count(summary.requests)} requests in ${quantity(summary.spanSeconds / 3600)} hours`,
      details: [
        `mean ${quantity(summary.meanRequestsPerSecond)} requests/s, peak ${quantity(summary.peakRequestsPerSecond)} (99.9th percentile of one-minute rates), busiest minute ${quantity(summary.busiestRequestsPerSecond)}`,
        burstiness(summary),
      ],
    },
    {
      kind: 'table',
      columns: [
        column('tokens'),
        ...['mean', 'p50', 'p90', 'p95', 'p99', 'max'].map((title) => column(title, 'right')),
      ],
      rows: [['in', inputTokens] as const, ['out', outputTokens] as const].map(
        ([name, { mean, p50, p90, p95, p99, max }]) => [
          name,
          ...[mean, p50, p90, p95, p99, max].map((each) => count(each)),
        ],
      ),
    },
    ...(hourProfile === null ? [] : profile('share of a day by hour', hourProfile, hourNames(summary.clock))),
    ...(weekdayProfile === null ? [] : profile('share of a week by day', weekdayProfile, DAYS)),
    ...unlessEmpty({
      kind: 'lines',
      lines:
        summary.requestsWithoutOutput === 0
          ? []
          : [
              `${count(summary.requestsWithoutOutput)} requests without an output token are counted in everything`,
            ],
    }),
    { kind: 'plot', lines: trafficBlock(summary) },
  ];
}

function burstiness({
  burstiness: whole,
  shortTermBurstiness: short,
  burstinessOfSeconds: seconds,
}: TraceSummary): string {
  if (whole === null || short === null) return 'too short to say how bursty it is';
  return `burstiness (variance ÷ mean of one-minute counts): ${quantity(whole)} over all, ${quantity(short)} from minute to minute${seconds === null ? '' : `, ${quantity(seconds)} from second to second`}; 1 is Poisson`;
}

function hourNames(clock: TraceSummary['clock']): readonly string[] {
  const suffix = clock === 'utc' ? ' UTC' : ' h after the start';
  return Array.from({ length: DAY_HOURS }, (_, hour) => `${String(hour).padStart(2, '0')}${suffix}`);
}

function profile(title: string, shares: readonly number[], names: readonly string[]): Screen {
  const most = Math.max(...shares);
  return [
    { kind: 'heading', level: 2, text: title, details: [] },
    {
      kind: 'plot',
      lines: shares.map(
        (share, index) =>
          `  ${(names[index] ?? '').padEnd(10)} ${percent(share, 1).padStart(7)} ${'█'.repeat(Math.round((share / most) * BAR))}`,
      ),
    },
  ];
}

/** The traffic of an environment, ready to be pasted. */
function trafficBlock({
  meanRequestsPerSecond,
  peakRequestsPerSecond,
  inputTokens,
  outputTokens,
}: TraceSummary): string[] {
  const rate = (value: number) => Number(value.toPrecision(4));
  const tokens = (value: number) => Math.max(1, Math.round(value));
  const lengths = ({ mean, p50, p95, coefficientOfVariation }: TraceSummary['inputTokens']) =>
    `{ mean: ${tokens(mean)}, p50: ${tokens(p50)}, p95: ${tokens(p95)}, variation: ${rate(coefficientOfVariation)} }`;
  return [
    '# or `traffic: { trace: <this file> }`, which keeps the hours of the days too',
    'traffic:',
    `  requestsPerSecond: { mean: ${rate(meanRequestsPerSecond)}, peak: ${rate(peakRequestsPerSecond)} }`,
    `  inputTokens: ${lengths(inputTokens)}`,
    `  outputTokens: ${lengths(outputTokens)}`,
  ];
}
