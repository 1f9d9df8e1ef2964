import { dirname, join } from 'node:path/posix';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const FOUNDATION = ['lib/units', 'lib/errors', 'lib/text', 'lib/registry'];
const SUPPLY = [...FOUNDATION, 'lib/catalog'];
const PORTS = ['lib/engines', 'lib/vector-stores', 'lib/targets'];
const DECIDED = [...SUPPLY, ...PORTS, 'lib/spec', 'lib/sizing', 'lib/cash', 'lib/plan'];

/** Each layer with the layers it may import besides itself. The order is the reading order of the code base. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/units': [],
  'lib/errors': ['lib/units'],
  'lib/text': ['lib/errors'],
  'lib/registry': [],
  'lib/catalog': FOUNDATION,
  'lib/price-feeds': [...SUPPLY, 'lib/trace'],
  'lib/engines': SUPPLY,
  'lib/vector-stores': SUPPLY,
  'lib/targets': SUPPLY,
  'lib/spec': [...SUPPLY, ...PORTS],
  'lib/spec/schema': [...SUPPLY, ...PORTS],
  'lib/spec/problems': [...SUPPLY, 'lib/spec/schema'],
  'lib/spec/reading': [...SUPPLY, 'lib/spec/schema', 'lib/spec/problems'],
  // A trace is read where the environment is; the traces' errors say their place as the environment's do.
  'lib/spec/reading/trace-traffic.ts': ['lib/errors', 'lib/text', 'lib/spec/reading', 'lib/trace'],
  // What kinds of training there are is the training's to say.
  'lib/spec/schema/training-job.ts': ['lib/spec/schema', 'lib/training'],
  'lib/fitting': [],
  'lib/queueing': [],
  'lib/sizing': [...SUPPLY, 'lib/fitting', 'lib/queueing'],
  'lib/retrieval': [...SUPPLY, 'lib/vector-stores', 'lib/fitting', 'lib/sizing'],
  'lib/evaluation/benchmark-run.ts': [...SUPPLY, 'lib/evaluation', 'lib/model-import', 'lib/sizing'],
  'lib/training': [...SUPPLY, 'lib/fitting', 'lib/queueing', 'lib/sizing'],
  'lib/evaluation/training-run.ts': [...SUPPLY, 'lib/evaluation', 'lib/training'],
  'lib/evaluation/training-fields.ts': ['lib/evaluation', 'lib/text', 'lib/training'],
  'lib/evaluation/training-consistency.ts': ['lib/evaluation', 'lib/training'],
  'lib/evaluation/vector-search-run.ts': [...SUPPLY, 'lib/evaluation', 'lib/retrieval'],
  'lib/artifacts': ['lib/units', 'lib/errors', 'lib/text', 'lib/evaluation'],
  // What is wrong with synthesized infrastructure, by rules of our own.
  'lib/policy': ['lib/artifacts'],
  'lib/calibration': [...SUPPLY, 'lib/fitting', 'lib/sizing', 'lib/evaluation'],
  // What a purchase costs over time: plans choose by it, bills state it.
  'lib/cash': SUPPLY,
  'lib/plan': [...DECIDED, 'lib/retrieval'],
  'lib/facility': DECIDED,
  'lib/cost': [...SUPPLY, 'lib/targets', 'lib/cash', 'lib/plan', 'lib/spec', 'lib/sizing', 'lib/artifacts'],
  'lib/compare': [...DECIDED, 'lib/cost'],
  'lib/decision': [...DECIDED, 'lib/cost', 'lib/compare'],
  'lib/portfolio': [...DECIDED, 'lib/cost', 'lib/compare', 'lib/training'],
  'lib/diff': [...DECIDED, 'lib/cost', 'lib/compare'],
  // What a deployment would change in what stands: of artifacts, not of plans. Danger classes are those of all reviews.
  'lib/lifecycle': ['lib/errors', 'lib/artifacts', 'lib/spec/schema/review'],
  'lib/routes': [...DECIDED, 'lib/cost', 'lib/compare', 'lib/training', 'lib/retrieval'],
  // What is live against what is synthesized: deploying it, read as what is wrong now.
  'lib/drift': ['lib/artifacts', 'lib/lifecycle'],
  // What has to be true before a deployment, read from its plan.
  'lib/preflight': [...SUPPLY, 'lib/plan'],
  'lib/model-import': [...SUPPLY, 'lib/evaluation'],
  // An environment's own models and calibration, over the catalog.
  'lib/own-catalog': [...SUPPLY, 'lib/spec', 'lib/calibration', 'lib/model-import'],
  'lib/measurements': [...SUPPLY, 'lib/evaluation', 'lib/model-import'],
  'lib/evaluation': [...SUPPLY, 'lib/sizing'],
  'lib/trace': ['lib/errors', 'lib/text'],
  'lib/report': [
    ...DECIDED,
    'lib/policy',
    'lib/price-feeds',
    'lib/retrieval',
    'lib/training',
    'lib/evaluation',
    'lib/calibration',
    'lib/trace',
    'lib/facility',
    'lib/portfolio',
    'lib/preflight',
    'lib/drift',
    'lib/cost',
    'lib/compare',
    'lib/decision',
    'lib/routes',
    'lib/diff',
    'lib/lifecycle',
  ],
  'lib/index.ts': ['lib'],
  'constructs/kubernetes': ['lib/units', 'lib/errors', 'lib/engines', 'lib/vector-stores', 'lib/plan'],
  'constructs/terraform': ['lib/units', 'lib/errors', 'lib/plan', 'constructs/kubernetes'],
  'constructs/aws': [
    'lib/units',
    'lib/errors',
    'lib/catalog',
    'lib/engines',
    'lib/vector-stores',
    'lib/plan',
    'lib/artifacts',
    'lib/policy',
    'constructs/kubernetes',
  ],
  stacks: ['lib/units', 'lib/errors', 'lib/plan', 'lib/targets', 'lib/vector-stores', 'constructs'],
  bin: ['lib', 'constructs', 'stacks'],
};

/** Third parties and the places that may import them; a name covers its sub-paths. */
export const THIRD_PARTIES: Readonly<Record<string, readonly string[]>> = {
  zod: [
    'lib/price-feeds',
    'lib/registry',
    'lib/engines',
    'lib/vector-stores',
    'lib/targets',
    'lib/spec',
    'lib/calibration',
    'lib/report/documents',
  ],
  yaml: ['lib/price-feeds', 'lib/spec', 'lib/artifacts', 'constructs/kubernetes/yaml', 'bin'],
  '@streamparser/json': ['lib/price-feeds'],
  'fastest-levenshtein': ['lib/errors'],
  fflate: ['lib/price-feeds'],
  'json-diff-ts': ['lib/diff'],
  'cli-table3': ['lib/report'],
  'string-width': ['lib/report'],
  commander: ['bin'],
  'fast-xml-parser': ['bin/aws'],
  'aws-cdk-lib': ['constructs/aws', 'stacks/aws', 'bin/cdk.ts'],
  '@aws-cdk/': ['constructs/aws', 'stacks/aws', 'bin/cdk.ts'],
  '@aws-cdk/cloudformation-diff': ['bin/live'],
  constructs: ['constructs/aws', 'constructs/terraform', 'stacks', 'bin/cdk.ts', 'bin/cdktf.ts'],
  cdktf: ['constructs/terraform', 'stacks/terraform', 'bin/cdktf.ts'],
  '@cdktf/provider-kubernetes/lib/': ['constructs/terraform', 'stacks/terraform'],
  '@cdktf/provider-helm/lib/': ['constructs/terraform', 'stacks/terraform'],
  'node:crypto': [
    'bin',
    'lib/catalog/price-documents.ts',
    'lib/lifecycle/digest.ts',
    'lib/report/formats/fingerprint.ts',
  ],
  'node:fs': [
    'bin',
    'lib/catalog/load.ts',
    'lib/catalog/price-files.ts',
    'lib/spec/reading/environment-files.ts',
  ],
  'node:path': [
    'bin',
    'lib/catalog/load.ts',
    'lib/catalog/price-files.ts',
    'lib/own-catalog',
    'lib/spec',
    'stacks',
    'constructs/terraform',
  ],
  'node:module': ['bin'],
  'node:os': ['bin'],
  'node:util': ['bin', 'lib/report'],
  'node:child_process': ['bin'],
  'node:process': ['bin'],
  'node:readline': ['bin'],
  'node:timers': ['bin'],
  'node:v8': ['bin'],
  'node:vm': ['bin'],
  'node:zlib': ['bin'],
};

/** Static, side-effect and re-export imports, which start a line and may span several; dynamic ones and `require`. */
const STATIC = /^\s*(?:import\s*|(?:import|export)\b[^'"`;=]*\bfrom\s*)['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

export function importsOf(text: string): string[] {
  return [STATIC, DYNAMIC].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** What this file imports and may not, as `file → import`. */
export function violations(file: SourceFile): string[] {
  const layer = Object.keys(MAY_IMPORT)
    .filter((name) => file.path === name || file.path.startsWith(`${name}/`))
    .toSorted((a, b) => b.length - a.length)[0];
  if (layer === undefined) return [`${file.path} → belongs to no layer`];
  const beneath = [layer, ...(MAY_IMPORT[layer] ?? [])];
  return importsOf(file.text)
    .filter((target) => !isAllowed(file.path, target, beneath))
    .map((target) => `${file.path} → ${target}`);
}

function isAllowed(path: string, target: string, beneath: readonly string[]): boolean {
  if (target.startsWith('#') || target.startsWith('.')) {
    const resolved = target.startsWith('#') ? target.slice(1) : join(dirname(path), target);
    return beneath.some((allowed) => resolved === allowed || resolved.startsWith(`${allowed}/`));
  }
  const places = Object.entries(THIRD_PARTIES).filter(([name]) =>
    name.endsWith('/') ? target.startsWith(name) : target === name || target.startsWith(`${name}/`),
  );
  return places.some(([, allowed]) => allowed.some((place) => path.startsWith(place)));
}
