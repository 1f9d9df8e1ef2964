import { priceId } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { ArtifactBill } from '#lib/cost/artifacts/artifact-bill';
import type { ArtifactLine } from '#lib/cost/artifacts/artifact-line';
import type { Estimate, LineItem, Reconciliation } from '#lib/cost/estimate';
import { roundUsd } from '#lib/units/money';

/** USD a month that rounding may make between the books. */
const ROUNDING_USD = 0.01;

/** Why the plan's figure may be higher, and why the artifacts may know nothing. */
const BEYOND_FLOOR = 'the artifacts hold the least that is kept up, the plan what its load takes';
const HOURS =
  'the plan counts the hours in which its nodes stand, the artifacts all month as many as they start with';
const OUTSIDE = 'bought by contract, outside of what is synthesized';

/**
 * Holds the plan's bill against the artifacts'. Both are joined by the price that a line asks for, the one thing that two
 * books written apart must agree on; the totals are of what both know. People, energy and traffic outside any resource
 * stand in the plan alone and are no difference.
 */
export function reconcile(
  purchases: readonly Purchase[],
  estimate: Pick<Estimate, 'lines'>,
  bill: ArtifactBill,
): Reconciliation {
  const planned = plannedByPrice(purchases, estimate.lines);
  const built = builtByPrice(bill.lines);
  const differences: Reconciliation['differences'][number][] = [];
  let [planTotal, artifactTotal] = [0, 0];
  for (const id of [...new Set([...planned.keys(), ...built.keys()])].toSorted()) {
    const [plan, artifact] = [planned.get(id), built.get(id)];
    // What only use decides is the plan's to say: the artifacts know the price of a unit and no amount.
    if (artifact?.isByUse === true && plan !== undefined) {
      const why = unitsApart(plan, artifact);
      if (why !== null) differences.push({ key: id, plan: plan.usd, artifact: null, why });
      continue;
    }
    if (plan?.isByUse === true && artifact === undefined) continue;
    if (artifact?.isByUse === true) continue;
    if (plan !== undefined && artifact !== undefined) {
      if (plan.usd === null || artifact.usd === null) {
        if (plan.usd !== artifact.usd) {
          differences.push({
            key: id,
            plan: plan.usd,
            artifact: artifact.usd,
            why: 'one book has a price for it',
          });
        }
        continue;
      }
      planTotal += plan.usd;
      artifactTotal += artifact.usd;
      if (Math.abs(plan.usd - artifact.usd) > ROUNDING_USD) {
        const why = causeOf(plan, artifact);
        differences.push({ key: id, plan: roundUsd(plan.usd), artifact: roundUsd(artifact.usd), why });
      }
      continue;
    }
    const why =
      plan === undefined
        ? 'the plan buys none of it'
        : id.startsWith('aws/')
          ? 'no synthesized resource asks for it'
          : OUTSIDE;
    differences.push({ key: id, plan: plan?.usd ?? null, artifact: artifact?.usd ?? null, why });
  }
  return {
    planMonthlyUsd: roundUsd(planTotal),
    artifactMonthlyUsd: roundUsd(artifactTotal),
    differences,
    unaccountedResources: bill.unaccounted,
  };
}

/** Why both books know an item and differ. */
function causeOf(plan: Sum, artifact: Sum): string {
  if (plan.commitment !== null && plan.quantity === artifact.quantity) {
    return `the plan pays by a commitment (${plan.commitment}), the artifacts show the list price`;
  }
  if (plan.comesAndGoes)
    return plan.commitment === null ? HOURS : `${HOURS}; a part is under ${plan.commitment}`;
  if (artifact.isFloor && plan.quantity > artifact.quantity) return BEYOND_FLOOR;
  if (isNear(plan.quantity, artifact.quantity)) {
    return unitsApart(plan, artifact) ?? 'the same amount of one price costs something else';
  }
  return `the plan buys ${plan.quantity}, the artifacts hold ${artifact.quantity}`;
}

/** Prices of one unit that the books read apart, or `null` where they agree. A factor of the plan's term is none of it. */
function unitsApart(plan: Sum, artifact: Sum): string | null {
  const [one, other] = [plan.unitUsd, artifact.unitUsd];
  if (one === null || other === null || plan.commitment !== null || isNear(one, other)) return null;
  return `the plan pays ${one} USD a unit, the artifacts ${other}`;
}

/** Sums of many lines may differ in the last digits. */
function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1e-6, Math.abs(one), Math.abs(other));
}

interface Sum {
  readonly quantity: number;
  /** Of the last line that knew one; `null` where there is no price. */
  readonly unitUsd: number | null;
  /** `null` where there is no price. */
  readonly usd: number | null;
  readonly isByUse: boolean;
  readonly isFloor: boolean;
  readonly comesAndGoes: boolean;
  /** Id of the factor that a term brings; `null` at list price. */
  readonly commitment: string | null;
}

/** What the plan buys of resources, by price. Capital, people and energy are no resources. */
function plannedByPrice(purchases: readonly Purchase[], lines: readonly LineItem[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  const byKey = new Map(lines.map((line) => [line.key, line]));
  for (const purchase of purchases) {
    const line = byKey.get(purchase.key);
    if (line === undefined || (purchase.kind !== 'recurring' && purchase.kind !== 'usage')) continue;
    if (purchase.resources.length === 0) continue;
    const factor = purchase.kind === 'recurring' ? purchase.priceFactor : undefined;
    put(sums, priceId(purchase.price), deployedMonth(purchase, line), {
      isByUse: purchase.kind === 'usage',
      isFloor: false,
      comesAndGoes: purchase.kind === 'recurring' && purchase.comesAndGoes === true,
      commitment: factor === undefined ? null : priceId(factor),
    });
  }
  return sums;
}

/** Templates hold what is deployed: of what is added later the plan's book shows the month of the deployment alone. */
function deployedMonth({ follows }: Purchase, line: LineItem): LineItem {
  if (follows === undefined || line.unitPriceUsd === null) return line;
  return { ...line, monthlyUsd: line.quantity * line.unitPriceUsd };
}

function builtByPrice(lines: readonly ArtifactLine[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const line of lines) {
    if (line.priceId === null) continue;
    const isByUse = line.isByUse && line.item.monthlyUsd === null;
    put(sums, line.priceId, line.item, {
      isByUse,
      isFloor: line.isFloor,
      comesAndGoes: false,
      commitment: null,
    });
  }
  return sums;
}

function put(
  sums: Map<string, Sum>,
  id: string,
  line: LineItem,
  {
    isByUse,
    isFloor,
    comesAndGoes,
    commitment,
  }: Pick<Sum, 'isByUse' | 'isFloor' | 'comesAndGoes' | 'commitment'>,
): void {
  const before = sums.get(id);
  const isUnpriced = line.monthlyUsd === null || before?.usd === null;
  sums.set(id, {
    quantity: (before?.quantity ?? 0) + line.quantity,
    unitUsd: line.unitPriceUsd ?? before?.unitUsd ?? null,
    usd: isUnpriced ? (isByUse ? 0 : null) : (before?.usd ?? 0) + (line.monthlyUsd ?? 0),
    isByUse: (before?.isByUse ?? true) && isByUse,
    isFloor: (before?.isFloor ?? false) || isFloor,
    comesAndGoes: (before?.comesAndGoes ?? false) || comesAndGoes,
    commitment: commitment ?? before?.commitment ?? null,
  });
}
