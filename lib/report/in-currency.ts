import type { DatedRate } from '#lib/cost/in-currency';
import type { Screen, Section } from '#lib/report/document-model';

/** Every number beneath these is an amount, whatever its name. */
const WHOLLY_AMOUNTS = new Set(['cost', 'differences']);
/** Stands for the word in texts of a document, whose figures are not converted: prices as sellers quote them. */
const QUOTED = '\u{e000}';

/**
 * A screen in another currency: the document's amounts are converted where they are numbers, and what the screen writes
 * around them names the currency. Texts of the document stay as they are.
 */
export function screenIn<Document extends object>(
  document: Document,
  rate: DatedRate | undefined,
  screenOf: (document: Document) => Screen,
): Screen {
  if (rate === undefined) return screenOf(document);
  const { currency, perUsd, source, asOf } = rate;
  const renamed = (text: string) => text.replaceAll('USD', currency).replaceAll(QUOTED, 'USD');
  const [first, ...rest] = screenOf(converted(document, perUsd) as Document).map((section) =>
    reworded(section, renamed),
  );
  const says = `in ${currency} at ${perUsd} ${currency} to the USD (${source}, ${asOf}); quoted prices stay in USD`;
  if (first?.kind !== 'heading')
    return [{ kind: 'lines', lines: [says] }, ...(first === undefined ? [] : [first]), ...rest];
  return [{ ...first, details: [...first.details, says] }, ...rest];
}

/** Names carry units: `monthlyUsd`, `usdPerMillionTokens`. */
export function isAmount(name: string): boolean {
  return name !== 'perUsd' && /(?:^usd|Usd)(?:$|[A-Z])/.test(name);
}

function converted(value: unknown, perUsd: number, isMoney = false): unknown {
  if (typeof value === 'number') return isMoney ? value * perUsd : value;
  if (typeof value === 'string') return value.replaceAll('USD', QUOTED);
  if (Array.isArray(value)) return value.map((each) => converted(each, perUsd, isMoney));
  if (typeof value !== 'object' || value === null || value instanceof Map) return value;
  const measure = unitOf(value);
  const areAmounts = isMoney || isLimitOnMoney(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      // A figure with a unit beside it, as explanations have them.
      if (measure !== null && name === 'unit') return [name, measure];
      const isOne =
        areAmounts || isAmount(name) || WHOLLY_AMOUNTS.has(name) || (measure !== null && name === 'value');
      return [name, converted(field, perUsd, isOne)];
    }),
  );
}

/** What a limit allows and reaches is in the unit that the limit's name says. */
function isLimitOnMoney(value: object): boolean {
  return 'limit' in value && typeof value.limit === 'string' && isAmount(value.limit);
}

function unitOf(value: object): string | null {
  return 'unit' in value && 'value' in value && typeof value.unit === 'string' && value.unit.startsWith('USD')
    ? value.unit
    : null;
}

function reworded(section: Section, renamed: (text: string) => string): Section {
  switch (section.kind) {
    case 'heading':
      return { ...section, text: renamed(section.text), details: section.details.map(renamed) };
    case 'table':
      return {
        ...section,
        columns: section.columns.map((each) => ({ ...each, title: renamed(each.title) })),
        rows: section.rows.map((row) => row.map(renamed)),
      };
    case 'lines':
      return {
        ...section,
        ...(section.heading === undefined ? {} : { heading: renamed(section.heading) }),
        lines: section.lines.map(renamed),
      };
    case 'plot':
      return { ...section, lines: section.lines.map(renamed) };
  }
  return { ...section, commands: section.commands.map(renamed) };
}
