import { forgoneBenefits } from '#lib/cost/benefit-lines';
import type { QuantityResponse } from '#lib/cost/compiled/purchase-lines';
import type { Plan } from '#lib/plan/plan';

/** True where both plans buy the same things at the same prices, in whatever quantities. */
export function buysTheSame(a: Plan, b: Plan): boolean {
  return thingsOf(a) === thingsOf(b);
}

function thingsOf({ purchases }: Plan): string {
  return JSON.stringify(
    purchases.map((purchase) => ({
      ...purchase,
      quantity: 0,
      quantityPerMonth: 0,
      quantityBand: null,
      label: '',
      basis: '',
      // The bill reads these from their assumptions itself.
      ...('lifeAssumption' in purchase ? { lifeMonths: 0 } : {}),
      ...('prepaid' in purchase && purchase.prepaid?.shareAssumption !== undefined
        ? { prepaid: { ...purchase.prepaid, share: 0 } }
        : {}),
    })),
  );
}

/**
 * How the quantities of a plan follow an input, from the plans at its low and high end. `null` where an end buys other
 * things: then no multiple says it.
 */
export function quantityResponse(
  input: number,
  plans: { readonly low: Plan | null; readonly base: Plan; readonly high: Plan | null },
): QuantityResponse | null {
  const { low, base, high } = plans;
  if (low === null || high === null || !buysTheSame(low, base) || !buysTheSame(high, base)) return null;
  const multiples = new Map<string, { low: number; high: number }>();
  const [atLow, atHigh] = [quantitiesOf(low), quantitiesOf(high)];
  for (const [key, planned] of quantitiesOf(base)) {
    const ends = { low: ratio(atLow.get(key), planned), high: ratio(atHigh.get(key), planned) };
    if (ends.low !== 1 || ends.high !== 1) multiples.set(key, ends);
  }
  return { input, multiples };
}

/** Of the purchases, and of the benefit that the plan forgoes, by the keys of their lines. */
function quantitiesOf(plan: Plan): Map<string, number> {
  return new Map([
    ...plan.purchases.map(
      (purchase) =>
        [
          purchase.key,
          purchase.kind === 'free'
            ? 0
            : 'quantity' in purchase
              ? purchase.quantity
              : purchase.quantityPerMonth,
        ] as const,
    ),
    ...forgoneBenefits(plan).map(({ key, months }) => [key, months.base] as const),
  ]);
}

function ratio(changed: number | undefined, planned: number): number {
  return changed === undefined || changed === planned || planned === 0 ? 1 : changed / planned;
}
