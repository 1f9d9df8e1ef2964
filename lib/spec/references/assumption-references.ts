import { roundTo } from '#lib/units/money';
import type { Assumption } from '#lib/catalog/assumptions';
import type { Catalog } from '#lib/catalog/catalog';
import type { Problem } from '#lib/errors/landfall-error';
import { locate } from '#lib/text/located';
import type { Located, Path } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import { isRecord, valueAt } from '#lib/spec/schema/schema-walk';

/** A figure this many times beyond the catalog's band is in another unit: USD/MWh for USD/kWh. */
const ANOTHER_UNIT = 500;

/** Things are bought again by whole months. */
const MONTH_IN_YEARS = 0.083;

/** Assumptions that an environment states itself must be possible: no people below 0, no share above 1. */
export function assumptionProblems(root: Located, input: unknown, catalog: Catalog): Problem[] {
  const stated = valueAt(input, ['finance', 'assumptions']);
  if (!isRecord(stated)) return [];
  return Object.entries(stated).flatMap(([id, value]) => {
    const assumption = catalog.assumptions.get(id);
    if (assumption === undefined) return [];
    const path = ['finance', 'assumptions', id];
    return figuresOf(value, path).flatMap(({ figure, at }): Problem[] => {
      const problem = aboveThePrice(figure, assumption) ?? problemOf(figure, assumption);
      return problem === null ? [] : [{ ...problem, ...spot(locate(root, at).value), got: shown(figure) }];
    });
  });
}

function figuresOf(value: unknown, path: Path): { readonly figure: number; readonly at: Path }[] {
  if (typeof value === 'number') return [{ figure: value, at: path }];
  if (!isRecord(value)) return [];
  return ['low', 'base', 'high'].flatMap((bound) => {
    const figure = value[bound];
    return typeof figure === 'number' ? [{ figure, at: [...path, bound] }] : [];
  });
}

/** A second-hand value is a share of what was paid. */
function aboveThePrice(
  figure: number,
  { id, low, high }: Assumption,
): Pick<Problem, 'code' | 'expected' | 'fix'> | null {
  if (!id.includes('.residual.') || figure <= 1) return null;
  return {
    code: 'OUT_OF_RANGE',
    expected: 'a residual value of at most the price, 1',
    fix:
      figure <= 100
        ? `write 1 for all of it, or ${roundTo(figure / 100, 6)} for ${figure} %`
        : `write a share of the size of ${low} to ${high}`,
  };
}

function problemOf(
  figure: number,
  { unit, low, high }: Assumption,
): Pick<Problem, 'code' | 'expected' | 'fix'> | null {
  const size = `of the size of ${low} to ${high} ${unit}`;
  if (figure < 0) {
    return { code: 'OUT_OF_RANGE', expected: '0 or more', fix: `write a figure ${size}` };
  }
  if (unit.startsWith('share') && figure > 1) {
    const fix =
      figure <= 100 ? `write ${roundTo(figure / 100, 6)} for ${figure} %` : `write a figure ${size}`;
    return { code: 'WRONG_UNIT', expected: 'a share from 0 to 1', fix };
  }
  // A multiple may lie below 1; what no catalog's figure falls below may not.
  if (unit === 'ratio' && low >= 1 && figure < 1) {
    return {
      code: 'OUT_OF_RANGE',
      expected: '1 or more: a facility draws at least what its servers do',
      fix: `write a figure ${size}`,
    };
  }
  if (unit === 'years' && figure < MONTH_IN_YEARS) {
    return {
      code: 'OUT_OF_RANGE',
      expected: 'a life of a month (0.083 years) or more',
      fix: `write a figure ${size}`,
    };
  }
  const isFar = figure > high * ANOTHER_UNIT || (figure > 0 && figure * ANOTHER_UNIT < low);
  return isFar && high > 0
    ? { code: 'WRONG_UNIT', expected: `a figure in ${unit}`, fix: `write a figure ${size}` }
    : null;
}
