import { ArrivalCounts } from '#lib/trace/arrival-counts';
import { CsvReader } from '#lib/trace/csv-reader';
import { fieldOffset, type CsvRecord } from '#lib/trace/csv-record';
import { LengthSketch, MAXIMUM_TOKENS } from '#lib/trace/length-sketch';
import { traceColumns, type TraceColumns } from '#lib/trace/trace-columns';
import { traceFault, type TraceFault } from '#lib/trace/trace-fault';
import type { TraceSummary } from '#lib/trace/trace-summary';
import { clockOf, type TraceClock } from '#lib/trace/trace-time';
import { WeekProfile } from '#lib/trace/week-profile';

const HOUR = 3600;
const YEAR = 365.25 * 24 * HOUR;
/** Logs are often written as requests end, so that arrivals stand a little out of order. */
const MAXIMUM_STEP_BACK_SECONDS = HOUR;
/** Above this a time is taken for a mistake: a wrong unit, or a wrong year. */
const MAXIMUM_SPAN_SECONDS = 10 * YEAR;

/** `1020.0` is how pandas writes a column with gaps. */
const DECIMAL = /^[+-]?\d+(?:\.\d*)?(?:e\+?\d+)?$/i;

/** @default - bins for two years of minutes */
export interface TraceLimits {
  readonly maximumBins?: number;
}

/**
 * The traffic of a request trace: a CSV text with a header row that names the time, the input tokens and the output
 * tokens, in any order and by the names that public traces use, among any other columns. Times are ISO 8601 (no zone
 * means UTC), seconds, milli-, micro- or nanoseconds since 1970, or seconds since the start (`_ms` in the column's name
 * for milliseconds); at most an hour out of order. Memory does not grow with the number of requests.
 *
 * @param chunks the text in pieces of any size
 * @param path names the file in messages
 * @throws LandfallError at file:line:column: no header, a column is missing, a field is not a number, is negative or no
 *   time, time runs backwards, or there are no two requests at different times
 */
export async function readTrace(
  chunks: AsyncIterable<string> | Iterable<string>,
  path: string,
  limits: TraceLimits = {},
): Promise<TraceSummary> {
  const reader = new TraceReader(path, limits);
  for await (const chunk of chunks) reader.push(chunk);
  return reader.end();
}

/** The same without promises, for a text that is already there: `push` every piece, then `end` once. */
export class TraceReader {
  private readonly path: string;
  private readonly csv: CsvReader;
  private readonly arrivals: ArrivalCounts;
  private readonly seconds: ArrivalCounts;
  private readonly week = new WeekProfile();
  private readonly input = new LengthSketch();
  private readonly output = new LengthSketch();
  private header: { readonly record: CsvRecord; readonly columns: TraceColumns } | null = null;
  private clock: TraceClock | null = null;
  private requests = 0;
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;

  public constructor(path: string, { maximumBins }: TraceLimits = {}) {
    this.path = path;
    this.csv = new CsvReader(path);
    this.arrivals = new ArrivalCounts(MAXIMUM_STEP_BACK_SECONDS, maximumBins);
    this.seconds = new ArrivalCounts(MAXIMUM_STEP_BACK_SECONDS, maximumBins, 1);
  }

  /** Counters held at this moment, whatever was read so far. */
  public get retainedBins(): number {
    return (
      this.arrivals.retainedBins +
      this.seconds.retainedBins +
      this.input.retainedBins +
      this.output.retainedBins
    );
  }

  public push(chunk: string): void {
    for (const record of this.csv.push(chunk)) this.take(record);
  }

  public end(): TraceSummary {
    for (const record of this.csv.push('', true)) this.take(record);
    const span = this.last - this.first;
    if (this.clock === null || span <= 0) throw this.tooShort();
    const { peak, busiest } = this.arrivals.rates();
    const dispersion = this.arrivals.dispersion();
    const mean = this.requests / span;
    return {
      requests: this.requests,
      requestsWithoutOutput: this.output.zeroLengths,
      spanSeconds: span,
      meanRequestsPerSecond: mean,
      // Bins begin on whole minutes, and a short trace fills none of them.
      peakRequestsPerSecond: Math.max(mean, peak),
      busiestRequestsPerSecond: Math.max(mean, busiest),
      binSeconds: this.arrivals.binSeconds,
      burstiness: dispersion?.overall ?? null,
      shortTermBurstiness: dispersion?.shortTerm ?? null,
      burstinessOfSeconds: this.burstinessOfSeconds(),
      inputTokens: this.input.summary(),
      outputTokens: this.output.summary(),
      clock: this.clock.clock,
      hourProfile: this.week.hours(this.first, this.last),
      hourRates: this.clock.clock === 'utc' ? this.week.rates(this.first, this.last) : null,
      weekdayProfile: this.clock.clock === 'utc' ? this.week.weekdays(this.first, this.last) : null,
    };
  }

  /** A log that writes minutes has all of a minute's requests in one second: it says nothing of seconds. */
  private burstinessOfSeconds(): number | null {
    return this.seconds.grainSeconds > 1 ? null : (this.seconds.dispersion()?.shortTerm ?? null);
  }

  private take(record: CsvRecord): void {
    if (this.header === null) {
      this.header = { record, columns: traceColumns(record, this.path, this.csv.delimiter) };
      return;
    }
    const { columns } = this.header;
    if (record.fields.length !== columns.count) {
      throw this.fault(record, Math.min(record.fields.length, columns.count) - 1, {
        code: 'WRONG_TYPE',
        got: `${record.fields.length} fields`,
        expected: `${columns.count} fields, as in the header`,
        fix: 'put fields that hold the delimiter in quotes, and check that the row is whole',
      });
    }
    const seconds = this.secondsOf(record, columns);
    const input = this.tokensOf(record, columns.inputTokens);
    const output = this.tokensOf(record, columns.outputTokens);
    this.requests += 1;
    this.first = Math.min(this.first, seconds);
    this.last = Math.max(this.last, seconds);
    this.arrivals.add(seconds);
    this.seconds.add(seconds);
    this.week.add(seconds);
    this.input.add(input);
    this.output.add(output);
  }

  private secondsOf(record: CsvRecord, { time, timeUnit }: TraceColumns): number {
    const text = (record.fields[time] ?? '').trim();
    this.clock ??= clockOf(text, timeUnit);
    const seconds = this.clock?.seconds(text) ?? null;
    const wrong = (problem: Pick<TraceFault, 'code' | 'expected' | 'fix'>) =>
      this.fault(record, time, {
        ...problem,
        got: text === '' ? 'an empty field' : `"${text.slice(0, 60)}"`,
      });
    if (seconds === null || !Number.isFinite(seconds)) {
      throw wrong({
        code: 'WRONG_TYPE',
        expected: this.clock?.form ?? 'a time: ISO 8601, seconds or milliseconds',
        fix: 'write every time in one form, as 2024-05-10T13:45:00Z or as a number',
      });
    }
    if (seconds < 0) {
      throw wrong({
        code: 'OUT_OF_RANGE',
        expected: 'a time of 0 or more',
        fix: 'count from the first request',
      });
    }
    if (seconds < this.last - MAXIMUM_STEP_BACK_SECONDS) {
      throw wrong({
        code: 'OUT_OF_RANGE',
        expected: 'a time at most an hour before an earlier row',
        fix: 'sort the rows by time, and keep traces of different times in different files',
      });
    }
    if (seconds > this.first + MAXIMUM_SPAN_SECONDS) {
      throw wrong({
        code: 'OUT_OF_RANGE',
        expected: 'a time within ten years of the first',
        fix: 'check the unit of the time (seconds or milliseconds), or state it in the column: timestamp_ms',
      });
    }
    return seconds;
  }

  private tokensOf(record: CsvRecord, column: number): number {
    const text = (record.fields[column] ?? '').trim();
    const tokens = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (Number.isInteger(tokens) && tokens >= 0 && tokens <= MAXIMUM_TOKENS) return tokens;
    const isNumber = !Number.isNaN(tokens);
    throw this.fault(record, column, {
      code: isNumber ? 'OUT_OF_RANGE' : 'WRONG_TYPE',
      got: text === '' ? 'an empty field' : `"${text.slice(0, 60)}"`,
      expected: 'a whole number of tokens, 0 or more',
      fix:
        isNumber && tokens < 0
          ? 'write 0 where nothing was generated'
          : 'write it as 1020, without separators',
    });
  }

  private tooShort(): Error {
    const record = this.header?.record ?? { text: '', line: 1 };
    const hasHeader = this.header !== null;
    return traceFault(this.path, {
      code: hasHeader ? 'OUT_OF_RANGE' : 'MISSING_KEY',
      record,
      offset: 0,
      got: hasHeader ? `${this.requests} requests at one time` : 'an empty file',
      expected: 'a header row and requests at two different times or more',
      fix: 'export more of the log: a rate follows from a span of time',
    });
  }

  private fault(record: CsvRecord, field: number, problem: Omit<TraceFault, 'record' | 'offset'>): Error {
    const offset = fieldOffset(record, field, this.csv.delimiter);
    return traceFault(this.path, { ...problem, record, offset });
  }
}
