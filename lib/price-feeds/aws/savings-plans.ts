import type { PriceRow } from '#lib/catalog/price-documents';
import { priceId, type PriceRecord } from '#lib/catalog/prices';
import { UnknownForm, type DocumentReader } from '#lib/price-feeds/document-reader';
import { jsonStream } from '#lib/price-feeds/json-stream';

export interface SavingsPlans {
  readonly publicationDate: string | null;
  readonly rows: readonly PriceRow[];
  readonly notes: readonly string[];
}

export interface SavingsPlansProps {
  readonly kind: PlanKind;
  readonly seller: string;
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
  /** On-demand prices that the rates are held against. */
  readonly prices: readonly PriceRecord[];
}

/** What one kind of plan covers, and how its rates name it. */
export interface PlanKind {
  readonly id: string;
  /** Offer whose entry of the index leads to the plans. */
  readonly offer: string;
  readonly title: string;
  /** What each of its plans is called, by the family of products that it is listed as. */
  readonly titles: Readonly<Record<string, string>>;
  readonly serviceCode: string;
  readonly operation: string;
  /** Finds the instance type in a usage type. */
  readonly type: RegExp;
  /** Our service, whose on-demand prices the rates are held against. */
  readonly service: string;
}

/** Paid by the month: the discount that a planner can count on. */
const PURCHASE = 'No Upfront';

/** Who commits to nodes of one type in one region takes the cheaper of the plans that cover it. */
export const COMPUTE_PLANS: PlanKind = {
  id: 'compute',
  offer: 'AmazonEC2',
  title: 'compute savings plan',
  titles: {
    ComputeSavingsPlans: 'compute savings plan',
    EC2InstanceSavingsPlans: 'savings plan of the instance family',
  },
  serviceCode: 'AmazonEC2',
  operation: 'RunInstances',
  type: /(?:^|-)BoxUsage:([a-z0-9-]+\.[a-z0-9-]+)$/,
  service: 'ec2',
};

/** The plans of SageMaker cover its instances by what they do; hosting is what the catalog has. */
export const SAGEMAKER_PLANS: PlanKind = {
  id: 'sagemaker',
  offer: 'AmazonSageMaker',
  title: 'SageMaker savings plan',
  titles: {
    MachineLearningSavingsPlans: 'SageMaker savings plan',
    SageMakerSavingsPlans: 'SageMaker savings plan',
  },
  serviceCode: 'AmazonSageMaker',
  operation: 'RunInstance',
  type: /(?:^|-)Host:(ml\.[a-z0-9-]+\.[a-z0-9]+)$/,
  service: 'sagemaker',
};

/**
 * Reads a savings-plan file (`savingsPlan/v1.0/…/<region>/index.json`): each rate of an instance type as its share of
 * the on-demand price, by the term of its plan, the lowest where several plans cover it. A type whose on-demand price is not
 * known has no share.
 */
export function savingsPlansReader(props: SavingsPlansProps): DocumentReader<SavingsPlans> {
  const { kind, seller, region, prices } = props;
  const onDemand = new Map(prices.map(({ id, usd }) => [id, usd]));
  const offered = new Map<string, string>();
  const rows = new Map<string, PriceRow>();
  const withoutPrice = new Set<string>();
  let publicationDate: string | null = null;
  let plan = { sku: '', years: 0 };
  return jsonStream<SavingsPlans>({
    paths: [
      '$.publicationDate',
      '$.products.*',
      '$.terms.savingsPlan.*.sku',
      '$.terms.savingsPlan.*.leaseContractLength',
      '$.terms.savingsPlan.*.rates.*',
    ],
    take: (value, keys) => {
      const [first, , , field] = keys;
      if (keys.length === 1) publicationDate = String(value);
      else if (first === 'products') offer(value, kind, offered);
      else if (field === 'sku') plan = { sku: String(value), years: 0 };
      else if (field === 'leaseContractLength') plan.years = yearsOf(value);
      else {
        // A plan names itself and its length before its rates; without them a rate belongs to nothing.
        if (plan.sku === '' || plan.years === 0) throw new UnknownForm('rates before their plan');
        const title = offered.get(plan.sku);
        if (title === undefined) return;
        const rate = rateOf(value, kind);
        if (rate === null) return;
        const id = priceId({ ...instanceOf(seller, rate.type, region), service: kind.service });
        const full = onDemand.get(id);
        if (full === undefined || full === 0) withoutPrice.add(rate.type);
        else keepLowest(rows, rowOf(rate, rate.usd / full, { title, years: plan.years }, props));
      }
    },
    end: () => ({
      publicationDate,
      rows: [...rows.values()],
      notes:
        withoutPrice.size === 0
          ? []
          : [`${withoutPrice.size} types have a rate and no on-demand price in ${region}: refresh aws first`],
    }),
  });
}

function keepLowest(rows: Map<string, PriceRow>, row: PriceRow): void {
  const key = `${row.sku}/${row.term}`;
  const known = rows.get(key);
  if (known === undefined || row.usd < known.usd) rows.set(key, row);
}

function instanceOf(seller: string, sku: string, region: string) {
  return { seller, sku, region, term: 'on-demand', unit: 'instance-hour' };
}

interface Fields {
  readonly [name: string]: unknown;
}

function offer(value: unknown, { titles }: PlanKind, offered: Map<string, string>): void {
  const { sku, productFamily, attributes } = value as Fields;
  const { purchaseOption } = (attributes ?? {}) as Fields;
  const title = typeof productFamily === 'string' ? titles[productFamily] : undefined;
  if (title !== undefined && purchaseOption === PURCHASE && typeof sku === 'string') offered.set(sku, title);
}

function yearsOf(value: unknown): number {
  const { duration, unit } = value as Fields;
  const isYears = unit === 'year' && typeof duration === 'number';
  if (!isYears) throw new UnknownForm(`a plan of ${String(duration)} ${String(unit)}`);
  return duration;
}

interface Rate {
  readonly type: string;
  readonly usd: number;
}

function rateOf(value: unknown, kind: PlanKind): Rate | null {
  const { discountedUsageType, discountedOperation, discountedServiceCode, discountedRate } = value as Fields;
  const type = typeof discountedUsageType === 'string' ? kind.type.exec(discountedUsageType)?.[1] : undefined;
  if (
    type === undefined ||
    discountedOperation !== kind.operation ||
    discountedServiceCode !== kind.serviceCode
  )
    return null;
  const { price, currency } = (discountedRate ?? {}) as Fields;
  const usd = Number(price);
  if (currency !== 'USD' || !Number.isFinite(usd)) throw new UnknownForm(`no rate in USD for ${type}`);
  return { type, usd };
}

function rowOf(
  { type, usd }: Rate,
  share: number,
  { title, years }: { readonly title: string; readonly years: number },
  { seller, region, asOf, source }: SavingsPlansProps,
): PriceRow {
  return {
    seller,
    service: 'savings-plan-factor',
    sku: type,
    region,
    unit: 'ratio',
    usd: Number(share.toPrecision(6)),
    term: `reserved-${years}y`,
    asOf,
    source,
    note: `${title}, nothing upfront: ${usd} USD an hour`,
  };
}
