import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { PartlyKnownText, type ReadResource } from '#lib/artifacts/unresolved';
import { aws, used, type Component, type PricingContext } from '#lib/cost/resources/component';
import { valueAt } from '#lib/cost/resources/facts';

/** How state machines name the call, in any case of letters. */
const CALL = ':bedrock:createmodelimportjob';

/**
 * Custom Model Import has no resource of its own: what a state machine imports is billed as long as its copies are awake,
 * and kept. Units of the first version; only the models of OpenAI have another.
 */
export function importedModel(machine: ReadResource, context: PricingContext): readonly Component[] {
  const definitions = ['DefinitionString', 'Definition'].map((property) => valueAt(machine, property));
  if (!definitions.some(mentionsImport)) return [];
  const price = (sku: string, unit: string) => aws('bedrock-cmi', sku, unit, context);
  return [
    used(
      'imported-copies',
      'copies of imported models, awake',
      price('Custom Model Unit v1.0', 'CMU-minute'),
      'models',
    ),
    used('imported-storage', 'imported models, kept', price('storage per CMU', 'CMU-month'), 'models'),
  ];
}

function mentionsImport(value: ArtifactValue | undefined): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(CALL);
  if (value instanceof PartlyKnownText) {
    return value.parts.some((part) => typeof part === 'string' && mentionsImport(part));
  }
  if (value === undefined || value === null || typeof value !== 'object' || value instanceof Unresolved) {
    return false;
  }
  return (Array.isArray(value) ? value : Object.values(value)).some(mentionsImport);
}
