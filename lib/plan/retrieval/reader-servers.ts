import type { Model } from '#lib/catalog/models';
import type { OwnLoad } from '#lib/catalog/purchase';
import { peakMultiple } from '#lib/cash/traffic-path';
import { mirroredLaunch } from '#lib/plan/serving/mirrors';
import type { Context } from '#lib/plan/plan-request';
import type { ReaderNeed } from '#lib/plan/retrieval/reader-need';
import type { ReaderFleet, ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import { startupBudgetSeconds, weightsVolumeGib } from '#lib/plan/serving/serving-plan';
import type { ReadingRate } from '#lib/retrieval/prefill-rate';
import { DEFAULT_FILL, planReading, readingLatencyMs } from '#lib/retrieval/reading';
import { bytesToGib } from '#lib/units/bytes';

const BYTES_IN_32_BITS = 4;

/** Servers of a reader for its load, and how they follow it. */
export interface ReaderServers {
  readonly fleet: ReaderFleet;
  readonly rate: ReadingRate;
  readonly reading: ReturnType<typeof planReading>;
  readonly ownLoad: OwnLoad;
  readonly latencyMs: NonNullable<ReaderPlan['latencyMs']>;
}

/** As many servers of one kind as a need takes at its peak, with what a query waits there. */
export function readerServers(
  need: ReaderNeed,
  model: Model,
  rate: ReadingRate,
  { prices, scenario: { traffic }, site }: Context,
  one: Pick<ReaderFleet, 'launch' | 'gpusPerReplica' | 'nodePool' | 'pod'>,
): ReaderServers {
  const { queriesPerSecond, textsPerQuery, tokensPerText } = need.load;
  const load = { queriesPerSecond: queriesPerSecond.peak, textsPerQuery, tokensPerText };
  const reading = planReading(load, rate);
  const replicas = reading.replicas.base + need.spares;
  const { low, base, high } = prices.assumption('retrieval.reader-overhead-ms');
  const weightsGib = weightsIn32BitsGib(model);
  return {
    rate,
    reading,
    ownLoad: ownLoadOf(need, reading.tokensPerSecond, rate, peakMultiple(traffic, traffic.sizeForMonth)),
    latencyMs: readingLatencyMs(load, rate, replicas, { low, base, high }),
    fleet: {
      ...one,
      launch: mirroredLaunch(one.launch, site.mirrors),
      replicas,
      startupBudgetSeconds: startupBudgetSeconds(weightsGib, prices),
      weightsVolumeGib: weightsVolumeGib(weightsGib),
    },
  };
}

/** Servers for the peak, by what each reads of it, and those that may fail. */
function ownLoadOf(need: ReaderNeed, tokensPerSecond: number, rate: ReadingRate, multiple: number): OwnLoad {
  return {
    perDescribedPeak: tokensPerSecond / (rate.tokensPerSecond.base * DEFAULT_FILL) / multiple,
    beyondLoad: need.spares,
  };
}

export function weightsIn32BitsGib({ paramsTotalB }: Model): number {
  return bytesToGib((paramsTotalB ?? 0) * 1e9 * BYTES_IN_32_BITS);
}
