import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { priceAgesOf, type PriceAges } from '#lib/catalog/price-ages';
import type { PricePin, PriceSnapshot } from '#lib/catalog/price-documents';
import { pinPrices } from '#lib/compare/pin-prices';
import type { PriceRefresh } from '#lib/price-feeds/price-refresh';
import { P5, snapshot } from '../../_support/price-files';
import { remembered } from '../../_support/remembered';
import { sizer } from '../../_support/sizer';
import { priceMoves, type PriceDiff } from '#lib/catalog/price-moves';
import type { PriceRecord } from '#lib/catalog/prices';
import { resolvePrice, type PriceResolution } from '#lib/catalog/resolve-price';
import { compareEnvironment } from '#lib/compare/compare';
import { triangleOf } from '#lib/compare/triangle';
import type { Comparison } from '#lib/compare/comparison';
import type { Drift } from '#lib/drift/drift';
import type { Estimate } from '#lib/cost/estimate';
import { billChange, heldToIncrease, type BillChange } from '#lib/diff/bill-change';
import { diffSides, type DiffDocument } from '#lib/diff/environment-diff';
import type { DiffSide } from '#lib/diff/side';
import type { BomDocument } from '#lib/report/usd-amounts';
import type { Facility } from '#lib/facility/facility';
import { makeBom } from '#lib/facility/make-bom';
import { makeFacility } from '#lib/facility/make-facility';
import type { Plan } from '#lib/plan/plan';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import type { Preflight } from '#lib/preflight/preflight';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { DOCUMENT_NAMES, DOCUMENTS, documentSchemaFile, documentSchemaText } from '#lib/report/documents';
import type { DocumentName } from '#lib/report/documents';
import { breakEven, type BreakEven } from '#lib/decision/break-even';
import { sensitivity, type Sensitivity } from '#lib/decision/sensitivity';
import { usedAssumptions, type UsedAssumptions } from '#lib/decision/used-assumptions';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import type { SizingEvaluation } from '#lib/evaluation/evaluation';
import { compareRoutes } from '#lib/routes/compare-routes';
import type { Routes } from '#lib/routes/routes';
import type { Scenario } from '#lib/spec/schema/scenario';
import { loadEnvironment } from '#lib/spec/load-environment';

/** A type as JSON holds it: nothing is read-only. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Described<Name extends DocumentName> = Plain<z.output<(typeof DOCUMENTS)[Name]>>;

const [ODD_PRICE] = loadCatalog().prices() as [PriceRecord];

const REFRESH: PriceRefresh = {
  schema: 'landfall/price-refresh/v1',
  fetchedAt: '2026-11-23T00:00:00Z',
  cache: 'prices',
  parts: [
    {
      feed: 'aws',
      part: 'AmazonEC2/us-east-1',
      state: 'failed',
      prices: 0,
      added: 0,
      removed: [],
      moved: [],
      notes: ['the server answered 503'],
      sourceUrl: null,
      publicationDate: null,
    },
  ],
};

type MadeHere = keyof ReturnType<typeof documentsOf>;
/** The others are made by commands; `test/bin/published-documents.test.ts` holds them. */
const MADE_HERE = DOCUMENT_NAMES.filter(
  (name): name is MadeHere =>
    ![
      'check',
      'explanation',
      'catalog',
      'model',
      'sizing-plan',
      'sizing-train',
      'sizing-grpo',
      'sizing-constants',
      'trace-summary',
      'plan-bundle',
      'apply-result',
      'policy',
      'preflight',
      'drift',
    ].includes(name),
);

const ENVIRONMENTS = ['knowledge', 'pilot', 'scale', 'support'];

/** Everything an environment gives; what costs most is made when it is read. */
function documentsOf(name: string) {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment(`environments/${name}.yaml`, catalog);
  const { comparison, plans, estimates } = compareEnvironment({
    environment,
    catalog,
    asOf: '2026-11-23',
    sizer,
  });
  const sides = [...plans].flatMap(([key, plan]): DiffSide[] => {
    const estimate = estimates.get(key);
    const scenario = comparison.scenarios.find(({ id }) => id === plan.scenario);
    const row = scenario?.options.find(({ id }) => id === plan.option);
    return estimate === undefined || row === undefined
      ? []
      : [{ selector: key, option: plan.option, plan, estimate, row }];
  });
  const diffs = sides.slice(1).flatMap((to) => (sides[0] === undefined ? [] : [diffSides(sides[0], to)]));
  const prices = createPriceBook({ catalog });
  const facilities = [...plans.values()].flatMap((plan) => {
    const [scenario, option] = [environment.scenarios[plan.scenario], environment.options[plan.option]];
    if (scenario === undefined || option === undefined) throw new Error(`no ${plan.option}`);
    const request = { plan, scenario, option, finance: environment.finance, catalog, prices };
    const facility = makeFacility(request);
    return facility === null ? [] : [{ ...request, facility }];
  });
  const priceDiff: PriceDiff = {
    schema: 'landfall/price-diff/v1',
    from: 'a',
    to: 'b',
    ...priceMoves(catalog.prices().slice(1), [...catalog.prices().slice(0, 9), { ...ODD_PRICE, usd: 9 }]),
  };
  const resolutions = [ODD_PRICE.id, 'aws/vpc/NAT gateway/eu-central-1/on-demand/hour'].map((id) =>
    resolvePrice({ id, catalog, asOf: '2026-11-23' }),
  );
  return {
    facility: facilities.map(({ facility }) => facility),
    bom: facilities.map(makeBom),
    portfolio: [makePortfolio({ environment, catalog, asOf: '2026-11-23', sizer })],
    comparison: [comparison],
    estimate: [...estimates.values()],
    'bill-change': changesBetween([...estimates.values()]),
    plan: [...plans.values()],
    diff: diffs,
    'sizing-evaluation': [JSON.parse(JSON.stringify(evaluateSizing([], catalog)))],
    get sensitivity() {
      return [sensitivity({ environment, catalog, asOf: '2026-11-23', draws: 100, seed: 1 })];
    },
    get breakeven() {
      const [scenarioId = ''] = Object.keys(environment.scenarios);
      return [breakEven({ environment, scenarioId, catalog, asOf: '2026-11-23', a: 'colo', b: 'bedrock' })];
    },
    get assumptions() {
      return [usedAssumptions({ environment, catalog, asOf: '2026-11-23' })];
    },
    get routes() {
      const [[scenarioId, scenario]] = Object.entries(environment.scenarios) as [[string, Scenario]];
      const options = Object.fromEntries(
        Object.entries(environment.options).filter(([id]) => ['bedrock', 'leased'].includes(id)),
      );
      const narrowed = { ...environment, options };
      return [compareRoutes({ environment: narrowed, catalog, asOf: '2026-11-23', scenarioId, scenario })];
    },
    get triangle() {
      return Object.keys(environment.scenarios).map((scenario) =>
        triangleOf({ environment, scenario, catalog, asOf: '2026-11-23' }),
      );
    },
    'price-ages': [priceAgesOf(catalog.prices(), '2026-11-23')],
    'price-diff': [priceDiff],
    'price-resolution': resolutions,
    'price-pin': [pinPrices({ environment, catalog, asOf: '2026-11-23' })],
    'price-snapshot': [snapshot([P5])],
    'price-refresh': [REFRESH],
  };
}

const documentsOnce = remembered(documentsOf);
const madeOnce = remembered(
  (environment: string, name: MadeHere): readonly object[] => documentsOnce(environment)[name],
);

/** From each bill to the next, the first of them held to a limit. */
function changesBetween(bills: readonly Estimate[]): readonly BillChange[] {
  const named = bills.map((estimate) => ({ name: estimate.option, estimate }));
  const changes = named.slice(1).flatMap((to, index) => {
    const from = named[index];
    return from === undefined ? [] : [billChange(from, to)];
  });
  return changes.map((change, index) =>
    index > 0 ? change : { ...change, increase: heldToIncrease(change, 100) },
  );
}

/** As a reader gets it: through text. */
function problemsOf(name: DocumentName, document: object): string[] {
  const read: unknown = JSON.parse(JSON.stringify(document));
  const { error } = DOCUMENTS[name].safeParse(read);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the published documents', () => {
  for (const environment of ENVIRONMENTS) {
    it.each(MADE_HERE)(`of environment ${environment} meet the schema of %s`, (name) => {
      const documents = madeOnce(environment, name);
      expect(documents.length).toBeGreaterThan(0);
      expect(documents.flatMap((document) => problemsOf(name, document))).toEqual([]);
    });
  }

  it.each(MADE_HERE)('with a field that the schema of %s lacks are refused', (name) => {
    const document = madeOnce('pilot', name)[0];
    expect(problemsOf(name, { ...document, invented: 1 })).toEqual([expect.stringContaining('invented')]);
  });

  it('without a field are refused', () => {
    const [{ scenarios: _, ...rest }] = madeOnce('pilot', 'comparison') as [Comparison];
    expect(problemsOf('comparison', rest)).toEqual([expect.stringMatching(/^scenarios/)]);
  });

  it('have the types that the program gives them, optional fields included', () => {
    expectTypeOf<Described<'comparison'>>().toEqualTypeOf<Plain<Comparison>>();
    expectTypeOf<Described<'estimate'>>().toEqualTypeOf<Plain<Estimate>>();
    expectTypeOf<Described<'diff'>>().toEqualTypeOf<Plain<DiffDocument>>();
    expectTypeOf<Described<'routes'>>().toEqualTypeOf<Plain<Routes>>();
    expectTypeOf<Described<'plan'>>().toEqualTypeOf<Plain<Plan>>();
    expectTypeOf<Described<'facility'>>().toEqualTypeOf<Plain<Facility>>();
    expectTypeOf<Described<'portfolio'>>().toEqualTypeOf<Plain<Portfolio>>();
    expectTypeOf<Described<'bom'>>().toEqualTypeOf<Plain<BomDocument>>();
    expectTypeOf<Described<'sensitivity'>>().toEqualTypeOf<Plain<Sensitivity>>();
    expectTypeOf<Described<'breakeven'>>().toEqualTypeOf<Plain<BreakEven>>();
    expectTypeOf<Described<'assumptions'>>().toEqualTypeOf<Plain<UsedAssumptions>>();
    expectTypeOf<Described<'sizing-evaluation'>>().toEqualTypeOf<Plain<SizingEvaluation>>();
    expectTypeOf<Described<'drift'>>().toEqualTypeOf<Plain<Drift>>();
    expectTypeOf<Described<'preflight'>>().toEqualTypeOf<Plain<Preflight>>();
    expectTypeOf<Described<'price-ages'>>().toEqualTypeOf<Plain<PriceAges>>();
    expectTypeOf<Described<'price-diff'>>().toEqualTypeOf<Plain<PriceDiff>>();
    expectTypeOf<Described<'price-pin'>>().toEqualTypeOf<Plain<PricePin>>();
    expectTypeOf<Described<'price-snapshot'>>().toEqualTypeOf<Plain<PriceSnapshot>>();
    expectTypeOf<Described<'price-refresh'>>().toEqualTypeOf<Plain<PriceRefresh>>();
    expectTypeOf<Described<'price-resolution'>>().toEqualTypeOf<Plain<PriceResolution>>();
  });
});

describe('the published schemas', () => {
  it.each(DOCUMENT_NAMES)('schema/%s.schema.json is what the code says: npm run docs', (name) => {
    expect(readFileSync(`schema/${documentSchemaFile(name)}`, 'utf8')).toBe(documentSchemaText(name));
  });
});
