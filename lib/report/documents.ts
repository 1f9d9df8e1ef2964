import * as z from 'zod';
import { billChangeSchema } from '#lib/report/documents/bill-change';
import { bomSchema } from '#lib/report/documents/bom';
import { applyResultSchema } from '#lib/report/documents/apply-result';
import { assumptionsSchema } from '#lib/report/documents/assumptions';
import { breakEvenSchema } from '#lib/report/documents/breakeven';
import { catalogSchema } from '#lib/report/documents/catalog';
import { checkSchema } from '#lib/report/documents/check';
import { constantsSchema } from '#lib/report/documents/constants';
import { comparisonSchema } from '#lib/report/documents/comparison';
import { diffSchema } from '#lib/report/documents/diff';
import { driftSchema } from '#lib/report/documents/drift';
import { estimateSchema } from '#lib/report/documents/estimate';
import { evaluationSchema } from '#lib/report/documents/evaluation';
import { explanationSchema } from '#lib/report/documents/explanation';
import { facilitySchema } from '#lib/report/documents/facility';
import { frontierSchema } from '#lib/report/documents/frontier';
import { modelSchema } from '#lib/report/documents/model';
import { planBundleSchema } from '#lib/report/documents/plan-bundle';
import { policySchema } from '#lib/report/documents/policy';
import { planSchema } from '#lib/report/documents/plan';
import { portfolioSchema } from '#lib/report/documents/portfolio';
import { preflightSchema } from '#lib/report/documents/preflight';
import { reinforcementSchema } from '#lib/report/documents/reinforcement';
import { routesSchema } from '#lib/report/documents/routes';
import {
  priceAgesSchema,
  priceDiffSchema,
  pricePinSchema,
  priceRefreshSchema,
  priceResolutionSchema,
  priceSnapshotSchema,
} from '#lib/report/documents/prices';
import { sensitivitySchema } from '#lib/report/documents/sensitivity';
import { traceSummarySchema } from '#lib/report/documents/trace-summary';
import { trainingSchema } from '#lib/report/documents/training';
import { triangleSchema } from '#lib/report/documents/triangle';

/** Documents that `--json` writes, by name; each carries `landfall/<name>/v1` in `schema`. */
export const DOCUMENTS = {
  comparison: comparisonSchema,
  estimate: estimateSchema,
  'bill-change': billChangeSchema,
  diff: diffSchema,
  plan: planSchema,
  'plan-bundle': planBundleSchema,
  'apply-result': applyResultSchema,
  routes: routesSchema,
  facility: facilitySchema,
  bom: bomSchema,
  portfolio: portfolioSchema,
  'sizing-evaluation': evaluationSchema,
  sensitivity: sensitivitySchema,
  breakeven: breakEvenSchema,
  assumptions: assumptionsSchema,
  triangle: triangleSchema,
  check: checkSchema,
  preflight: preflightSchema,
  drift: driftSchema,
  policy: policySchema,
  explanation: explanationSchema,
  catalog: catalogSchema,
  'sizing-plan': frontierSchema,
  'sizing-train': trainingSchema,
  'sizing-grpo': reinforcementSchema,
  'sizing-constants': constantsSchema,
  model: modelSchema,
  'trace-summary': traceSummarySchema,
  'price-ages': priceAgesSchema,
  'price-diff': priceDiffSchema,
  'price-resolution': priceResolutionSchema,
  'price-pin': pricePinSchema,
  'price-snapshot': priceSnapshotSchema,
  'price-refresh': priceRefreshSchema,
} as const satisfies Record<string, z.ZodObject | z.ZodDiscriminatedUnion>;
export type DocumentName = keyof typeof DOCUMENTS;
export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as readonly DocumentName[];

const DRAFT = 'draft-2020-12';

/** File name under `schema/`. */
export function documentSchemaFile(name: DocumentName): string {
  return `${name}.schema.json`;
}

/** JSON Schema (2020-12) of a published document. */
function documentJsonSchema(name: DocumentName): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(DOCUMENTS[name], { target: DRAFT });
  return {
    $schema,
    $id: `urn:landfall:${name}:v1:${DRAFT}`,
    title: `Landfall ${name}`,
    ...(compact(schema) as object),
  };
}

/** Merges `anyOf: [x, null]` into one type and drops bounds that only say "a safe integer". */
function compact(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(compact);
  if (typeof node !== 'object' || node === null) return node;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(node)
      .filter(([, value]) => value !== Number.MAX_SAFE_INTEGER && value !== Number.MIN_SAFE_INTEGER)
      .map(([key, value]) => [key, compact(value)]),
  );
  if (!Array.isArray(anyOf)) return { ...rest, ...(anyOf === undefined ? {} : { anyOf }) };
  const [first, second] = anyOf as Record<string, unknown>[];
  const nullable = anyOf.length === 2 && second?.['type'] === 'null' && Object.keys(second).length === 1;
  if (!nullable || typeof first?.['type'] !== 'string' || 'enum' in first) return { anyOf, ...rest };
  return { ...first, ...rest, type: [first['type'], 'null'] };
}

/** The published text. */
export function documentSchemaText(name: DocumentName): string {
  return `${JSON.stringify(documentJsonSchema(name), null, 2)}\n`;
}
