import type { Category } from '#lib/catalog/purchase';
import {
  aws,
  components,
  free,
  standing,
  stated,
  used,
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
  return {
    types,
    cost: (_, context) =>
      components(
        ...lines.map(([key, label, sku, unit]) =>
          used(key, label, aws(service, sku, unit, context), category),
        ),
      ),
  };
}

/** A kind of resource with one of something each month, and what passes through it. */
export function monthly(
  types: readonly string[],
  service: string,
  category: Category,
  [key, label, sku, unit]: Line,
  lines: readonly Line[] = [],
): ResourcePricing {
  return {
    types,
    cost: (_, context) =>
      components(
        stated(key, label, aws(service, sku, unit, context), category, 1),
        ...lines.map(([name, title, of, per]) => used(name, title, aws(service, of, per, context), category)),
      ),
  };
}

/** A kind of resource that is billed for every hour it stands, and what passes through it. */
export function hourly(
  types: readonly string[],
  service: string,
  category: Category,
  [key, label, sku, unit]: Line,
  lines: readonly Line[] = [],
): ResourcePricing {
  return {
    types,
    cost: (_, context) =>
      components(
        standing(key, label, aws(service, sku, unit, context), category, context),
        ...lines.map(([name, title, of, per]) => used(name, title, aws(service, of, per, context), category)),
      ),
  };
}

export function freeOf(why: string, types: readonly string[]): ResourcePricing {
  return { types, cost: () => free(why) };
}
