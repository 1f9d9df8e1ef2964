import type { ArtifactValue } from '#lib/artifacts/resource';
import { isMapping } from '#lib/artifacts/terraform/values';

/**
 * Where a resource says itself that it stands: `region` (AWS from provider 6 on, Google), `location` (Azure, Google), or
 * a Google zone without its last letter.
 */
export function placeOf(type: string, properties: ArtifactValue): string | null {
  if (!isMapping(properties)) return null;
  // For AWS a `location` is a building, such as that of a Direct Connect line.
  for (const name of type.startsWith('aws_') ? ['region'] : ['region', 'location']) {
    const value = Object.hasOwn(properties, name) ? properties[name] : null;
    if (typeof value === 'string' && value !== '') return value;
  }
  const zone = Object.hasOwn(properties, 'zone') ? properties['zone'] : null;
  const match = typeof zone === 'string' ? /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(zone) : null;
  return match?.[1] ?? null;
}
