import type { Verb } from '#bin/command';
import { CATALOG_VERBS } from '#bin/verbs/catalog';
import { CHANGE_VERBS } from '#bin/verbs/change';
import { DECISION_VERBS } from '#bin/verbs/decision';
import { ENVIRONMENT_VERBS } from '#bin/verbs/environment';
import { FACILITY_VERBS } from '#bin/verbs/facility';
import { LIFECYCLE_VERBS } from '#bin/verbs/lifecycle';
import { MONEY_VERBS } from '#bin/verbs/money';
import { PORTFOLIO_VERBS } from '#bin/verbs/portfolio';
import { ROUTE_VERBS } from '#bin/verbs/routes';
import { SHELL_VERBS } from '#bin/verbs/shell';
import { SIZING_VERBS } from '#bin/verbs/sizing';

/** Every verb, in the order of the help. */
export const VERBS: readonly Verb[] = [
  ...ENVIRONMENT_VERBS,
  ...ROUTE_VERBS,
  ...MONEY_VERBS,
  ...FACILITY_VERBS,
  ...PORTFOLIO_VERBS,
  ...DECISION_VERBS,
  ...CHANGE_VERBS,
  ...LIFECYCLE_VERBS,
  ...CATALOG_VERBS,
  ...SIZING_VERBS,
  ...SHELL_VERBS,
];
