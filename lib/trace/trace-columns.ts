import { suggestion } from '#lib/errors/did-you-mean';
import { fieldOffset, type CsvRecord } from '#lib/trace/csv-record';
import { traceFault } from '#lib/trace/trace-fault';

/** Names of a column as traces spell it, without case, spaces and punctuation; the first that a header has counts. */
const NAMES = {
  // Azure 2023 and 2024: TIMESTAMP, ContextTokens, GeneratedTokens. BurstGPT: Timestamp, Request tokens, Response
  // tokens. Vidur: arrived_at, num_prefill_tokens, num_decode_tokens. Mooncake: timestamp, input_length, output_length.
  time:
    'arrivaltime arrivaltimestamp arrivedat arrival requesttime requesttimestamp requestedat receivedat invocationtime ' +
    'timestamp ts time datetime starttime startedat start createdat created date epoch unixtime',
  inputTokens:
    'inputtokens prompttokens contexttokens requesttokens prefilltokens tokensin inputlength promptlength inputlen ' +
    'promptlen isl inputtokencount prompttokencount input in',
  outputTokens:
    'outputtokens completiontokens generatedtokens responsetokens decodetokens generationtokens answertokens ' +
    'tokensout outputlength completionlength generatedlength outputlen completionlen osl outputtokencount ' +
    'completiontokencount output out',
} as const;
const EXAMPLE = {
  time: 'timestamp',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
} as const;
/** A unit at the end, as in `timestamp_ms` or `time (s)`; `timestamps` has none. */
const UNIT = /[\s_(.-](s|sec|secs|seconds|ms|msec|millis|milliseconds|us|micros|microseconds|ns|nanos)\)?$/i;

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export interface TraceColumns {
  readonly time: number;
  /** Unit that the name of the time column states. */
  readonly timeUnit: TimeUnit | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Columns of the header: every row has as many. */
  readonly count: number;
}

/** @throws LandfallError when the header lacks one of the three columns */
export function traceColumns(header: CsvRecord, path: string, delimiter: string): TraceColumns {
  const names = header.fields.map((name) => normalized(name.trim().replace(UNIT, '')));
  const find = (column: keyof typeof NAMES): number => {
    const spelling = NAMES[column].split(' ').find((known) => names.includes(known));
    if (spelling !== undefined) return names.indexOf(spelling);
    const isDataRow = header.fields.every((field) => /^[\d\s:.TZ+-]+$/.test(field));
    throw traceFault(path, {
      code: 'MISSING_KEY',
      record: header,
      offset: isDataRow ? 0 : fieldOffset(header, header.fields.length - 1, delimiter),
      got: isDataRow ? 'a row of numbers' : `the columns ${header.fields.join(', ').slice(0, 120)}`,
      expected: `a header row with a column ${EXAMPLE[column]}`,
      fix: isDataRow
        ? 'begin the file with timestamp,input_tokens,output_tokens'
        : `rename a column: ${suggestion(EXAMPLE[column], header.fields)}`,
    });
  };
  const time = find('time');
  return {
    time,
    timeUnit: unitOf(header.fields[time] ?? ''),
    inputTokens: find('inputTokens'),
    outputTokens: find('outputTokens'),
    count: header.fields.length,
  };
}

function unitOf(name: string): TimeUnit | null {
  const unit = UNIT.exec(name.trim())?.[1]?.toLowerCase();
  if (unit === undefined) return null;
  if (unit.startsWith('s')) return 's';
  if (unit.startsWith('ms') || unit.startsWith('mil')) return 'ms';
  return unit.startsWith('n') ? 'ns' : 'us';
}

/** `Num_Prompt-Tokens` and `n_prompt_tokens` are `prompttokens`. */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:num|n|number_of|number of)[\s_-]+/, '')
    .replaceAll(/[^a-z0-9]/g, '');
}
