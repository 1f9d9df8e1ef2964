import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { artifactBill } from '#lib/cost/artifacts/artifact-bill';
import { catalogPrices } from '../_support/artifact-bills';
import { memoryFiles } from '../lib/artifacts/memory-files';

/** Lists of the resources that public samples of generative AI declare; see the head of each file. */
const FOLDER = 'test/golden/samples';
const SAMPLES = readdirSync(FOLDER).toSorted();
/** Of resources that are priced, by use or free for a reason. */
const LEAST_SHARE = 0.9;

interface Listed {
  readonly count: number;
  readonly properties?: object;
}

interface Sample {
  readonly form: 'cloudformation' | 'terraform';
  /** A number of them, or some with properties, or a list of both. */
  readonly resources: Readonly<Record<string, Group | readonly Group[]>>;
}

type Group = number | Listed;

function sampleOf(file: string): Sample {
  const sample: Sample = parse(readFileSync(join(FOLDER, file), 'utf8'));
  return sample;
}

/** Each resource with its number, which its properties may name as `$n`. */
function numbered({ resources }: Sample): { type: string; n: number; properties: object }[] {
  return Object.entries(resources).flatMap(([type, listed]) => {
    const groups = (Array.isArray(listed) ? listed : [listed]) as readonly Group[];
    const each = groups.flatMap((group) => {
      const { count, properties = {} } = typeof group === 'number' ? { count: group } : group;
      return Array.from({ length: count }, () => properties);
    });
    return each.map((properties, index) => {
      const own: object = JSON.parse(JSON.stringify(properties).replaceAll('$n', String(index + 1)));
      return { type, n: index + 1, properties: own };
    });
  });
}

function read(sample: Sample): readonly ReadResource[] {
  const resources = numbered(sample);
  if (sample.form === 'cloudformation') {
    const template = Object.fromEntries(
      resources.map(({ type, n, properties }) => [
        `${type.split('::').slice(1).join('')}${n}`,
        { Type: type, Properties: properties },
      ]),
    );
    const files = memoryFiles({ 'template.json': JSON.stringify({ Resources: template }) });
    return readArtifacts(files, 'template.json', { region: 'us-east-1' }).resources;
  }
  const blocks: Record<string, Record<string, object>> = {};
  for (const { type, n, properties } of resources) (blocks[type] ??= {})[`r${n}`] = properties;
  const main = { provider: { aws: { region: 'us-east-1' } }, resource: blocks };
  return readArtifacts(memoryFiles({ 'app/main.tf.json': JSON.stringify(main) }), 'app').resources;
}

describe('the resources of public samples', () => {
  it.each(SAMPLES)('%s: all accounted for, nine in ten with a price or a reason', (file) => {
    const sample = sampleOf(file);
    const resources = read(sample);
    expect(resources).toHaveLength(numbered(sample).length);
    const finance = { asOf: '2026-11-23', horizonMonths: 36, discountRatePerYear: 0.09 };
    const { counts, unaccounted } = artifactBill(resources, {
      prices: catalogPrices,
      ...finance,
      region: 'us-east-1',
      usage: new Map(),
    });
    expect(unaccounted).toEqual([]);
    expect(1 - counts.unpriced / resources.length).toBeGreaterThanOrEqual(LEAST_SHARE);
  });

  it('are six', () => {
    expect(SAMPLES).toHaveLength(6);
  });
});
