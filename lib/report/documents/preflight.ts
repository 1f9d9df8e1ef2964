import * as z from 'zod';
import { GROUPS, STATES } from '#lib/preflight/requirement';
import { count, described, flag, orNull, text } from '#lib/report/documents/figure';

const check = z.strictObject({
  id: text('Stable: `quota.ec2-on-demand-p.us-east-1`'),
  group: described(z.enum(GROUPS), 'What it is about'),
  subject: text('In a few words'),
  state: described(z.enum(STATES), 'What could not be asked is `skipped`, never `passed`'),
  text: text('What was found, or why nobody could be asked'),
  fix: orNull(text('A command, or what to change; of every failure')),
});

const deployment = z.strictObject({
  scenario: text('Id of the scenario'),
  option: text('Id of the option'),
  target: text('Id of the target'),
  region: orNull(text('Region of the cloud; `null` of a place of one’s own')),
});

/** `landfall/preflight/v1`. */
export const preflightSchema = z.strictObject({
  schema: z.literal('landfall/preflight/v1'),
  environment: text('Name of the environment'),
  checkedAt: text('Instant of the check, UTC'),
  offline: flag('Nobody but this machine was asked'),
  deployments: z.array(deployment),
  checks: z.array(check),
  counts: z.strictObject({
    passed: count('Checks that passed'),
    failed: count('Checks that failed: nothing should be applied'),
    warning: count('Checks that a person should look at'),
    skipped: count('Checks that could not be made'),
  }),
});
