import { packageVersion } from '#bin/package-root';
import type { Catalog } from '#lib/catalog/catalog';
import type { DocumentOrigin } from '#lib/cost/made-by';
import { digestOf } from '#lib/lifecycle/digest';
import { plain, type Located } from '#lib/text/located';

/** What made a document about these options of an environment, each as `scenario/option`. */
export function documentOrigin(
  root: Located,
  catalog: Catalog,
  options: readonly (readonly [scenario: string, option: string])[],
): DocumentOrigin {
  const written = fieldsOf(plain(root));
  const [scenarios, choices] = [fieldsOf(written['scenarios']), fieldsOf(written['options'])];
  return {
    version: packageVersion(),
    catalog: catalogWords(catalog),
    specifications: Object.fromEntries(
      options.map(([scenario, option]) => [
        `${scenario}/${option}`,
        digest({ scenario: scenarios[scenario], option: choices[option], finance: written['finance'] }),
      ]),
    ),
  };
}

/** Defaults are no part of what is written: another version may have others. */
function digest(value: unknown): string {
  return digestOf(value).slice(0, 16);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function catalogWords(catalog: Catalog): string {
  const { snapshot, laidOver } = catalog;
  if (laidOver === undefined) return snapshot;
  const { models, calibration, prices } = laidOver;
  const read = (catalog.priceLayers?.() ?? []).flatMap(({ sources }) =>
    sources.map(({ retrieved }) => retrieved),
  );
  return [
    snapshot,
    ...(models.length === 0 ? [] : [`models ${models.join(', ')}`]),
    ...(calibration === null ? [] : [`calibration ${calibration}`]),
    ...(prices === null ? [] : [`prices ${prices} of ${read.toSorted().at(-1) ?? 'no day'}`]),
  ].join('; ');
}
