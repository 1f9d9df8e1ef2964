import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import { qualityOf, type Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/offering';
import type { Attendance } from '#lib/plan/attendance';
import { fewestGpus } from '#lib/plan/bounds';
import { bytesPerParameter, nativePrecision, unsupported } from '#lib/plan/candidates';
import { cheapestFirst, compareUsd, type Cost } from '#lib/plan/cheapest-first';
import { hostMemoryMisfit } from '#lib/plan/host-memory';
import type { NodeBill } from '#lib/plan/node-bill';
import type { Sizer } from '#lib/plan/sizer';
import { cheapestPerShape, place, type Placement } from '#lib/plan/place';
import { whole } from '#lib/plan/slices';

/** What is the same for every candidate of an option. */
export type Load = Omit<ServingDemand, 'model' | 'accelerator' | 'gpusPerNode' | 'precision'>;

export interface Wish {
  readonly model: Model;
  readonly precisions: readonly Precision[];
}

export interface Choice {
  readonly model: Model;
  readonly precision: Precision;
  readonly accelerator: Accelerator;
  readonly sizing: ServingSizing;
  readonly placement: Placement;
  readonly demand: ServingDemand;
  /** Nodes and the people who run them; infinite where the nodes have no price. */
  readonly usdPerHour: number;
}

interface Running {
  readonly attendance: Attendance;
  readonly nodes: NodeBill;
}

interface Candidate {
  readonly demand: ServingDemand;
  readonly offering: NodeOffering;
  /** No placement of it can cost less; infinite without a price. */
  readonly least: Cost;
}

const REASONS_SHOWN = 6;

/**
 * The cheapest feasible model, format and offering. Candidates are sized in full in the order that the roofline alone
 * gives them, but for those whose bound is beyond the best found, a quick one first and then one that asks the sizing: the
 * answer is that of sizing all of them. An unpriced offering is taken only if no priced one fits.
 */
export function chooseNode(
  wishes: readonly Wish[],
  offerings: readonly NodeOffering[],
  load: Load,
  catalog: Catalog,
  sizer: Sizer,
  running: Running,
): Choice | { readonly reasons: readonly string[] } {
  const { attendance, nodes } = running;
  const reasons = new Set<string>();
  const candidates = enumerate(wishes, offerings, load, catalog, { ...running, reasons });
  const costOf = (sizing: ServingSizing, offering: NodeOffering) => {
    const placement = place(sizing, offering);
    const people = attendance.usdPerHour(boughtGpus(offering, placement.nodes.base));
    return { placement, usdPerHour: nodes.usdPerHour(sizing, placement) + people };
  };
  // By the roofline, so that a cheap one is found early and the bounds leave out the most.
  const roughCost = ({ demand, offering }: Candidate): Cost => {
    const sizing = sizer.rough(demand);
    if (!sizing.fits) return { usdPerHour: Number.POSITIVE_INFINITY, gpus: Number.POSITIVE_INFINITY };
    const { placement, usdPerHour } = costOf(sizing, offering);
    return { usdPerHour, gpus: gpusOf(placement) };
  };
  let best: Choice | undefined;
  const isOpen = ({ least }: Candidate) => best === undefined || !cannotBeat(best, least);
  for (const { demand, offering } of cheapestFirst(candidates, roughCost, isOpen)) {
    if (best !== undefined && cannotBeat(best, leastCost(sizer.leastGpus(demand), offering, running)))
      continue;
    // Measurements play no part in the search; the winner is sized once more with them.
    const sizing = sizer.search(demand);
    if (!sizing.fits) {
      const where = `${demand.model.id} in ${demand.precision} on ${offering.gpus} × ${offering.accelerator}`;
      reasons.add(`${where}: ${sizing.reasons.join(', ')}`);
      continue;
    }
    const choice = { ...demand, sizing, demand, ...costOf(sizing, offering) };
    const crowded = hostMemoryMisfit(demand, sizing, choice.placement, offering);
    if (crowded !== null) {
      reasons.add(crowded);
      continue;
    }
    if (best === undefined || isBetter(choice, best)) best = choice;
  }
  if (best === undefined) return { reasons: shorten([...reasons]) };
  const measured = sizer.measured(best.demand);
  return measured.fits
    ? { ...best, sizing: measured, placement: place(measured, best.placement.offering) }
    : best;
}

function enumerate(
  wishes: readonly Wish[],
  offerings: readonly NodeOffering[],
  load: Load,
  catalog: Catalog,
  { reasons, ...running }: Running & { readonly reasons: Set<string> },
): Candidate[] {
  const shapes = cheapestPerShape(offerings, (offering) => running.nodes.leastUsdPerHour(offering));
  const tokensPerRequest = load.inputTokens.mean * (1 - load.cachedShare) + load.outputTokens.mean;
  const work = {
    requestsPerSecond: load.peakRequestsPerSecond,
    tokensPerRequest,
    offloadedShare: load.techniques?.offload?.weightsShare ?? 0,
  };
  return wishes.flatMap(({ model, precisions }) =>
    shapes.flatMap((offering) => {
      const accelerator = catalog.accelerators.get(offering.accelerator);
      if (accelerator === undefined) throw new Error(`no accelerator ${offering.accelerator}`);
      return precisions.flatMap((precision): Candidate[] => {
        const misfit = unsupported(accelerator, precision, nativePrecision(model));
        if (misfit !== null) {
          reasons.add(misfit);
          return [];
        }
        return [
          {
            demand: { ...load, model, accelerator, gpusPerNode: offering.gpus, precision },
            offering,
            least: leastCost(fewestGpus(model, precision, accelerator, work), offering, running),
          },
        ];
      });
    }),
  );
}

/** What no placement of so many accelerators or more on an offering costs less than. */
function leastCost(gpus: number, offering: NodeOffering, { attendance, nodes }: Running): Cost {
  const count = Math.max(offering.minimumNodes, Math.ceil(gpus / offering.gpus));
  const usdPerHour =
    count * nodes.leastUsdPerHour(offering) + attendance.leastUsdPerHour(boughtGpus(offering, count));
  return { usdPerHour, gpus };
}

function cannotBeat({ placement, usdPerHour }: Choice, least: Cost): boolean {
  if (placement.usdPerHour !== null) return least.usdPerHour > usdPerHour;
  return least.usdPerHour === Number.POSITIVE_INFINITY && least.gpus > gpusOf(placement);
}

/**
 * Cheaper. At the same price, of one model the wider format, then fewer accelerators; of two models the one that
 * scores higher where both have a score, else the one that leaves more headroom.
 */
function isBetter(one: Choice, other: Choice): boolean {
  const byCost = compareUsd(one.usdPerHour, other.usdPerHour);
  if (byCost !== 0) return byCost < 0;
  const byGpus = gpusOf(one.placement) - gpusOf(other.placement);
  if (one.usdPerHour === Number.POSITIVE_INFINITY && byGpus !== 0) return byGpus < 0;
  if (one.model.id !== other.model.id) {
    const byScore = scoreDifference(one.model, other.model);
    return byScore === 0 ? one.sizing.headroom > other.sizing.headroom : byScore > 0;
  }
  const byWidth = bytesPerParameter(other.precision) - bytesPerParameter(one.precision);
  return byWidth === 0 ? byGpus < 0 : byWidth < 0;
}

/** On the first metric that both publish; 0 where there is none, since scores of different tests do not compare. */
function scoreDifference(one: Model, other: Model): number {
  for (const { metric, score } of one.quality) {
    const rival = qualityOf(other, metric);
    if (rival !== undefined) return score - rival.score;
  }
  return 0;
}

/** Whole accelerators of so many nodes. */
function boughtGpus(offering: NodeOffering, nodes: number): number {
  return nodes * whole(offering).gpus;
}

function gpusOf({ nodes, offering }: Placement): number {
  return nodes.base * offering.gpus;
}

function shorten(reasons: readonly string[]): string[] {
  const rest = reasons.length - REASONS_SHOWN;
  return rest > 0 ? [...reasons.slice(0, REASONS_SHOWN), `and ${rest} more of the kind`] : [...reasons];
}
