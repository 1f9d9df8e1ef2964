import type { ReadResource } from '#lib/artifacts/unresolved';
import type { PricingContext, ResourceCost, ResourcePricing } from '#lib/cost/resources/component';
import { OpenFact } from '#lib/cost/resources/facts';
import { freeTypes } from '#lib/cost/resources/free-types';
import { kubernetes } from '#lib/cost/resources/kubernetes';
import { byUseOnly } from '#lib/cost/resources/services/by-use';
import { ec2 } from '#lib/cost/resources/services/ec2';
import { eks } from '#lib/cost/resources/services/eks';
import { fixedAmounts } from '#lib/cost/resources/services/fixed';
import { machineLearning } from '#lib/cost/resources/services/machine-learning';
import { network } from '#lib/cost/resources/services/network';
import { stores } from '#lib/cost/resources/services/stores';

/** Every kind of resource that is known, the exact types before those of a whole service. */
export const RESOURCE_PRICING: readonly ResourcePricing[] = [
  ...ec2,
  ...eks,
  ...network,
  ...machineLearning,
  ...stores,
  ...fixedAmounts,
  ...byUseOnly,
  ...kubernetes,
  ...freeTypes,
];

const EXACT = new Map<string, ResourcePricing>();
const PREFIXES: (readonly [prefix: string, pricing: ResourcePricing])[] = [];
for (const pricing of RESOURCE_PRICING) {
  for (const type of pricing.types) {
    if (type.endsWith('*')) PREFIXES.push([type.slice(0, -1), pricing]);
    else if (!EXACT.has(type)) EXACT.set(type, pricing);
  }
}

/** `undefined` where nobody has said yet what a type costs. */
export function pricingOf(type: string): ResourcePricing | undefined {
  return EXACT.get(type) ?? PREFIXES.find(([prefix]) => type.startsWith(prefix))?.[1];
}

/** What a resource costs; a fact that only the deployment knows makes it unpriced, with what decides it. */
export function costOf(resource: ReadResource, context: PricingContext): ResourceCost | null {
  const pricing = pricingOf(resource.type);
  if (pricing === undefined) return null;
  try {
    return pricing.cost(resource, context);
  } catch (error) {
    if (error instanceof OpenFact) return { state: 'unpriced', why: error.message };
    throw error;
  }
}
