import { dirname, join } from 'node:path';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { locateValue, mergeOver, type Located, type LocatedMap } from '#lib/text/located';
import { shown, spot, type Place } from '#lib/text/place';
import { isRelative, type EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { TraceReader } from '#lib/trace/read-trace';
import type { TokenLengths, TraceSummary } from '#lib/trace/trace-summary';

/** The document with what its traces say filled in, and the traces' files. */
export interface WithTraces {
  readonly root: Located;
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
}

/** What `traffic.burstiness` takes. */
const MOST_BURSTINESS = 1000;

/** Stands in for a trace that could not be read, so that what it would have given is not reported as missing too. */
const UNKNOWN = {
  requestsPerSecond: { mean: 1e-6, peak: 100_000 },
  inputTokens: { mean: 1 },
  outputTokens: { mean: 1 },
} as const;

/**
 * Reads each `traffic.trace`, relative to the file that names it, and lays what it says under what is written beside
 * it. What a trace gives stands at the place of its name.
 */
export function withTraces(root: Located, files: EnvironmentFiles): WithTraces {
  const scenarios = mapAt(root, 'scenarios');
  if (root.kind !== 'map' || scenarios === undefined) return { root, sources: [], problems: [] };
  const sources: string[] = [];
  const problems: Problem[] = [];
  const filled = [...scenarios.entries].map(([id, entry]) => {
    const traffic = mapAt(entry.value, 'traffic');
    const named = traffic?.entries.get('trace')?.value;
    if (traffic === undefined || named?.kind !== 'scalar' || typeof named.value !== 'string') {
      return [id, entry] as const;
    }
    try {
      const { path, summary } = readNamed(named.value, named.place, files);
      sources.push(path);
      const value = replaced(entry.value, 'traffic', beneath(traffic, summary, named.place));
      return [id, { ...entry, value }] as const;
    } catch (error) {
      if (!(error instanceof LandfallError)) throw error;
      problems.push(...error.problems);
      const value = replaced(entry.value, 'traffic', mergeOver(placedAt(named.place, UNKNOWN), traffic));
      return [id, { ...entry, value }] as const;
    }
  });
  const inner: LocatedMap = { ...scenarios, entries: new Map(filled) };
  return { root: replaced(root, 'scenarios', inner), sources, problems };
}

function mapAt(node: Located, key: string): LocatedMap | undefined {
  const value = node.kind === 'map' ? node.entries.get(key)?.value : undefined;
  return value?.kind === 'map' ? value : undefined;
}

function replaced(node: Located, key: string, value: Located): Located {
  const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
  if (node.kind !== 'map' || entry === undefined) return node;
  return { ...node, entries: new Map([...node.entries, [key, { ...entry, value }]]) };
}

function readNamed(
  name: string,
  place: Place,
  files: EnvironmentFiles,
): { readonly path: string; readonly summary: TraceSummary } {
  const fault = (got: string, expected: string, fix: string) =>
    new LandfallError({ code: 'FILE_UNREADABLE', ...spot(place), got, expected, fix });
  if (!('source' in place)) {
    throw fault(
      shown(name),
      'an environment file beside the trace',
      'read the trace, and write what it says',
    );
  }
  if (!isRelative(name)) {
    throw fault(shown(name), 'a path relative to this file', 'write it as ./requests.csv');
  }
  const path = join(dirname(place.source.path), name);
  if (files.size(path) === undefined) {
    const expected = 'a request trace: CSV with time, input tokens and output tokens';
    throw fault(`no readable file ${shown(path)}`, expected, 'check the path and its spelling');
  }
  const reader = new TraceReader(path);
  const decoder = new TextDecoder('utf-8');
  for (const piece of files.pieces?.(path) ?? [files.read(path)]) {
    reader.push(decoder.decode(piece, { stream: true }));
  }
  reader.push(decoder.decode());
  return { path, summary: reader.end() };
}

/** What the trace says, under what the environment says itself. A distribution with a mean of its own stands alone. */
function beneath(traffic: LocatedMap, summary: TraceSummary, place: Place): Located {
  const given = placedAt(place, trafficOf(summary));
  if (given.kind !== 'map') throw new Error('the traffic of a trace is a mapping');
  const kept = [...given.entries].filter(([key]) => {
    const own = traffic.entries.get(key)?.value;
    if (own?.kind !== 'map') return true;
    // Weights of one scale and lengths of one distribution do not mix with those of another.
    return key !== 'profile' && !(key.endsWith('Tokens') && own.entries.has('mean'));
  });
  return mergeOver({ ...given, entries: new Map(kept) }, traffic);
}

/** The fields of `traffic` as a trace has them. */
function trafficOf(summary: TraceSummary): Readonly<Record<string, unknown>> {
  const profile = profileOf(summary);
  return {
    requestsPerSecond: {
      mean: rounded(summary.meanRequestsPerSecond),
      // The busiest hour of a profile may not lie above the peak; in a short trace it may have most of its minutes.
      peak: Math.max(rounded(summary.peakRequestsPerSecond), rounded(profile?.busiest ?? 0)),
    },
    ...burstsOf(summary),
    inputTokens: lengthsOf(summary.inputTokens),
    outputTokens: lengthsOf(summary.outputTokens),
    ...(profile === null ? {} : { profile: profile.weights }),
  };
}

/** Fewer than a Poisson stream's is chance, or a clock that spreads requests: it is not planned with. */
function burstsOf({ burstinessOfSeconds }: TraceSummary) {
  if (burstinessOfSeconds === null) return {};
  return { burstiness: Math.min(MOST_BURSTINESS, Math.max(1, rounded(burstinessOfSeconds))) };
}

function lengthsOf({ mean, p50, p95, coefficientOfVariation }: TokenLengths) {
  const least = (tokens: number) => Math.max(1, rounded(tokens));
  return { mean: least(mean), p50: least(p50), p95: least(p95), variation: rounded(coefficientOfVariation) };
}

function profileOf({ hourRates, meanRequestsPerSecond, hourProfile }: TraceSummary) {
  if (hourRates !== null) {
    const { workingDay, weekendDay } = hourRates;
    const busiest = Math.max(...workingDay, ...weekendDay);
    return { busiest, weights: { workingDay: workingDay.map(rounded), weekendDay: weekendDay.map(rounded) } };
  }
  if (hourProfile === null) return null;
  // Too short for a week: all days are taken for alike.
  const rates = hourProfile.map((share) => rounded(share * hourProfile.length * meanRequestsPerSecond));
  return { busiest: Math.max(...rates), weights: { workingDay: rates } };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function placedAt(place: Place, value: unknown): Located {
  return placed(locateValue(value, 'trace'), place);
}

function placed(node: Located, place: Place): Located {
  if (node.kind === 'scalar') return { ...node, place };
  if (node.kind === 'list') return { ...node, place, items: node.items.map((item) => placed(item, place)) };
  const entries = [...node.entries].map(
    ([key, { value }]) => [key, { keyPlace: place, value: placed(value, place) }] as const,
  );
  return { ...node, place, entries: new Map(entries) };
}
