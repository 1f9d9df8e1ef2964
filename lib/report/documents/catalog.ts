import * as z from 'zod';
import { CATALOG_TABLES, type CatalogMatches } from '#lib/catalog/query';
import { count, date, described, figure, orNull, text, texts } from '#lib/report/documents/figure';

const staleness = z.strictObject({
  state: described(z.enum(['fresh', 'warn', 'stale']), 'Trustworthy, worth a look, or too old to trust'),
  ageDays: figure('On `asOf`', 'days'),
  class: z.strictObject({
    id: z.string(),
    label: text('Facts that age alike'),
    warnDays: figure('Worth a look beyond this age', 'days'),
    staleDays: figure('Too old to trust beyond this age', 'days'),
  }),
});

const matches = {
  rows: z.array(
    z.strictObject({
      kind: z.enum(CATALOG_TABLES),
      id: text('As other commands and environment files take it'),
      title: text('What it is, for people'),
      facts: text('The main figures with their units'),
      asOf: orNull(date('Of the fact; `null` where only its sources are dated')),
      staleness: described(staleness.nullable(), '`null` where nothing is dated'),
      sources: texts('Source ids'),
    }),
  ),
  total: count('Matches before the limit'),
} satisfies Record<keyof CatalogMatches, z.ZodType>;

/** `landfall/catalog/v1`. */
export const catalogSchema = z.strictObject({
  schema: z.literal('landfall/catalog/v1'),
  snapshot: date('Day of the bundled catalog'),
  asOf: date('Day from which ages count'),
  ...matches,
});
