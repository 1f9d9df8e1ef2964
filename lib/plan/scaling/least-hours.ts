import { idleOff } from '#lib/plan/scaling/idle-off';
import { COOLDOWN_SECONDS, type ScalingQuestion } from '#lib/plan/scaling/scaling';
import { ratesOfWeek } from '#lib/plan/scaling/week';
import type { ServingSizing } from '#lib/sizing/sizing';

/** What a fleet that follows its load stands at the very least. */
export interface LeastHours {
  /** Share of the time of its busiest hour's nodes that no fleet stands less than, whatever it is made of. */
  readonly paidShare: number;
  /**
   * Nodes that stand on average at least.
   *
   * @param nodesAt - Nodes that no fleet has fewer of while it serves so many times its peak, 0 to 1
   */
  meanNodes(nodesAt: (times: number) => number): number;
}

/** Hours of a week that ask for as much. */
interface AlikeHours {
  readonly times: number;
  /** Of all hours, those in which nothing runs left out. */
  readonly share: number;
}

/**
 * An hour takes its part of the nodes of the busiest one, which rounding up at most doubles; a fleet that stops is awake for
 * no less than its cooldown after each arrival.
 */
export function leastHours({ scenario, scaling }: Pick<ScalingQuestion, 'scenario' | 'scaling'>): LeastHours {
  const rates = ratesOfWeek(scenario);
  const busiest = Math.max(...rates);
  const cooldown =
    scaling.policy === 'scale-to-zero' ? (scaling.cooldownSeconds ?? COOLDOWN_SECONDS.least) : null;
  const shares = new Map<number, number>();
  for (const rate of rates) {
    const awake = cooldown === null ? 1 : idleOff(rate, 0, cooldown).awakeShare;
    shares.set(rate, (shares.get(rate) ?? 0) + awake / rates.length);
  }
  const alike = [...shares].map(([rate, share]): AlikeHours => ({ times: rate / busiest, share }));
  return {
    paidShare: alike.reduce((sum, { times, share }) => sum + times * share, 0) / 2,
    meanNodes: (nodesAt) => alike.reduce((sum, { times, share }) => sum + share * nodesAt(times), 0),
  };
}

/** Less than a replica more or less: what rounding may have moved. */
const ROUNDING = 1e-6;

/**
 * Accelerators of a sized fleet for answers while it serves so many times its peak, 0 to 1, at least: one replica fewer
 * could not carry the peak, so that each serves less than the peak ÷ one fewer; the spares stand in every hour.
 */
export function leastInHour(
  { replicasForLoad, spares, gpusPerReplica }: ServingSizing,
  times: number,
): number {
  return (Math.max(1, Math.ceil(times * (replicasForLoad - 1) - ROUNDING)) + spares) * gpusPerReplica;
}
