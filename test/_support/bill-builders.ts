import { priceId, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { SourceReference } from '#lib/catalog/provenance';
import type { Finance } from '#lib/spec/schema/finance';
import type { Plan } from '#lib/plan/plan';
import type { Purchase } from '#lib/catalog/purchase';
import { exactly, type Band } from '#lib/units/band';

export const SOURCE: SourceReference = {
  id: 'worked-example',
  publisher: 'worked example',
  asOf: '2026-11-01',
  method: 'estimate',
};

export function reference(sku: string, term = 'on-demand'): PriceReference {
  return { seller: 'seller', service: 'service', sku, region: '*', term, unit: 'unit' };
}

/** A price book of the given prices (by sku) and assumptions (by id); everything else is unpriced or a bug. */
export function bookOf(
  skus: Readonly<Record<string, number | Band>>,
  assumptions: Readonly<Record<string, number | Band>> = {},
): PriceBook {
  const band = (value: number | Band) => (typeof value === 'number' ? exactly(value) : value);
  return {
    price(asked) {
      const id = priceId(asked);
      const usd = skus[asked.sku];
      if (usd === undefined) return { state: 'unpriced', id, unit: asked.unit, why: `no price of ${id}` };
      return {
        state: 'priced',
        id,
        unit: asked.unit,
        usd: band(usd),
        source: SOURCE,
        derived: false,
        basis: 'listed',
      };
    },
    listed: () => [],
    assumption(id) {
      const value = assumptions[id];
      if (value === undefined) throw new Error(`no assumption ${id}`);
      return { ...band(value), id, label: id, unit: 'unit', source: SOURCE };
    },
  };
}

export function financeOf(changes: Partial<Finance> = {}): Finance {
  return {
    horizonMonths: 36,
    discountRatePerYear: 0.09,
    people: { onCall: false },
    benefitUsdPerMonth: 0,
    exchangeRates: {},
    prices: {},
    discounts: {},
    assumptions: {},
    ...changes,
  };
}

/** A plan that buys these things and has nothing else. */
export function planOf(purchases: readonly Purchase[], changes: Partial<Plan> = {}): Plan {
  return {
    schema: 'landfall/plan/v1',
    environment: 'example',
    scenario: 'chat',
    option: 'own',
    target: 'colo',
    model: { id: 'model', name: 'Model', repository: null },
    network: { region: null, zones: [], vpcCidr: null, natGateways: 0, interfaceEndpoints: [] },
    cluster: null,
    nodePools: [],
    serving: null,
    managed: null,
    retrieval: null,
    facility: null,
    sizing: null,
    redundancy: null,
    demand: {
      requestsPerMonth: 1e6,
      inputTokensPerMonth: 3e9,
      cachedInputTokensPerMonth: 0,
      outputTokensPerMonth: 1e9,
      growthPerMonth: 0,
    },
    quality: null,
    leadTimeDays: { low: 10, base: 73, high: 100 },
    leadTimeAssumption: 'lead-time',
    purchases,
    notes: [],
    ...changes,
  };
}

const head = (key: string) => ({ key, label: key, category: 'compute' as const, basis: key, resources: [] });

export function monthly(key: string, quantityPerMonth: number): Purchase {
  return { ...head(key), kind: 'recurring', quantityPerMonth, price: reference(key) };
}

export function usage(key: string, quantityPerMonth: number): Purchase {
  return { ...head(key), kind: 'usage', quantityPerMonth, price: reference(key) };
}

export function assumed(
  key: string,
  quantity: number,
  assumptions: readonly string[],
  when: 'monthly' | 'once' = 'monthly',
): Purchase {
  return { ...head(key), kind: 'assumed', tangible: false, quantity, unit: 'unit', assumptions, when };
}

export function capital(
  key: string,
  quantity: number,
  residual: 'server' | 'straight-line' | 'annuity' | 'none',
  lifeMonths: number,
  surcharges: readonly string[] = [],
): Purchase {
  return { ...head(key), kind: 'capital', quantity, price: reference(key), surcharges, lifeMonths, residual };
}
