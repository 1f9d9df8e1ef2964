import type { PolicyRule } from '#lib/policy/rule';
import { CLUSTER } from '#lib/policy/rules/cluster';
import { CONSUMPTION } from '#lib/policy/rules/consumption';
import { DISCLOSURE } from '#lib/policy/rules/disclosure';
import { ENTRIES } from '#lib/policy/rules/entries';
import { GUARDRAILS } from '#lib/policy/rules/guardrails';
import { MODEL_ACCESS } from '#lib/policy/rules/model-access';
import { NETWORK } from '#lib/policy/rules/network';
import { PODS } from '#lib/policy/rules/pods';
import { SUPPLY_CHAIN } from '#lib/policy/rules/supply-chain';
import { VECTOR_STORES } from '#lib/policy/rules/vector-stores';

/** What a synthesis is held to, in the order in which it is read. */
export const POLICY_RULES: readonly PolicyRule[] = [
  ...MODEL_ACCESS,
  ...GUARDRAILS,
  ...ENTRIES,
  ...VECTOR_STORES,
  ...SUPPLY_CHAIN,
  ...CONSUMPTION,
  ...DISCLOSURE,
  ...PODS,
  ...NETWORK,
  ...CLUSTER,
];
