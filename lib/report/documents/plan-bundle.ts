import * as z from 'zod';
import { DANGER_CLASSES } from '#lib/spec/schema/review';
import type { PlanBundle } from '#lib/lifecycle/bundle';
import { ACTIONS } from '#lib/lifecycle/change';
import { count, described, flag, orNull, usd } from '#lib/report/documents/figure';

const sha256 = (description: string) =>
  described(z.string().regex(/^[0-9a-f]{64}$/), `${description}, as SHA-256 in hexadecimal`);

const instant = (description: string) =>
  described(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/), description);

/** Shown in terminals and passed to programs: nothing that drives either. */
const plain = (description: string) => described(z.string().regex(/^[^\p{Cc}\p{Cf}]{0,512}$/u), description);

const change = z
  .strictObject({
    address: plain('In its stack: a logical id, `Outputs.Url`, a Terraform address'),
    type: plain('Type of the resource'),
    action: described(z.enum(ACTIONS), 'What becomes of it; `release`: it leaves the stack and stays'),
    paths: described(
      z.array(
        z.strictObject({
          path: plain('Place that differs'),
          was: orNull(
            described(z.string().regex(/^[0-9a-f]{4}$/), '16 bits that tell another value from this one'),
          ),
        }),
      ),
      'Where it differs, never how',
    ),
    keeps: orNull(described(z.enum(['resource', 'snapshot']), 'What stays of what goes')),
    isHalfMade: described(z.literal(true), 'Made before and not to the end').optional(),
  })
  .meta({ id: 'ResourceChange', description: 'One resource that a deployment touches' });

const live = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('absent') }),
    z.strictObject({ kind: z.literal('template'), sha256: sha256('Template, tags and protection') }),
    z.strictObject({
      kind: z.literal('state'),
      lineage: plain('Of the Terraform state'),
      serial: count('Of the Terraform state'),
    }),
    z.strictObject({ kind: z.literal('unknown') }),
  ])
  .meta({ id: 'LiveState', description: 'What was found standing' });

const stack = z
  .strictObject({
    stack: plain('Name under which it is deployed'),
    provisioner: z.enum(['cdk', 'terraform']),
    region: orNull(plain('Region; `null` outside of AWS')),
    artifactSha256: sha256('All that is deployed of it'),
    live,
    plannedAfter: described(z.array(plain('Stack')), 'Stacks that have to stand before it can be asked'),
    changes: z.array(change),
    changesSha256: sha256('The changes'),
  })
  .meta({ id: 'PlannedStack', description: 'A stack as it would be deployed' });

/** A danger of what is deployed. */
export const liveDanger = z
  .strictObject({
    class: z.enum(DANGER_CLASSES),
    address: plain('What `--approve` takes'),
    type: plain('Type of the resource'),
    because: plain('Why, in one line'),
  })
  .meta({ id: 'LiveDanger', description: 'What a deployment may destroy, release, open or interrupt' });

/** `landfall/plan-bundle/v1`. */
export const planBundleSchema = z.strictObject({
  schema: z.literal('landfall/plan-bundle/v1'),
  landfall: plain('Version that made it'),
  environment: plain('Name of the environment'),
  createdAt: instant('When it was made'),
  expiresAt: instant('Until when it may be applied'),
  request: z.strictObject({
    environment: plain('Environment file, from the working folder'),
    option: orNull(plain('Option instead of what `deploy` names')),
    scenario: orNull(plain('The only scenario')),
    prices: orNull(plain('`--prices`')),
    constants: orNull(plain('`--constants`')),
    modelConfig: orNull(plain('`--model-config`')),
  }),
  inputs: described(
    z.array(z.strictObject({ path: plain('From the working folder'), sha256: sha256('Content') })),
    'Files that were read',
  ),
  catalogSha256: sha256('The bundled catalog'),
  stacks: described(z.array(stack), 'In the order in which they are deployed'),
  dangers: described(z.array(liveDanger), 'Gravest first'),
  cost: z.strictObject({
    afterMonthlyUsd: usd('Monthly equivalent after'),
    beforeMonthlyUsd: orNull(usd('Before, where it is known')),
    isAtLeast: flag('A line has no price'),
  }),
  sha256: sha256('Everything above, as JSON with sorted keys'),
}) satisfies z.ZodType<PlanBundle>;
