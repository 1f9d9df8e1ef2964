import { describe, expect, it } from 'vitest';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { readTrace, TraceReader } from '#lib/trace/read-trace';
import type { TraceSummary } from '#lib/trace/trace-summary';

const DAY = 86_400;

function summaryOf(text: string): TraceSummary {
  const reader = new TraceReader('trace.csv');
  reader.push(text);
  return reader.end();
}

function problemOf(text: string): Problem {
  try {
    summaryOf(text);
  } catch (error) {
    if (error instanceof LandfallError) return error.problems[0];
    throw error;
  }
  throw new Error('the trace was read without a fault');
}

function rows(count: number, row: (index: number) => string): string {
  return ['timestamp,input_tokens,output_tokens', ...Array.from({ length: count }, (_, at) => row(at))].join(
    '\n',
  );
}

describe('a trace in a published form', () => {
  it('is read as the Azure LLM inference traces of 2023 and 2024 write it', () => {
    // The first rows of the conversation trace of 2023; a whole second has no fraction in these files.
    const summary = summaryOf(
      'TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n' +
        '2023-11-16 18:15:50.9951690,396,109\r\n2023-11-16 18:16:06,879,55\r\n',
    );
    expect(summary).toMatchObject({ requests: 3, clock: 'utc', hourProfile: null, weekdayProfile: null });
    expect(summary.spanSeconds).toBeCloseTo(19.319, 2);
    expect(summary.inputTokens).toMatchObject({ mean: (374 + 396 + 879) / 3, max: 879 });
    expect(summary.outputTokens.mean).toBeCloseTo((44 + 109 + 55) / 3, 9);
  });

  it('is read as BurstGPT writes it, with failures counted', () => {
    const summary = summaryOf(
      'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n' +
        '5,ChatGPT,472,18,490,Conversation log\n45,ChatGPT,1087,0,1087,Conversation log\n',
    );
    expect(summary).toMatchObject({
      requests: 2,
      requestsWithoutOutput: 1,
      spanSeconds: 40,
      clock: 'since-start',
    });
    expect(summary.inputTokens.max).toBe(1087);
  });

  it('takes plain input and output for tokens, unless other columns count them', () => {
    expect(summaryOf('time,input,output\n0,100,20\n60,300,40\n').inputTokens.mean).toBe(200);
    const both = summaryOf(
      'time,input,input_tokens,output,output_tokens\n0,hi,100,yes,20\n60,ho,300,no,40\n',
    );
    expect([both.inputTokens.mean, both.outputTokens.mean]).toEqual([200, 30]);
  });

  it.each([
    ['seconds since 1970', 'time', ['1700000000', '1700000060.5'], 60.5],
    ['milliseconds since 1970', 'ts', ['1700000000000', '1700000060500'], 60.5],
    ['microseconds since 1970', 'created_at', ['1700000000000000', '1700000060500000'], 60.5],
    ['milliseconds since the start', 'timestamp_ms', ['0', '60500'], 60.5],
    ['seconds since the start', 'arrived_at', ['0.5', '61'], 60.5],
    ['ISO 8601 with a zone', 'Request Time', ['2024-05-10T13:59:59+02:00', '2024-05-10T12:00:59.500Z'], 60.5],
  ])('takes times as %s', (_, column, [from, to], seconds) => {
    const text = `Num Prefill Tokens;${column};OSL\n100;${from};7\n200;${to};9\n`;
    expect(summaryOf(text).spanSeconds).toBeCloseTo(seconds, 5);
  });

  it('may have a byte order mark, quotes, blank lines and line breaks inside a field', () => {
    const text =
      '\u{feff}"prompt","timestamp","input_tokens","output_tokens"\r\n\r\n' +
      '"he said ""1,2""\r\nand left",0,"10",1\r\nplain "x",60,20,"2"';
    expect(summaryOf(text)).toMatchObject({ requests: 2, spanSeconds: 60 });
    expect(summaryOf(text).inputTokens).toMatchObject({ mean: 15, p50: 10, max: 20 });
  });

  it('says the same however the text is cut into pieces', async () => {
    const text =
      '\u{feff}note,timestamp,input_tokens,output_tokens\r\n"a ""b""\r\n",0,10,1\r\n,30,7,3\r\n"",90,20,2\r\n';
    const whole = summaryOf(text);
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      expect(await readTrace(pieces, 'trace.csv')).toEqual(whole);
    }
  });
});

describe('the rates of a trace', () => {
  it('has as peak the busiest minute when it is shorter than 1,000 minutes', () => {
    const text = rows(700, (at) => `${at < 600 ? at : 600 + (at - 600) / 10},100,10`);
    const { meanRequestsPerSecond, peakRequestsPerSecond } = summaryOf(text);
    expect(meanRequestsPerSecond).toBeCloseTo(700 / 609.9, 6);
    expect(peakRequestsPerSecond).toBeCloseTo(100 / 60, 6);
  });

  it('leaves out the busiest minute in a thousand of a long trace', () => {
    // 2,000 minutes, in every second hour ten requests each, and one with a storm of 500 retries.
    const lines = Array.from({ length: 20_000 }, (_, at) => at * 6).filter((at) => at % 7200 < 3600);
    const storm = Array.from({ length: 500 }, (_, at) => 57_600 + at / 10);
    const times = [...lines, ...storm].toSorted((a, b) => a - b);
    const text = rows(times.length, (at) => `${times[at]},100,10`);
    const { peakRequestsPerSecond, busiestRequestsPerSecond } = summaryOf(text);
    expect(peakRequestsPerSecond).toBeCloseTo(10 / 60, 9);
    expect(busiestRequestsPerSecond).toBeCloseTo(510 / 60, 9);
  });

  it('says how bursty seconds are: pairs of requests vary twice as much as single ones', () => {
    // Arrivals by chance (a fixed rule), one or two at a time: the variance of the counts doubles with the mean squared.
    const chance = (at: number) => (Math.sin(at * 12.9898) * 43_758.5453) % 1;
    const times = Array.from({ length: 20_000 }, (_, at) => Math.abs(chance(at)) * 5000).toSorted(
      (a, b) => a - b,
    );
    const of = (copies: number) =>
      summaryOf(
        rows(copies * times.length, (at) => `${(times[Math.floor(at / copies)] ?? 0).toFixed(3)},1,1`),
      ).burstinessOfSeconds;
    expect(of(1)).toBeCloseTo(1, 1);
    expect((of(2) ?? 0) / (of(1) ?? 1)).toBeCloseTo(2, 6);
  });

  it('does not take the minutes of a coarse clock for bursts', () => {
    const coarse = summaryOf(rows(1200, (at) => `${Math.floor(at / 60) * 60},1,1`));
    expect(coarse.burstinessOfSeconds).toBeNull();
  });

  it('has no burstiness when every minute is alike, and the rhythm of the day is no short-term burstiness', () => {
    expect(summaryOf(rows(1200, (at) => `${at},1,1`)).burstiness).toBe(0);
    // One request a second by day, one every ten by night.
    const seconds = Array.from({ length: 2 * DAY }, (_, at) => at).filter(
      (at) => at % DAY > DAY / 2 || at % 10 === 0,
    );
    const summary = summaryOf(rows(seconds.length, (at) => `${seconds[at]},1,1`));
    expect(summary.burstiness).toBeGreaterThan(10);
    expect(summary.shortTermBurstiness).toBeLessThan(0.2);
  });

  it('weighs hours and weekdays by how often the trace covers them', () => {
    // Nine days from Monday 2024-05-06, one request every ten minutes: every hour and day alike, Monday and Tuesday twice.
    const monday = Date.UTC(2024, 4, 6) / 1000;
    const even = summaryOf(rows(9 * 144 + 1, (at) => `${monday + at * 600},1,1`));
    expect(even.hourProfile).toHaveLength(24);
    for (const share of even.hourProfile ?? []) expect(share * 24).toBeCloseTo(1, 1);
    for (const share of even.weekdayProfile ?? []) expect(share * 7).toBeCloseTo(1, 1);
    // Only on Saturdays at 08:00 UTC.
    const saturday = monday + 5 * DAY + 8 * 3600;
    const one = summaryOf(rows(600, (at) => `${at === 599 ? saturday + 8 * DAY : saturday + at},1,1`));
    expect(one.hourProfile?.indexOf(Math.max(...(one.hourProfile ?? [])))).toBe(8);
    expect(one.weekdayProfile?.indexOf(Math.max(...(one.weekdayProfile ?? [])))).toBe(5);
    // 599 requests in that hour of the nine days, of which two were Saturdays and two Sundays at that hour.
    expect(Math.max(...(one.hourRates?.weekendDay ?? []))).toBe(one.hourRates?.weekendDay[8]);
    expect(Math.max(...(one.hourRates?.workingDay ?? []))).toBe(0);
    for (const rate of even.hourRates?.workingDay ?? []) expect(rate * 600).toBeCloseTo(1, 1);
  });

  it('knows no weekdays when times count from the start', () => {
    const summary = summaryOf(rows(200, (at) => `${at * 3600},1,1`));
    expect(summary.weekdayProfile).toBeNull();
    expect(summary.hourRates).toBeNull();
    expect(summary.hourProfile).toHaveLength(24);
  });
});

describe('a trace of any length', () => {
  it('is held in the same bins after a million rows as after a thousand', () => {
    const reader = new TraceReader('trace.csv', { maximumBins: 4096 });
    reader.push('timestamp,input_tokens,output_tokens\n');
    const retained: number[] = [];
    for (let piece = 0; piece < 1000; piece += 1) {
      // A lognormal-like spread of lengths by a fixed rule; a million rows over 60 days.
      const lines = Array.from({ length: 1000 }, (_, at) => {
        const index = piece * 1000 + at;
        const spread = Math.exp(4 * ((index * 0.618_033_988_75) % 1));
        return `${(index * 5.184).toFixed(3)},${Math.round(100 * spread)},${Math.round(10 * spread)}`;
      });
      reader.push(`${lines.join('\n')}\n`);
      if (piece === 5 || piece === 999) retained.push(reader.retainedBins);
    }
    const summary = reader.end();
    expect(retained[1]).toBeLessThanOrEqual((retained[0] ?? 0) + 4096);
    expect(retained[1]).toBeLessThan(15_000);
    expect(summary.requests).toBe(1_000_000);
    // 60 days are 86,400 minutes: five doublings until they fit into 4,096 bins.
    expect(summary.binSeconds).toBe(60 * 32);
    expect(summary.peakRequestsPerSecond).toBeCloseTo(1 / 5.184, 2);
    // Quantile q of 100·e^{4q}.
    for (const [share, found] of [
      [0.5, summary.inputTokens.p50],
      [0.9, summary.inputTokens.p90],
      [0.99, summary.inputTokens.p99],
    ] as const) {
      expect(Math.abs(found / (100 * Math.exp(4 * share)) - 1)).toBeLessThan(0.01);
    }
  }, 60_000);
});

describe('a fault in a trace', () => {
  const head = 'timestamp,input_tokens,output_tokens\n';

  it.each([
    ['an empty file', '', /^trace\.csv:1:1$/, /an empty file/],
    ['only a header', head, /:1:1$/, /0 requests at one time/],
    ['one moment only', `${head}5,1,1\n5,1,1\n`, /:1:1$/, /2 requests at one time/],
    ['no header', '0,10,20\n1,10,20\n', /:1:1$/, /a row of numbers/],
    ['a missing column', 'timestamp,input_tokens,model\n0,1,x\n', /:1:24$/, /the columns timestamp/],
    ['a word for a number', `${head}0,10,20\n1,ten,20\n`, /:3:3$/, /"ten"/],
    ['an empty field', `${head}0,10,\n`, /:2:6$/, /an empty field/],
    ['a negative number', `${head}0,10,-1\n`, /:2:6$/, /"-1"/],
    ['a fraction of a token', `${head}0,1.5,1\n`, /:2:3$/, /"1\.5"/],
    ['a number with separators', `${head}0,"1,020",1\n`, /:2:3$/, /"1,020"/],
    ['an unquoted separator', `${head}0,1,020,1\n`, /:2:\d+$/, /4 fields/],
    ['a row cut off', `${head}0,1,1\n1,2`, /:3:3$/, /2 fields/],
    ['no time', `${head}soon,1,1\n`, /:2:1$/, /"soon"/],
    ['a date that does not exist', `${head}2023-02-29T00:00:00Z,1,1\n`, /:2:1$/, /2023-02-29/],
    ['two forms of time', `${head}2024-05-10 00:00:00,1,1\n1715299201,1,1\n`, /:3:1$/, /"1715299201"/],
    ['a time before the start', `${head}-1,1,1\n`, /:2:1$/, /"-1"/],
    ['time running backwards', `${head}9000,1,1\n1000,1,1\n`, /:3:1$/, /"1000"/],
    ['another unit of time', `${head}1700000000,1,1\n1700000001000,1,1\n`, /:3:1$/, /1700000001000/],
    ['an open quote', `${head}0,1,1\n1,"2,3\n4,5,6\n`, /:3:3$/, /closing quote/],
    ['text after a quote', `${head}0,"1"2,3\n`, /:2:6$/, /after a closing quote/],
    ['a fault after a field of two lines', 'a,ts,isl,osl\n"x\ny",0,1,1\nz,1,1,b\n', /:4:7$/, /"b"/],
  ])('is placed and named: %s', (_, text, at, message) => {
    const problem = problemOf(text);
    expect(problem.at).toMatch(at);
    expect(`${problem.got} ${problem.expected}`).toMatch(message);
    expect(problem.fix).not.toBe('');
  });

  it('shows the line with a pointer at the field', () => {
    const { frame } = problemOf(`${head}0,10,x\n`);
    expect(frame).toMatchObject({ line: 2, text: '0,10,x', column: 6 });
  });

  it('is found at a quote that nobody closes before the whole file is in memory', () => {
    const reader = new TraceReader('trace.csv');
    reader.push('timestamp,input_tokens,output_tokens\n0,"1,1\n');
    expect(() => {
      for (let piece = 0; piece < 100; piece += 1) reader.push('1,1,1\n'.repeat(20_000));
    }).toThrow(/expected a row for each request/);
  });
});

describe('rows a little out of order', () => {
  it('say the same as rows in order', () => {
    const times = [100, 40, 160, 90, 220, 3000, 130];
    const inOrder = summaryOf(rows(7, (at) => `${times.toSorted((a, b) => a - b)[at]},1,1`));
    expect(summaryOf(rows(7, (at) => `${times[at]},1,1`))).toEqual(inOrder);
  });
});
