import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { LandfallError } from '#lib/errors/landfall-error';

/** Nodes of a cluster that no artifact holds, as a usage file states them. */
export interface StatedNodes {
  /** `p5.48xlarge`. */
  readonly type: string;
  /** `null` for as many as pods ask for. */
  readonly count: number | null;
  readonly term: 'on-demand' | 'spot';
}

const MOST_NODES = 100_000;
const KNOWN = new Set(['type', 'count', 'term']);

/** @throws LandfallError at file:line:column for what is no list of nodes */
export function statedNodes(nodes: unknown, at: (offset: number) => string): readonly StatedNodes[] {
  const refuse = (node: unknown, expected: string) => {
    const offset = isNodeLike(node) ? (node.range?.[0] ?? 0) : 0;
    return new LandfallError({
      code: 'WRONG_TYPE',
      at: at(offset),
      expected,
      fix: 'write it as - { type: g6e.12xlarge, count: 2, term: on-demand }',
    });
  };
  if (!isSeq(nodes)) throw refuse(nodes, 'a list of nodes');
  return nodes.items.map((item) => {
    if (!isMap(item)) throw refuse(item, 'an instance type and how many of it');
    const unknown = item.items.find(({ key }) => !isScalar(key) || !KNOWN.has(String(key.value)));
    if (unknown !== undefined) throw refuse(unknown.key, 'type, count and term');
    const [type, count, term] = [
      item.get('type'),
      item.get('count') ?? null,
      item.get('term') ?? 'on-demand',
    ];
    if (typeof type !== 'string' || !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(type)) {
      throw refuse(item.get('type', true) ?? item, 'an instance type');
    }
    if (count !== null && !isNumberOfNodes(count)) {
      throw refuse(item.get('count', true) ?? item, `a whole number of nodes from 1 to ${MOST_NODES}`);
    }
    if (term !== 'on-demand' && term !== 'spot') throw refuse(item.get('term', true), 'on-demand or spot');
    return { type, count, term };
  });
}

function isNumberOfNodes(count: unknown): count is number {
  return typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_NODES;
}

/** Those of a stated number, and the types of which pods decide the number. */
export function byNumber(nodes: readonly StatedNodes[]) {
  return {
    counted: nodes.flatMap(({ count, ...rest }) => (count === null ? [] : [asResource({ ...rest, count })])),
    types: nodes.filter(({ count }) => count === null),
  };
}

/** As a cluster would list them, so that they are billed and shared like any other. */
function asResource({ type, count, term }: StatedNodes & { readonly count: number }): ReadResource {
  return {
    address: term === 'spot' ? `nodes/${type}/spot` : `nodes/${type}`,
    path: null,
    format: 'kubernetes',
    type: 'v1/Node',
    region: null,
    properties: {
      metadata: {
        labels: {
          'node.kubernetes.io/instance-type': type,
          'eks.amazonaws.com/capacityType': term === 'spot' ? 'SPOT' : 'ON_DEMAND',
        },
      },
      count,
    },
    references: [],
    presence: null,
  };
}

function isNodeLike(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'range' in node;
}
