import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RetrievalPlan } from '#lib/plan/plan';

/** The part of a plan that a vector store is transcribed from, and where it stands. */
export interface StoreSlice {
  readonly retrieval: RetrievalPlan;
  /** Asked for by stores that stand in a network. */
  readonly vpc: () => ec2.IVpc;
  readonly region: string;
  /** Beginning of physical names. */
  readonly names: readonly string[];
}

/** Builds the store under this id, which the bill names. */
export type StoreBuilder = (scope: Construct, id: string, slice: StoreSlice) => Construct;
