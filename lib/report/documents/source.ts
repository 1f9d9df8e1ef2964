import * as z from 'zod';
import { PRICE_LAYERS, SOURCE_METHODS } from '#lib/catalog/provenance';
import type { SourceReference } from '#lib/catalog/provenance';
import { date, described, text } from '#lib/report/documents/figure';

/** Where the price of a line comes from. */
export const sourceSchema = z.strictObject({
  id: text('Source id'),
  publisher: z.string(),
  asOf: date('Date of the fact itself'),
  method: z.enum([...SOURCE_METHODS, 'derived', 'override']),
  layer: described(
    z.enum(PRICE_LAYERS).optional(),
    'Where the price was found; absent where it is an assumption',
  ),
}) satisfies z.ZodType<SourceReference>;
