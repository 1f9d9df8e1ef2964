import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import type { ServedByProvider } from '#lib/plan/managed/served';
import { staysWithin } from '#lib/plan/nodes/residency';
import type { Plan } from '#lib/plan/plan';
import type { Context } from '#lib/plan/plan-request';
import type { TokenOffering } from '#lib/targets/port/offering';

interface ManagedChoice {
  readonly model: Model;
  readonly offering: TokenOffering;
}

/** The model of the pool whose tokens cost least, by the cheapest profile that residency allows, or why there is none. */
export function chooseTokens(
  { scenario, catalog, prices, target, site, demand }: Context,
  models: readonly Model[],
  offerings: readonly TokenOffering[],
): ServedByProvider | { readonly reasons: readonly string[] } {
  const wanted = new Set(models.map(({ id }) => id));
  const sold = offerings.filter(({ model }) => wanted.has(model));
  if (sold.length === 0) return { reasons: [notSold(models, catalog, target.title)] };
  const { residency } = scenario.objectives;
  const allowed = sold.filter((offering) => staysWithin(residency, offering, site));
  const choice = chooseManaged(models, allowed, demand, prices);
  if (choice === null) {
    const where = `${target.title} in ${site.region ?? 'its region'}`;
    return { reasons: [`no profile of ${where} keeps prompts in ${residency}`] };
  }
  const { model, offering } = choice;
  const { modelId, profile } = offering;
  return {
    model,
    managed: { modelId, profile, guardrail: site.guardrail },
    placed: { token: offering },
    notes: [`${target.title} limits tokens per minute by account: check the quota against the peak`],
  };
}

/** The cheapest managed model by the month's tokens; an unpriced one only where none has a price. */
export function chooseManaged(
  models: readonly Model[],
  offerings: readonly TokenOffering[],
  demand: Plan['demand'],
  prices: PriceBook,
): ManagedChoice | null {
  const byId = new Map(models.map((model) => [model.id, model]));
  const priced = offerings
    .flatMap((offering) => {
      const model = byId.get(offering.model);
      return model === undefined ? [] : [{ model, offering, usd: monthlyUsd(offering, demand, prices) }];
    })
    .toSorted((a, b) => (a.usd === b.usd ? (a.offering.id < b.offering.id ? -1 : 1) : a.usd - b.usd));
  const best = priced[0];
  return best === undefined ? null : { model: best.model, offering: best.offering };
}

function monthlyUsd(offering: TokenOffering, demand: Plan['demand'], prices: PriceBook): number {
  const usdPerMillion = (reference: TokenOffering['input']) => {
    const price = prices.price(reference);
    return price.state === 'priced' ? price.usd.base : Number.POSITIVE_INFINITY;
  };
  const cached = offering.cacheRead === null ? 0 : demand.cachedInputTokensPerMonth;
  const cachedUsd =
    offering.cacheRead === null || cached === 0 ? 0 : cached * usdPerMillion(offering.cacheRead);
  return (
    ((demand.inputTokensPerMonth - cached) * usdPerMillion(offering.input) +
      cachedUsd +
      demand.outputTokensPerMonth * usdPerMillion(offering.output)) /
    1e6
  );
}

/** Models for which nobody publishes what this provider charges or whether it sells them. */
function notSold(models: readonly Model[], catalog: Catalog, title: string): string {
  const sold = new Set(catalog.managedModels.map(({ model }) => model));
  const missing = models.filter(({ id }) => !sold.has(id)).map(({ id }) => id);
  return `${title} does not sell ${missing.length === 0 ? 'these models on the chosen profile' : missing.join(', ')}`;
}
