import type { ErrorCode } from '#lib/errors/codes';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import type { JsonPath } from '#lib/artifacts/json';

/** A document that was read: what to call it, and where its values stand. */
export interface ArtifactSource {
  readonly name: string;
  place(path: JsonPath): Pick<Problem, 'at' | 'frame'>;
}

export interface Fault {
  readonly code: ErrorCode;
  readonly got?: string;
  readonly expected: string;
  readonly fix: string;
}

/** A document that has no text, such as one a program made. */
export function withoutText(name: string): ArtifactSource {
  return { name, place: (path) => ({ at: [name, ...path].join('.') }) };
}

/** What is wrong with a document, at the value where it is. */
export function faultAt(source: ArtifactSource, path: JsonPath, fault: Fault): LandfallError {
  return new LandfallError({ ...fault, ...source.place(path) });
}
