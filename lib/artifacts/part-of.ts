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
  return new Part(whole, { properties, address, format, type });
}

/** A class, as of whole resources: an object with a getter of its own takes ten times as much. */
class Part implements ReadResource {
  public readonly address: string;
  public readonly path: string | null;
  public readonly format: ArtifactResource['format'];
  public readonly type: string;
  public readonly region: string | null;
  public readonly presence: ReadResource['presence'];
  public readonly properties: ArtifactResource['properties'];
  private readonly whole: ReadResource;

  public constructor(
    whole: ReadResource,
    { address, format, type, properties }: Pick<ReadResource, 'address' | 'format' | 'type' | 'properties'>,
  ) {
    this.address = address;
    this.path = whole.path;
    this.format = format;
    this.type = type;
    this.region = whole.region;
    this.presence = whole.presence;
    this.properties = properties;
    this.whole = whole;
  }

  public get references(): readonly string[] {
    return this.whole.references;
  }
}
