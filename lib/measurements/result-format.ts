import type { RawRow } from '#lib/evaluation/benchmark-file';
import type { Given } from '#lib/measurements/given';

/** One run of a result file: its row, or why it is none that the sizing can be held against. */
export type RunOf =
  { readonly row: RawRow } | { readonly leftOut: { readonly id: string; readonly reason: string } };

/** A form in which a load generator writes its results. */
export interface ResultFormat {
  readonly id: string;
  /** Name and file, as the list of known formats shows them. */
  readonly name: string;
  recognises(document: unknown): boolean;
  /**
   * @param id - Of the row
   * @param source - The file, for errors and for the row
   * @throws LandfallError naming the flag of what neither the document nor `given` says
   */
  runOf(document: unknown, id: string, source: string, given: Given): RunOf;
}
