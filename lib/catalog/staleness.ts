import type { SourceReference } from '#lib/catalog/provenance';

/** How long a kind of fact can be trusted, in days: beyond `warnDays` it is worth a look, beyond `staleDays` it is not. */
export interface StalenessClass {
  readonly id: string;
  readonly label: string;
  readonly warnDays: number;
  readonly staleDays: number;
}

export interface Staleness {
  readonly state: 'fresh' | 'warn' | 'stale';
  readonly ageDays: number;
  readonly class: StalenessClass;
}

/** What decides the class of a fact. Without `seller` it is an assumption or a datasheet fact. */
export interface DatedFact {
  readonly asOf: SourceReference['asOf'];
  readonly seller?: string;
  readonly service?: string;
  readonly term?: string;
  readonly accelerator?: string;
}

const CLASSES = {
  rental: { id: 'rental', label: 'spot, marketplace and neocloud GPUs', warnDays: 14, staleDays: 45 },
  tokens: { id: 'tokens', label: 'model tokens', warnDays: 30, staleDays: 90 },
  gpu: { id: 'gpu', label: 'GPU instances of a cloud', warnDays: 45, staleDays: 120 },
  platform: { id: 'platform', label: 'other cloud services', warnDays: 120, staleDays: 365 },
  market: { id: 'market', label: 'hardware, colocation and electricity', warnDays: 180, staleDays: 365 },
  structural: {
    id: 'structural',
    label: 'construction, salaries and planning figures',
    warnDays: 400,
    staleDays: 800,
  },
} as const satisfies Record<string, StalenessClass>;

export const STALENESS_CLASSES: readonly StalenessClass[] = Object.values(CLASSES);

/** Class by seller; clouds, whose services age differently, are told apart below. */
const CLASS_OF_SELLER: Readonly<Record<string, StalenessClass>> = {
  lambda: CLASSES.rental,
  crusoe: CLASSES.rental,
  nebius: CLASSES.rental,
  runpod: CLASSES.rental,
  vast: CLASSES.rental,
  spheron: CLASSES.rental,
  'market-index': CLASSES.rental,
  semianalysis: CLASSES.rental,
  hardware: CLASSES.market,
  nvidia: CLASSES.market,
  colo: CLASSES.market,
  electricity: CLASSES.market,
  datacentre: CLASSES.structural,
};

const MODEL_SERVICES: ReadonlySet<string> = new Set([
  'bedrock',
  'bedrock-provisioned',
  'bedrock-cmi',
  'bedrock-guardrails',
  'bedrock-agentcore',
]);
const GPU_SERVICES: ReadonlySet<string> = new Set(['ec2-capacity-block', 'savings-plan-factor', 'sagemaker']);

const MILLISECONDS_PER_DAY = 86_400_000;

/** Age and state of a fact on the day `asOf`. Limits by what kind of fact it is. */
export function staleness(fact: DatedFact, asOf: string): Staleness {
  const limits = stalenessClass(fact);
  const ageDays = factAgeDays(fact.asOf, asOf);
  const state = ageDays > limits.staleDays ? 'stale' : ageDays > limits.warnDays ? 'warn' : 'fresh';
  return { state, ageDays, class: limits };
}

export function stalenessClass({ seller, service = '', term, accelerator }: DatedFact): StalenessClass {
  if (seller === undefined) return CLASSES.structural;
  const bySeller = CLASS_OF_SELLER[seller];
  if (bySeller !== undefined) return bySeller;
  if (term === 'spot') return CLASSES.rental;
  if (MODEL_SERVICES.has(service)) return CLASSES.tokens;
  return accelerator !== undefined || GPU_SERVICES.has(service) ? CLASSES.gpu : CLASSES.platform;
}

/**
 * Days from a fact's date to `asOf`. A date without a month or a day counts from its first day, the oldest it can be:
 * a fact of `2026` is at its worst as old as 1 January.
 */
export function factAgeDays(factAsOf: string, asOf: string): number {
  return Math.round((firstDay(asOf) - firstDay(factAsOf)) / MILLISECONDS_PER_DAY);
}

function firstDay(date: string): number {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date);
  if (match === null) throw new Error(`not a date of a fact: ${date}`);
  const [, year, month = '1', day = '1'] = match;
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
