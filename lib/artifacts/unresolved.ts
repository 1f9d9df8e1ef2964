import { printable } from '#lib/text/place';
import { Unresolved, type ArtifactResource, type ArtifactValue } from '#lib/artifacts/resource';

/** A value that another resource of the same code will have: its id, or one of its attributes. */
export class ReferenceTo extends Unresolved {
  public readonly address: string;
  /** `null` for the resource's id. */
  public readonly attribute: string | null;

  public constructor(address: string, attribute: string | null) {
    super(attribute === null ? `id of ${address}` : `attribute ${brief(attribute)} of ${address}`);
    this.address = address;
    this.attribute = attribute;
  }
}

/** A text of which some pieces are known; two known pieces never stand side by side. */
export class PartlyKnownText extends Unresolved {
  public readonly parts: readonly (string | Unresolved)[];

  public constructor(parts: readonly (string | Unresolved)[]) {
    super(dependencies(parts));
    this.parts = parts;
  }
}

/** A resource, and whether it stands at all. */
export interface ReadResource extends ArtifactResource {
  /** What decides whether it stands, or how often; `null` where it stands once for certain. */
  readonly presence: Unresolved | null;
  /** True where what it holds lies elsewhere: a stack whose template is not part of the artifacts. @default - false */
  readonly isUnread?: true;
  /** Whether it outlives its stack, itself or as a snapshot. @default - it goes, or nobody says */
  readonly isKept?: boolean;
  /** One of its properties, where the others need not be followed for it. @default - by `properties` */
  property?(name: string): ArtifactValue | undefined;
}

const MAXIMUM_NAMED = 3;
const BRIEF_CHARACTERS = 120;
/** No form of a secret is shorter. */
const LEAST_OF_A_SECRET = 14;
const NAME = /^[\w./:-]*$/;

/** A name of the input as a message may carry it: short, and masked where it looks like a secret. */
export function brief(name: string): string {
  const shown = name.length < LEAST_OF_A_SECRET ? name : printable(name);
  return shown.length <= BRIEF_CHARACTERS ? shown : `${shown.slice(0, BRIEF_CHARACTERS - 1)}…`;
}

/**
 * A value of the input that a message names, such as the key of an entry: itself where it reads as a name, else what
 * it is. A password may stand wherever a name is looked up.
 */
export function briefValue(value: ArtifactValue | undefined): string {
  if (typeof value !== 'string') return plainText(value);
  return NAME.test(value) && printable(value) === value ? brief(value) : 'a text';
}

/** A plain value as text; what is no plain value is said in words. */
export function plainText(value: ArtifactValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'object' ? 'a list or a mapping' : String(value);
}

/** What decides these values, each once, for people; the first three, then how many more. */
export function dependencies(values: readonly unknown[]): string {
  const named = [
    ...new Set(values.flatMap((value) => (value instanceof Unresolved ? [value.dependsOn] : []))),
  ];
  const more = named.length > MAXIMUM_NAMED ? ` and ${named.length - MAXIMUM_NAMED} more` : '';
  return named.slice(0, MAXIMUM_NAMED).join(', ') + more;
}

/** Every value beneath that is still to be decided. */
export function unresolvedIn(value: ArtifactValue): Unresolved[] {
  if (value instanceof Unresolved) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(unresolvedIn);
}

/** Characters of a text; what is unknown in it counts as one. */
export function lengthOf(piece: string | Unresolved): number {
  if (typeof piece === 'string') return piece.length;
  return piece instanceof PartlyKnownText ? piece.parts.reduce((sum, part) => sum + lengthOf(part), 0) : 1;
}

/** A text from its pieces: known where all pieces are. */
export function textOf(pieces: readonly (string | Unresolved)[]): string | Unresolved {
  const parts: (string | Unresolved)[] = [];
  for (const piece of pieces.flatMap((each) => (each instanceof PartlyKnownText ? each.parts : [each]))) {
    const last = parts.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') parts[parts.length - 1] = last + piece;
    else if (piece !== '') parts.push(piece);
  }
  const [only] = parts;
  if (only === undefined) return '';
  return parts.length === 1 ? only : new PartlyKnownText(parts);
}

/** Whether both decide the presence of one thing: it stands only where both hold. */
export function bothDecide(one: Unresolved | null, other: Unresolved | null): Unresolved | null {
  if (one === null || other === null) return one ?? other;
  return new Unresolved(dependencies([one, other]));
}
