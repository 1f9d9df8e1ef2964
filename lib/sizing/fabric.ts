import type { Band } from '#lib/units/band';

/** The network between nodes, as far as exchanges of one replica use it. */
export interface NodeFabric {
  /** All network cards of one node together, one direction, GB/s (10^9). */
  readonly gbPerSecond: number;
  /** Share of it that a large exchange reaches, 0–1. */
  readonly share: Band;
  /** What an exchange takes for each node that takes part, whatever its size, microseconds. */
  readonly startMicroseconds: Band;
}

/** The nodes that one exchange spans, and how fast they reach each other. */
export interface Span {
  readonly nodes: number;
  /** Bytes/s that one node takes in from the others. */
  readonly bytesPerSecond: number;
  readonly startSeconds: number;
}

/** An end of the band of a fabric; `none` as if all GPUs were in one node. */
export type SpanEnd = 'slow' | 'base' | 'fast' | 'none';

/** `null` where an exchange stays within a node, or nothing is known of what lies between them. */
export function spanOf(nodes: number, fabric: NodeFabric | undefined, end: SpanEnd = 'base'): Span | null {
  if (nodes < 2 || fabric === undefined || end === 'none') return null;
  const { share, startMicroseconds } = fabric;
  const reached = { slow: share.low, base: share.base, fast: share.high }[end];
  const start = { slow: startMicroseconds.high, base: startMicroseconds.base, fast: startMicroseconds.low }[
    end
  ];
  return {
    nodes,
    bytesPerSecond: fabric.gbPerSecond * 1e9 * reached,
    startSeconds: nodes * start * 1e-6,
  };
}

/**
 * Seconds in which every node takes in its part of `bytes` that all of them gather: each has one of `nodes` parts already.
 * The start is not in it.
 */
export function acrossSeconds(bytes: number, { nodes, bytesPerSecond }: Span): number {
  return (bytes * (nodes - 1)) / nodes / bytesPerSecond;
}
