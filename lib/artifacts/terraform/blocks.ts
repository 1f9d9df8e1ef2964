import { isList, isObject, type JsonObject, type JsonPath } from '#lib/artifacts/json';

/** A block of a Terraform JSON file, such as a resource: its labels, its body and where it stands. */
export interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly path: JsonPath;
}

/**
 * Blocks of one type. In JSON each label is one level of objects, and at every level there may be a list of objects
 * instead of one.
 */
export function blocksOf(value: unknown, labelCount: number, path: JsonPath): Block[] {
  const found: Block[] = [];
  collect(value, labelCount, [], path, found);
  return found;
}

function collect(
  value: unknown,
  labelsLeft: number,
  labels: readonly string[],
  path: JsonPath,
  found: Block[],
): void {
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      // A list in a list is no form of the language; it is not followed further.
      if (isObject(item)) collect(item, labelsLeft, labels, [...path, index], found);
    }
  } else if (isObject(value)) {
    if (labelsLeft === 0) found.push({ labels, body: value, path });
    else {
      for (const [label, below] of Object.entries(value)) {
        if (label !== '//') collect(below, labelsLeft - 1, [...labels, label], [...path, label], found);
      }
    }
  }
}
