import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { memoryFiles, problemsIn, SMALL } from '../memory-files';

const HOUR = 3600;
/** 2026-06-01, a Monday. */
const MONDAY = Date.UTC(2026, 5, 1) / 1000;
const WEEK_HOURS = 168;

/** Two weeks of requests: on working days 60 an hour from 8 to 18, else 6; 1,000 tokens in and 200 out on average. */
function trace(): string {
  const rows = ['timestamp,input_tokens,output_tokens'];
  for (let hour = 0; hour < 2 * WEEK_HOURS; hour += 1) {
    const isWorking = hour % WEEK_HOURS < 5 * 24 && hour % 24 >= 8 && hour % 24 < 18;
    const count = isWorking ? 60 : 6;
    for (let at = 0; at < count; at += 1) {
      const seconds = MONDAY + hour * HOUR + (at * HOUR) / count;
      rows.push(`${seconds},${at % 2 === 0 ? 500 : 1500},${at % 3 === 0 ? 400 : 100}`);
    }
  }
  return rows.join('\n');
}

const TRAFFIC = `      requestsPerSecond: { mean: 1, peak: 2 }
      inputTokens: { mean: 1000 }
      outputTokens: { mean: 200 }
`;
const traced = (beside = '') => SMALL.replace(TRAFFIC, `      trace: logs/requests.csv\n${beside}`);
const files = (environment: string, csv = trace()) =>
  memoryFiles({ 'env/e.yaml': environment, 'env/logs/requests.csv': csv });
const read = (environment: string, csv?: string) => {
  const found = readEnvironment('env/e.yaml', files(environment, csv));
  const traffic = found.environment.scenarios['chat']?.traffic;
  if (traffic === undefined) throw new Error('no traffic');
  return { ...found, traffic };
};
const problems = (environment: string, csv?: string) =>
  problemsIn(() => readEnvironment('env/e.yaml', files(environment, csv)));

describe('traffic.trace', () => {
  it('gives mean, peak, lengths and the hours of both kinds of day', () => {
    const { traffic, sources } = read(traced());
    const requests = 10 * (10 * 60 + 14 * 6) + 4 * 24 * 6;
    expect(traffic.requestsPerSecond.mean).toBeCloseTo(requests / (2 * WEEK_HOURS * HOUR), 4);
    expect(traffic.requestsPerSecond.peak).toBeGreaterThanOrEqual(60 / HOUR);
    expect(traffic.inputTokens.mean).toBeCloseTo(1000, 3);
    expect(traffic.inputTokens.variation).toBeCloseTo(0.5, 3);
    expect(traffic.outputTokens.p95).toBeGreaterThan(390);
    expect(traffic.burstiness).toBeUndefined();
    expect(traffic.profile?.workingDay[9]).toBeCloseTo(60 / HOUR, 5);
    expect(traffic.profile?.workingDay[3]).toBeCloseTo(6 / HOUR, 5);
    expect(traffic.profile?.weekendDay?.[9]).toBeCloseTo(6 / HOUR, 5);
    expect(sources).toEqual(['env/e.yaml', 'env/logs/requests.csv']);
  });

  it('brings the bursts of seconds: three requests at once every ten seconds vary three times as much', () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => {
      const burst = Math.floor(at / 3);
      return `${MONDAY + burst * 10 + (burst % 7)},${at % 2 === 0 ? 500 : 1500},200`;
    });
    const { traffic } = read(traced(), ['timestamp,input_tokens,output_tokens', ...rows].join('\n'));
    expect(traffic.burstiness).toBeCloseTo(3, 2);
  });

  it('yields to what is written beside it', () => {
    const { traffic } = read(
      traced('      requestsPerSecond: { peak: 9 }\n      inputTokens: { mean: 3000 }\n'),
    );
    expect(traffic.requestsPerSecond.peak).toBe(9);
    expect(traffic.requestsPerSecond.mean).toBeLessThan(1);
    // Median and 95th percentile of the trace belong to another distribution.
    expect(traffic.inputTokens).toEqual({ mean: 3000 });
    expect(traffic.outputTokens.mean).toBeCloseTo(200, 0);
  });

  it('is found beside the file that names it, also where another extends that', () => {
    const found = readEnvironment(
      'other/e.yaml',
      memoryFiles({
        'other/e.yaml': 'extends: ../env/e.yaml\nname: mine\n',
        'env/e.yaml': traced(),
        'env/logs/requests.csv': trace(),
      }),
    );
    expect(found.environment.scenarios['chat']?.traffic.inputTokens.mean).toBeCloseTo(1000, 3);
  });

  it('takes all days for alike where it is shorter than a week', () => {
    const day = trace().split('\n').slice(0, 700).join('\n');
    const { profile } = read(traced(), day).traffic;
    expect(profile?.workingDay).toHaveLength(24);
    expect(profile?.weekendDay).toBeUndefined();
  });

  it('is reported where its row stands, and nothing that it would have given is reported as missing', () => {
    const csv = trace().split('\n').with(3, '1780272060,many,200').join('\n');
    expect(problems(traced(), csv)).toMatchObject([
      { code: 'WRONG_TYPE', at: 'env/logs/requests.csv:4:12', got: '"many"' },
    ]);
  });

  it('is reported where it is named, when there is no such file', () => {
    const environment = traced().replace('requests.csv', 'request.csv');
    expect(problems(environment)).toMatchObject([{ code: 'FILE_UNREADABLE', at: 'env/e.yaml:7:14' }]);
  });

  it.each(['/etc/passwd', 'https://example.org/a.csv'])('must be relative: %s', (path) => {
    expect(problems(traced().replace('logs/requests.csv', path))).toMatchObject([
      { code: 'FILE_UNREADABLE', expected: 'a path relative to this file' },
    ]);
  });

  it('is reported beside other mistakes', () => {
    const environment = traced()
      .replace('requests.csv', 'none.csv')
      .replace('title: Chat', 'title: Chat\n    route: directly');
    expect(problems(environment).map(({ code }) => code)).toEqual(['NOT_A_CHOICE', 'FILE_UNREADABLE']);
  });

  it('cannot have a peak below the mean that is written beside it', () => {
    expect(problems(traced('      requestsPerSecond: { mean: 50 }\n'))).toMatchObject([
      { code: 'CONFLICT', at: 'env/e.yaml:7:14' },
    ]);
  });

  it('is read from disk in pieces, whatever their borders', () => {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-trace-'));
    writeFileSync(
      join(folder, 'requests.csv'),
      `${trace()}\n`.replaceAll('\n', ',é\n').replace(',é', ',note'),
    );
    writeFileSync(join(folder, 'e.yaml'), traced().replace('logs/', ''));
    const { environment } = readEnvironment(join(folder, 'e.yaml'));
    expect(environment.scenarios['chat']?.traffic.inputTokens.mean).toBeCloseTo(1000, 3);
  });
});
