import { Unresolved } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { valueAt } from '#lib/cost/resources/facts';

/** Licences that come with an image, by the words that images and their parameters are named with. */
const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/windows/i, 'Windows'],
  [/rhel|red[ -]?hat/i, 'RHEL'],
  [/suse/i, 'SUSE'],
];

/** Where a resource says what its instances run: an image, a kind of image, or the platform of a reservation. */
const IMAGES = ['ImageId', 'Ami', 'AmiType', 'InstancePlatform'] as const;
const TENANCIES = ['Tenancy', 'Placement.Tenancy', 'PlacementTenancy'] as const;

/**
 * The instance type as the price list sells it: with the licence of its image and on hardware of one's own these are
 * other products at other prices, `m5.large Windows`. An image by its id alone is taken for one without a licence.
 */
export function soldAs(type: string, ...sources: readonly (ReadResource | undefined)[]): string {
  const images: string[] = [];
  let isDedicated = false;
  for (const source of sources) {
    if (source === undefined) continue;
    for (const name of IMAGES) {
      const words = wordsAt(source, name);
      if (words !== '') images.push(words);
    }
    for (const name of TENANCIES) isDedicated ||= valueAt(source, name) === 'dedicated';
  }
  const licence = images.length === 0 ? undefined : licenceOf(images);
  return `${type}${licence === undefined ? '' : ` ${licence}`}${isDedicated ? ' dedicated' : ''}`;
}

function licenceOf(images: readonly string[]): string | undefined {
  return LICENCES.find(([words]) => images.some((image) => words.test(image)))?.[1];
}

/** What is known of a text: itself, or the name of what decides it, as an image's parameter tells its system. */
function wordsAt(resource: ReadResource, path: string): string {
  const value = valueAt(resource, path);
  if (value instanceof Unresolved) return value.dependsOn;
  return typeof value === 'string' ? value : '';
}
