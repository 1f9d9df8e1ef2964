import type { ArtifactValue } from '#lib/artifacts/resource';

/** A function of the Terraform language. Throws `Failure` where Terraform would refuse the operands. */
export type TerraformFunction = (...operands: readonly ArtifactValue[]) => ArtifactValue;

export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

/** Longest list that a function may make. */
export const MAXIMUM_ITEMS = 100_000;
