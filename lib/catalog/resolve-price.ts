import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook, type PriceBookOverrides } from '#lib/catalog/price-book';
import { priceId, referenceOfId, type Price, type PriceRecord } from '#lib/catalog/prices';
import type { PriceLayerId } from '#lib/catalog/provenance';
import { staleness, type Staleness } from '#lib/catalog/staleness';
import { closest } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Band } from '#lib/units/band';

/** What one place says of a price. */
export interface ResolutionStep {
  readonly layer: PriceLayerId | 'derived';
  /** `beneath`: knows a price, and a place before it answered; `withdrawn`: its seller lists it no longer. */
  readonly state: 'answers' | 'beneath' | 'silent' | 'withdrawn';
  readonly usd: number | null;
  readonly asOf: string | null;
  readonly publisher: string | null;
  readonly document: string | null;
  /** What is to be said of it in words. */
  readonly why: string;
}

/** How a price is found: every place that was asked, in order, and what came of it. */
export interface PriceResolution {
  readonly schema: 'landfall/price-resolution/v1';
  readonly id: string;
  readonly asOf: string;
  readonly state: Price['state'];
  /** Per unit; `null` where there is no price. */
  readonly usd: Band | null;
  readonly unit: string;
  /** How the answer came about, what contracts take off included; `null` where there is no price. */
  readonly basis: string | null;
  /** `null` where there is no price. */
  readonly age: {
    readonly days: number;
    readonly state: Staleness['state'];
    /** Days after which it is too old to trust. */
    readonly limitDays: number;
  } | null;
  readonly steps: readonly ResolutionStep[];
}

export interface ResolutionRequest {
  readonly id: string;
  readonly catalog: Catalog;
  readonly asOf: string;
  /** @default - none: no environment was named */
  readonly overrides?: PriceBookOverrides;
}

/**
 * Asks every layer for a price and says which answers, and why.
 *
 * @throws LandfallError UNKNOWN_PRICE where the id is not one, or nothing of its seller and service is known
 */
export function resolvePrice({ id, catalog, asOf, overrides }: ResolutionRequest): PriceResolution {
  const reference = referenceOfId(id);
  if (reference === null) throw unknownPrice(id, catalog);
  const answer = createPriceBook({ catalog, ...(overrides === undefined ? {} : { overrides }) }).price(
    reference,
  );
  const isKnown = catalog.prices().some(({ seller, service }) => {
    return seller === reference.seller && service === reference.service;
  });
  if (answer.state === 'unpriced' && !isKnown) throw unknownPrice(id, catalog);

  const ids = [id, priceId({ ...reference, region: '*' })];
  const steps: ResolutionStep[] = [overrideStep(id, overrides)];
  let isOpen = steps[0]?.state !== 'answers';
  const withdrawn = new Set<string>();
  for (const layer of catalog.priceLayers?.() ?? []) {
    const record =
      layer.prices.find((one) => one.id === ids[0]) ?? layer.prices.find((one) => one.id === ids[1]);
    const step = layerStep(layer.id, record, withdrawn, isOpen, catalog);
    steps.push(step);
    if (step.state === 'answers') isOpen = false;
    for (const one of layer.withdrawn) withdrawn.add(one);
  }
  steps.push(derivedStep(answer, isOpen));
  return {
    schema: 'landfall/price-resolution/v1',
    id,
    asOf,
    state: answer.state,
    usd: answer.state === 'priced' ? answer.usd : null,
    unit: answer.unit,
    basis: answer.state === 'priced' ? answer.basis : null,
    age: ageOf(answer, id, catalog, asOf),
    steps,
  };
}

function overrideStep(id: string, overrides: PriceBookOverrides | undefined): ResolutionStep {
  const found = overrides?.prices[id];
  const empty = { layer: 'override', usd: null, asOf: null, publisher: null, document: null } as const;
  if (overrides === undefined) return { ...empty, state: 'silent', why: 'no environment was named' };
  if (found === undefined) return { ...empty, state: 'silent', why: 'not among `finance.prices`' };
  const { usd, asOf, document } = found;
  const why = 'an own price goes before all others';
  return { layer: 'override', state: 'answers', usd, asOf, publisher: 'environment', document, why };
}

function layerStep(
  layer: PriceLayerId,
  record: PriceRecord | undefined,
  withdrawn: ReadonlySet<string>,
  isOpen: boolean,
  catalog: Catalog,
): ResolutionStep {
  if (record === undefined) {
    return {
      layer,
      state: 'silent',
      usd: null,
      asOf: null,
      publisher: null,
      document: null,
      why: 'not listed',
    };
  }
  const source = catalog.sources().get(record.source);
  const said = {
    layer,
    usd: record.usd,
    asOf: record.asOf,
    publisher: source?.publisher ?? record.source,
    document: source?.document ?? null,
  };
  if (withdrawn.has(record.id)) {
    return { ...said, state: 'withdrawn', why: 'a newer list of its seller no longer has it' };
  }
  const note = record.note === undefined ? '' : `; ${record.note}`;
  const byFactor = record.derived === true ? 'computed by a factor when the catalog was made' : 'listed';
  return isOpen
    ? { ...said, state: 'answers', why: `${byFactor}, the first that knows it${note}` }
    : { ...said, state: 'beneath', why: `${byFactor}, and something before it answered${note}` };
}

function derivedStep(answer: Price, isOpen: boolean): ResolutionStep {
  const empty = { layer: 'derived', usd: null, asOf: null, publisher: null, document: null } as const;
  if (!isOpen) return { ...empty, state: 'silent', why: 'not needed' };
  if (answer.state === 'unpriced') return { ...empty, state: 'silent', why: answer.why };
  const { usd, source, basis } = answer;
  const said = { usd: usd.base, asOf: source.asOf, publisher: source.publisher, document: source.id };
  return { layer: 'derived', state: 'answers', ...said, why: basis };
}

function ageOf(answer: Price, id: string, catalog: Catalog, asOf: string): PriceResolution['age'] {
  if (answer.state === 'unpriced') return null;
  const record = catalog.prices().find((one) => one.id === answer.id);
  const fact = record ?? { ...referenceOfId(id), asOf: answer.source.asOf };
  const { ageDays, state, class: limits } = staleness({ ...fact, asOf: answer.source.asOf }, asOf);
  return { days: ageDays, state, limitDays: limits.staleDays };
}

function unknownPrice(id: string, catalog: Catalog): LandfallError {
  const words = id
    .toLowerCase()
    .split('/')
    .filter((word) => word !== '');
  const ids = catalog.prices().map((record) => record.id);
  const near = ids.filter((one) => words.every((word) => one.toLowerCase().includes(word)));
  const meant = near.length > 0 ? near.slice(0, 3) : closest(id, ids);
  return new LandfallError({
    code: 'UNKNOWN_PRICE',
    at: 'landfall catalog why',
    got: `"${id}"`,
    expected: 'the id of a price: seller/service/sku/region/term/unit',
    fix:
      meant.length === 0
        ? 'find it by `landfall catalog <words> --kind prices`'
        : `did you mean ${meant.map((one) => `"${one}"`).join(' or ')}?`,
  });
}
