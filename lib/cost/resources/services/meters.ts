import type { Category } from '#lib/catalog/purchase';
import {
  aws,
  components,
  free,
  perContext,
  standing,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';

/** A line: its key, what it is called, and the SKU and unit of its price. */
export type Line = readonly [key: string, label: string, sku: string, unit: string];

/** A kind of resource whose bill is made of what passes through it. */
export function byUse(
  types: readonly string[],
  service: string,
  category: Category,
  lines: readonly Line[],
): ResourcePricing {
  const cost = perContext((context) => components(...passing(service, category, lines, context)));
  return { types, cost: (_, context) => cost(context) };
}

function passing(
  service: string,
  category: Category,
  lines: readonly Line[],
  context: PricingContext,
): readonly Component[] {
  return lines.map(([key, label, sku, unit]) => used(key, label, aws(service, sku, unit, context), category));
}

/** A kind of resource with one of something each month, and what passes through it. */
export function monthly(
  types: readonly string[],
  service: string,
  category: Category,
  [key, label, sku, unit]: Line,
  lines: readonly Line[] = [],
): ResourcePricing {
  const cost = perContext((context) =>
    components(
      stated(key, label, aws(service, sku, unit, context), category, 1),
      ...passing(service, category, lines, context),
    ),
  );
  return { types, cost: (_, context) => cost(context) };
}

/** A kind of resource that is billed for every hour it stands, and what passes through it. */
export function hourly(
  types: readonly string[],
  service: string,
  category: Category,
  [key, label, sku, unit]: Line,
  lines: readonly Line[] = [],
): ResourcePricing {
  const cost = perContext((context) =>
    components(
      standing(key, label, aws(service, sku, unit, context), category, context),
      ...passing(service, category, lines, context),
    ),
  );
  return { types, cost: (_, context) => cost(context) };
}

export function freeOf(why: string, types: readonly string[]): ResourcePricing {
  const cost = free(why);
  return { types, cost: () => cost };
}
