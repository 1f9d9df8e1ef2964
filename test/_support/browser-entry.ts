import type { Catalog } from '#lib/catalog/catalog';
import { decisionCase, type DecisionCaseProps } from '#lib/decision/decision-case';
import { monteCarlo } from '#lib/decision/monte-carlo';
import { compareEnvironment } from '#lib/compare/compare';
import { bill, options } from '../anchors/reference-options';

interface Page {
  readonly catalog: Catalog;
  readonly case: Omit<DecisionCaseProps, 'catalog'>;
  result?: unknown;
}

/** What a page computes with nothing but what it was given: no files, no process, no clock. */
const page = (globalThis as unknown as { readonly page: Page }).page;
const decision = decisionCase({ ...page.case, catalog: page.catalog });
const { environment, asOf } = page.case;
page.result = {
  reference: Object.entries(options).map(([name, purchases]) => [
    name,
    bill(purchases).totals.presentValueUsd,
  ]),
  comparison: compareEnvironment({ environment, catalog: page.catalog, asOf }).comparison,
  spreads: monteCarlo(decision, { draws: 200, seed: 1 }),
};
