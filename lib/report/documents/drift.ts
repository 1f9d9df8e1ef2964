import * as z from 'zod';
import { DIFFERENCES, ORIGINS, PROVISIONERS } from '#lib/drift/drift';
import { count, described, flag, orNull, text, texts } from '#lib/report/documents/figure';

const thing = z.strictObject({
  difference: described(
    z.enum(DIFFERENCES),
    '`missing`: ours and not live; `foreign`: live, of a stack of ours, and not ours; `changed`: not alike',
  ),
  address: text('A logical id, a Terraform address, or `Kind namespace/name`'),
  type: text('Of the resource or object'),
  origin: described(
    z.enum(ORIGINS),
    'Whether it was never deployed so, or was changed behind the back of what deployed it',
  ),
  paths: texts('Places that differ, never their values; empty of what is missing or foreign as a whole'),
});

const stack = z.strictObject({
  stack: text('Its name'),
  provisioner: z.enum(PROVISIONERS),
  region: orNull(text('Region of AWS')),
  isLive: flag('Something of it is live'),
  things: z.array(thing),
  unchecked: count('Resources of types that nobody can compare with what is live'),
  notes: texts('Why less was compared than could be'),
});

/** `landfall/drift/v1`. */
export const driftSchema = z.strictObject({
  schema: z.literal('landfall/drift/v1'),
  environment: text('Name of the environment'),
  checkedAt: text('Instant of the comparison, UTC'),
  stacks: z.array(stack),
  counts: z.strictObject({
    missing: count('Things that are ours and not live'),
    foreign: count('Things that are live and not ours'),
    changed: count('Things that differ'),
    unchecked: count('Resources that were not compared with what is live'),
  }),
});
