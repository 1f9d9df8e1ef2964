import type { LineItem } from '#lib/cost/estimate';
import { addBands, mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** What nobody sends a bill for, by what it comes from. */
export const INTANGIBLES = [
  'run',
  'build',
  'delay',
  'downtime',
  'leaving',
  'generation',
  'compliance',
  'tax',
] as const;
export type Intangible = (typeof INTANGIBLES)[number];

export interface IntangiblePart {
  readonly part: Intangible;
  /** Monthly equivalent over the horizon. */
  readonly monthlyUsd: Band;
}

/** The intangible lines of a bill, added up by what they come from; parts without a line are left out. */
export function intangibleParts(lines: readonly LineItem[]): IntangiblePart[] {
  const own = lines.filter(({ tangible }) => !tangible);
  return INTANGIBLES.flatMap((part): IntangiblePart[] => {
    const bands = own.filter((line) => partOf(line) === part).flatMap((line) => line.monthlyBandUsd ?? []);
    return bands.length === 0 ? [] : [{ part, monthlyUsd: mapBand(addBands(bands), roundUsd) }];
  });
}

/** What leaving costs in money (data taken along, contracts that outlive the horizon), monthly equivalent. */
export function leavingInMoney(lines: readonly LineItem[]): Band | null {
  const bands = lines
    .filter(({ tangible, category }) => tangible && category === 'exit')
    .flatMap((line) => line.monthlyBandUsd ?? []);
  return bands.length === 0 ? null : mapBand(addBands(bands), roundUsd);
}

function partOf({ key, category }: LineItem): Intangible {
  switch (category) {
    case 'people':
      return key.startsWith('people.build') ? 'build' : 'run';
    case 'delay':
    case 'downtime':
    case 'compliance':
    case 'tax':
      return category;
    case 'exit':
      return 'leaving';
    case 'risk':
      return 'generation';
  }
  throw new Error(`${key} is intangible, and ${category} is no part of what is`);
}
