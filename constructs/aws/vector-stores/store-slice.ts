import type { Construct } from 'constructs';
import type { BuiltNetwork } from '#constructs/aws/network';
import type { RetrievalPlan } from '#lib/plan/plan';

/** The part of a plan that a vector store is transcribed from, and where it stands. */
export interface StoreSlice {
  readonly retrieval: RetrievalPlan;
  /** Asked for by stores that stand in a network. */
  readonly network: () => BuiltNetwork;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
}

/** Builds the store under this id, which the bill names. */
export type StoreBuilder = (scope: Construct, id: string, slice: StoreSlice) => Construct;
