import type { CircuitShape } from '#lib/catalog/site-equipment';
import type { Premises } from '#lib/targets/port/premises';

/** A breaker carries 80 % of its rating continuously (NEC 210.20 and 645.5: 125 % of the continuous load). */
export const BREAKER_SHARE = 0.8;
/** Sizes in which modules of an uninterruptible supply are usual, kW: a planning judgement. */
const MODULE_KW = [10, 25, 50, 100, 250, 500, 1000, 1500] as const;
/** As few modules carry the load as this, so that one more costs at most a quarter. */
const MOST_SMALL_MODULES = 4;

/** Circuits of one rack. Each side alone carries the whole rack when the other fails. */
export interface RackFeeds {
  readonly circuit: CircuitShape;
  readonly perSide: number;
  readonly sides: 2;
  /** What one side may carry continuously, kW. */
  readonly sideKw: number;
  /** Load of the one side that is left, as a share of what it may carry. */
  readonly failoverShare: number;
}

/** Uninterruptible power behind all racks. */
export interface UninterruptiblePower {
  readonly redundancy: Premises['redundancy'];
  readonly moduleKw: number;
  /** Modules that carry the load, and all of them. */
  readonly needed: number;
  readonly modules: number;
  /** Load of the modules that are left when the redundant ones are gone, as a share of their rating. */
  readonly failoverShare: number;
}

/** Continuous power of a three-phase circuit at unity power factor, kW. */
export function circuitKw({ volts, amps }: Pick<CircuitShape, 'volts' | 'amps'>): number {
  return ((Math.sqrt(3) * volts * amps) / 1000) * BREAKER_SHARE;
}

/** The fewest circuits a side, and of those the smallest, that carry the rack alone. `null` where the area has none. */
export function rackFeeds(rackKw: number, circuits: readonly CircuitShape[], area: string): RackFeeds | null {
  const usual = circuits
    .filter(({ areas }) => areas.includes(area))
    .map((circuit) => ({ circuit, kw: circuitKw(circuit) }))
    .toSorted((a, b) => a.kw - b.kw);
  const largest = usual.at(-1);
  if (largest === undefined) return null;
  const perSide = Math.max(1, Math.ceil(rackKw / largest.kw));
  const { circuit, kw } = usual.find((one) => one.kw * perSide >= rackKw) ?? largest;
  const sideKw = kw * perSide;
  return { circuit, perSide, sides: 2, sideKw, failoverShare: rackKw / sideKw };
}

/** Modules for a load: the smallest size of which at most four carry it, then N+1 of them, or every path twice. */
export function uninterruptiblePower(itKw: number, redundancy: Premises['redundancy']): UninterruptiblePower {
  const neededOf = (moduleKw: number) => Math.max(1, Math.ceil(itKw / (moduleKw * BREAKER_SHARE)));
  const moduleKw = MODULE_KW.find((kw) => neededOf(kw) <= MOST_SMALL_MODULES) ?? MODULE_KW.at(-1) ?? 1500;
  const needed = neededOf(moduleKw);
  return {
    redundancy,
    moduleKw,
    needed,
    modules: redundancy === '2n' ? 2 * needed : needed + 1,
    failoverShare: itKw / (needed * moduleKw),
  };
}
