import type { PriceQuality } from '#lib/cost/price-quality';
import type { Guardrail } from '#lib/report/formats/guardrails';
import { uriOf } from '#lib/report/formats/sarif-log';

/** Results of one rule; code scanning refuses runs above a few thousand. */
const MAXIMUM_RESULTS = 1000;

const LEVELS = {
  budget: 'error',
  increase: 'error',
  'unaccounted-resource': 'warning',
  'unpriced-line': 'note',
  'stale-price': 'note',
} as const satisfies Record<Guardrail['id'], string>;

/** What the guardrails are about: the file that the bill was read from, and what its prices are worth. */
export interface SarifHead {
  readonly file: string;
  /** Of Landfall. */
  readonly version: string;
  readonly prices: PriceQuality;
}

/** Guardrails as SARIF 2.1.0, each resource and line a result at the file that the bill was read from. */
export function sarifDocument(
  { file, version, prices }: SarifHead,
  guardrails: readonly Guardrail[],
): object {
  const results = guardrails
    .filter(({ state }) => state !== 'passed')
    .flatMap((guardrail) => resultsOf(guardrail, file));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Landfall',
            version,
            rules: guardrails.map(({ id, title }) => ({
              id,
              shortDescription: { text: title },
              defaultConfiguration: { level: LEVELS[id] },
            })),
          },
        },
        results,
        properties: { prices },
      },
    ],
  };
}

function resultsOf({ id, message, about }: Guardrail, file: string): readonly object[] {
  const physicalLocation = { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } };
  if (about.length === 0) {
    return [{ ruleId: id, level: LEVELS[id], message: { text: message }, locations: [{ physicalLocation }] }];
  }
  return about.slice(0, MAXIMUM_RESULTS).map((name) => ({
    ruleId: id,
    level: LEVELS[id],
    message: { text: `${name}: ${message}` },
    locations: [{ physicalLocation, logicalLocations: [{ fullyQualifiedName: name }] }],
  }));
}
