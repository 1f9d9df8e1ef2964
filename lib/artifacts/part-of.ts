import type { ArtifactResource } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';

/**
 * A resource that another one holds: what is stated here is its own, all else the whole's. Never a spread of the whole: a
 * reader follows what it points to, and its properties, only when asked.
 */
export function partOf(
  whole: ReadResource,
  {
    properties,
    address = whole.address,
    format = whole.format,
    type = whole.type,
  }: Pick<ReadResource, 'properties'> & Partial<Pick<ArtifactResource, 'address' | 'format' | 'type'>>,
): ReadResource {
  const { path, region, presence } = whole;
  return {
    address,
    path,
    format,
    type,
    region,
    presence,
    properties,
    get references() {
      return whole.references;
    },
  };
}
