import { isByUse, isInCopies, type Purchase } from '#lib/catalog/purchase';
import type { CashPatterns } from '#lib/cost/compiled/cash-pattern';
import { fleetKey, fleetNodes, quantityRatio } from '#lib/cost/compiled/fleet-doubt';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import type { Bend, Line } from '#lib/cost/compiled/packed-lines';
import { priceTerms } from '#lib/cash/price-terms';
import { isCovered } from '#lib/cash/support-tariff';
import { VOLUME } from '#lib/cost/compiled/bill-input';
import type { BilledPlan } from '#lib/plan/billed-plan';

/** How the quantities of lines follow an input that only the planning reads: their multiples at its low and high end. */
export interface QuantityResponse {
  readonly input: number;
  readonly multiples: ReadonlyMap<string, { readonly low: number; readonly high: number }>;
}

/** A plan, and the inputs over which it becomes a function. */
export interface Compiled {
  readonly plan: BilledPlan;
  readonly space: InputSpace;
  readonly patterns: CashPatterns;
  /** @default - quantities stay as planned */
  readonly responses?: readonly QuantityResponse[];
}

/** A plan's purchases as functions. Lines without a price are left out, as in every total. */
export function purchaseLines({ plan, space, patterns, responses = [] }: Compiled): Line[] {
  const fleet = fleetInput(plan, space);
  const volume = space.numberOf(VOLUME);
  return plan.purchases.flatMap((purchase): Line[] => {
    if (purchase.kind === 'free') return [];
    const line: Line = {
      usd: 'quantity' in purchase ? purchase.quantity : purchase.quantityPerMonth,
      factors: isByUse(purchase) && !isInCopies(purchase) ? [volume] : [],
      sums: [],
      bends: [...fleetBend(purchase, fleet, space), ...responseBends(purchase.key, responses, space)],
      category: purchase.category,
      pattern: patterns.of(purchase, plan.growth),
      writtenOff: purchase.kind === 'capital' ? patterns.writtenOff(purchase, plan.growth) : null,
      isSupported: isCovered(purchase),
    };
    for (const term of priceTerms(purchase)) {
      if (term.kind === 'sum') {
        line.sums.push({
          constant: term.constant,
          numbers: term.ids.map((id) => space.assumption(id)),
        });
        continue;
      }
      const number = term.kind === 'price' ? space.price(term.reference) : space.assumption(term.id);
      if (number === null) return [];
      line.factors.push(number);
    }
    return [line];
  });
}

/** Nodes of the fleet as the doubt of the sizing has them; `null` without doubt. */
function fleetInput(plan: BilledPlan, space: InputSpace): number | null {
  const band = fleetNodes(plan);
  if (band === null) return null;
  return space.add({
    id: `fleet.nodes.${plan.option}`,
    kind: 'fleet',
    label: 'GPU nodes, by the doubt of the throughput',
    unit: 'nodes',
    band,
    source: null,
    whole: true,
    drawKey: fleetKey(plan),
    references: [],
  });
}

function fleetBend(purchase: Purchase, fleet: number | null, space: InputSpace): Bend[] {
  const ratio = quantityRatio(purchase);
  return fleet === null || ratio === null ? [] : bend(fleet, ratio, space);
}

export function responseBends(
  key: string,
  responses: readonly QuantityResponse[],
  space: InputSpace,
): Bend[] {
  return responses.flatMap(({ input, multiples }) => {
    const found = multiples.get(key);
    return found === undefined ? [] : bend(input, found, space);
  });
}

function bend(number: number, multiples: { low: number; high: number }, space: InputSpace): Bend[] {
  const band = space.inputs[number]?.band;
  if (band === undefined || (multiples.low === 1 && multiples.high === 1)) return [];
  const slope = (multiple: number, end: number) =>
    end === band.base ? 0 : (multiple - 1) / (end - band.base);
  return [
    {
      number,
      base: band.base,
      downPerUnit: slope(multiples.low, band.low),
      upPerUnit: slope(multiples.high, band.high),
    },
  ];
}
