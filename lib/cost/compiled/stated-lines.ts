import { DAYS_PER_MONTH, forgoneBenefits, monthsLater } from '#lib/cost/benefit-lines';
import { BENEFIT } from '#lib/cost/compiled/bill-input';
import { billSums } from '#lib/cost/compiled/bill-sums';
import { complianceCosts } from '#lib/cost/compliance-lines';
import type { InputSpace } from '#lib/cost/compiled/input-space';
import type { Computed, Line } from '#lib/cost/compiled/packed-lines';
import {
  purchaseLines,
  responseBends,
  type Compiled,
  type QuantityResponse,
} from '#lib/cost/compiled/purchase-lines';
import type { BilledPlan } from '#lib/plan/billed-plan';

/** What serves meanwhile, and how its quantities follow what only the planning reads. */
export interface CompiledInterim {
  readonly interim: { readonly plan: BilledPlan };
  /** @default - its quantities stay as planned */
  readonly responses?: readonly QuantityResponse[];
}

const BARE = { factors: [], sums: [], bends: [], writtenOff: null, isSupported: false };

/** What `finance` and the lead time make of a plan besides its purchases: delay, downtime, compliance. */
export function statedLines(compiled: Compiled, meanwhile: CompiledInterim | null): Line[] {
  return [
    ...forgoneLines(compiled, meanwhile?.interim ?? null),
    ...(meanwhile === null ? [] : interimLines(compiled, meanwhile)),
    ...complianceCosts(compiled.space.finance).map(({ usd, when }): Line => ({
      ...BARE,
      usd,
      category: 'compliance',
      pattern: compiled.patterns.plain(when),
    })),
  ];
}

function forgoneLines(
  { plan, space, patterns, responses = [] }: Compiled,
  interim: CompiledInterim['interim'] | null,
): Line[] {
  return forgoneBenefits(plan, interim).map(({ key, category, months, leastOf, when }): Line => ({
    ...BARE,
    usd: leastOf === null ? months.base : 1 / DAYS_PER_MONTH,
    factors: [space.numberOf(BENEFIT)],
    bends: responseBends(key, responses, space),
    ...(leastOf === null ? {} : { computed: least(leastOf, space) }),
    category,
    pattern: patterns.plain(when),
  }));
}

function least(ids: readonly string[], space: InputSpace): Computed {
  const reads = ids.map((id) => space.assumption(id));
  return {
    reads,
    valueAt: (values) => {
      let lowest = Number.POSITIVE_INFINITY;
      for (const number of reads) lowest = Math.min(lowest, values[number] ?? 0);
      return lowest;
    },
  };
}

/** What serves meanwhile: its start in full, and the months by which a plan is later than it. */
function interimLines({ plan, space, patterns }: Compiled, { interim, responses }: CompiledInterim): Line[] {
  if (interim.plan.option === plan.option) return [];
  const [own, other] = [plan, interim.plan].map(({ leadTimeAssumption }) =>
    space.assumption(leadTimeAssumption),
  );
  if (own === undefined || other === undefined) throw new Error('two lead times');
  const lines = purchaseLines({ plan: interim.plan, space, patterns, ...(responses && { responses }) });
  const bill = billSums(lines, space, { isTaxed: false });
  const computed: Computed = {
    reads: [own, other, ...bill.dependsOn],
    valueAt: (values) => {
      const months = monthsLater(values[own] ?? 0, values[other] ?? 0);
      if (months === 0) return 0;
      const upfrontUsd = bill.cashUsd(values)[0] ?? 0;
      return upfrontUsd + months * (bill.monthlyUsd(values) - bill.leveledUsd(upfrontUsd, values));
    },
  };
  return [{ ...BARE, usd: 1, computed, category: 'delay', pattern: patterns.plain('once') }];
}
