import type { Finding } from '#lib/report/formats/finding';
import { fingerprintOf } from '#lib/report/formats/fingerprint';

/** Results of one run that code scanning takes. */
const MAXIMUM_RESULTS = 5_000;

/** Findings as SARIF 2.1.0, each at the line that causes it. */
export function sarifOfFindings(findings: readonly Finding[], version: string): object {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const indexOf = new Map(rules.map(({ rule }, index) => [rule, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Landfall',
            version,
            rules: rules.map(({ rule, title }) => ({ id: rule, shortDescription: { text: title } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.slice(0, MAXIMUM_RESULTS).map((finding) => {
          const { rule, level, message, about, place } = finding;
          return {
            ruleId: rule,
            ruleIndex: indexOf.get(rule),
            level,
            message: { text: message },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uriOf(place.file) },
                  region: { startLine: place.line, startColumn: place.column },
                },
                logicalLocations: [{ fullyQualifiedName: about }],
              },
            ],
            partialFingerprints: { 'landfall/v1': fingerprintOf(rule, about, place.file) },
          };
        }),
      },
    ],
  };
}

/** A path as a URI reference: relative ones stay relative. */
export function uriOf(file: string): string {
  return encodeURI(file.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
}
