import type { OptionRow } from '#lib/compare/comparison';
import type { LineItem } from '#lib/cost/estimate';
import type { Plan } from '#lib/plan/plan';
import type { Located } from '#lib/text/located';

/** What a bill has to say to be compared with another. */
export interface DiffBill {
  readonly totals: {
    readonly monthlyUsd: { readonly base: number };
    /** `null` where the document does not say. */
    readonly oneOffUsd: number | null;
  };
  /** `null` where only the totals are known. */
  readonly lines: readonly DiffLine[] | null;
  /** True where a line has no price. */
  readonly atLeast: boolean;
  readonly unpriced: readonly string[];
}

export type DiffLine = Pick<
  LineItem,
  'key' | 'label' | 'quantity' | 'unitPriceUsd' | 'monthlyUsd' | 'resources' | 'tangible'
>;

/** What a row of a comparison says of what can be served. */
export type ServedRow = Pick<
  OptionRow,
  'gpus' | 'replicas' | 'tokensPerSecond' | 'ttftMs' | 'tpotMs' | 'headroom' | 'availability' | 'redundancy'
>;

/** What made a bill, as far as it says so: by it, a difference of money is put down to its cause. */
export interface MadeBy {
  /** Of this program; `null` where the document does not say. */
  readonly version: string | null;
  /** Digest of what the environment says of the scenario, the option and the money; `null` where it is not known. */
  readonly specification: string | null;
  /** Which prices, models and calibration were used, in words that are equal for equal ones; `null` where it is not known. */
  readonly catalog: string | null;
}

/** The document with the place of every value, and which part of it a side is. */
export interface WrittenOption {
  readonly root: Located;
  readonly scenario: string;
  readonly option: string;
  /** Before a place: `git:main#`. @default - the file as it lies there */
  readonly prefix?: string;
  /** Plans the option as another document says it; `null` where that is none, or carries the scenario no more. */
  readonly replanned?: (root: Located) => Plan | null;
}

/** One side of a diff: an option of a scenario, planned and priced, or what a document keeps of one. */
export interface DiffSide {
  /** What the user asked for: `prod`, `option:eks`. */
  readonly selector: string;
  readonly option: string;
  /** `null` where only a document is at hand. */
  readonly plan: Plan | null;
  readonly estimate: DiffBill;
  /** Of the model's weights; `null` where the catalog does not say. @default - not compared */
  readonly licence?: string | null;
  /** `null` where the document does not say what can be served. */
  readonly row: ServedRow | null;
  /** Its bill under the catalog of the other side, where that lays other files over it. @default - the same catalog */
  readonly underOtherCatalog?: DiffBill;
  /** @default - this program, now */
  readonly madeBy?: MadeBy;
  /** @default - changes are told by their paths in the plan */
  readonly written?: WrittenOption;
}

/** Parts of a diff that need more than one side's document says. */
export const PARTS = [
  'lines',
  'capacity',
  'dangers',
  'security',
  'resources',
  'assumptions',
  'changes',
] as const;
export type DiffPart = (typeof PARTS)[number];

/** What could not be compared; never to be read as "nothing". */
export function notKnown(from: DiffSide, to: DiffSide): readonly DiffPart[] {
  const lacks = (is: (side: DiffSide) => boolean) => is(from) || is(to);
  const [plan, lines, row] = [
    lacks((side) => side.plan === null),
    lacks((side) => side.estimate.lines === null),
    lacks((side) => side.row === null),
  ];
  return PARTS.filter((part) => {
    if (part === 'capacity') return row;
    return part === 'lines' || part === 'resources' || part === 'assumptions' ? lines : plan;
  });
}
