import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { pickOption } from '#bin/input/pick-option';
import { diffSides } from '#lib/diff/environment-diff';
import type { DiffSide } from '#lib/diff/side';
import { nodeAt } from '#lib/diff/written-changes';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { spot } from '#lib/text/place';
import type { SingleChange } from '../../../_support/single-change';
import { SINGLE_CHANGES } from '../../../_support/single-changes';
import { memoryFiles } from '../../spec/memory-files';

type Edit = readonly [path: string, value: unknown];

const planned = new Map<string, DiffSide>();

/** An option of a shipped environment with these values set, planned; each once. */
function sideOf(environment: string, option: string, edits: readonly Edit[]): DiffSide {
  const document = parseDocument(readFileSync(`environments/${environment}.yaml`, 'utf8'));
  for (const [path, value] of edits) {
    const keys = path.split('.');
    if (value === undefined) document.deleteIn(keys);
    else document.setIn(keys, value);
  }
  const text = document.toString();
  const known = planned.get(`${option} ${text}`);
  if (known !== undefined) return known;
  const path = 'prod.yaml';
  const opened = openEnvironment(path, {}, memoryFiles({ [path]: text }));
  const [scenario = ''] =
    environment === 'portfolio' ? ['documents'] : Object.keys(opened.environment.scenarios);
  const request = { ...opened, path, asOf: '2026-11-23', scenario, option };
  const side: DiffSide = {
    selector: option,
    option,
    ...pickOption({ ...request, environment: opened.environment }),
    written: { root: opened.root, scenario, option },
  };
  planned.set(`${option} ${text}`, side);
  return side;
}

function diffOf({ environment, option, given = [], path, value }: SingleChange) {
  const [from, to] = [given, [...given, [path, value] as const]].map((edits) =>
    sideOf(environment, option, edits),
  );
  if (from === undefined || to === undefined) throw new Error('two sides');
  return { diff: diffSides(from, to), root: to.written?.root };
}

describe('a single change', () => {
  it.each(SINGLE_CHANGES.map((each) => ({ ...each, shown: JSON.stringify(each.value) ?? 'nothing' })))(
    'of $environment/$option: $path to $shown is $classes ($why)',
    (each) => {
      const { diff, root } = diffOf(each);
      expect([...new Set(diff.dangers.map((danger) => danger.class))]).toEqual(each.classes);
      const keys = each.path.split('.');
      const node = root === undefined ? undefined : nodeAt(root, keys);
      if (node === undefined) return;
      const [line] = spot(node.place).at.split(':').slice(1);
      for (const { at } of diff.dangers) expect(linesOf(node, line)).toContain(at.split(':')[1]);
    },
  );

  it('is one of at least forty', () => expect(SINGLE_CHANGES.length).toBeGreaterThanOrEqual(40));
});

/** Lines of a value, its key's first: a change may lie inside what was set. */
function linesOf(node: NonNullable<ReturnType<typeof nodeAt>>, first: string | undefined): string[] {
  const inner =
    node.kind === 'map'
      ? [...node.entries.values()].flatMap(({ value, keyPlace }) => [
          spot(keyPlace).at.split(':')[1] ?? '',
          ...linesOf(value, undefined),
        ])
      : [spot(node.place).at.split(':')[1] ?? ''];
  const own = first === undefined ? [] : [first, String(Number(first) - 1)];
  return [...own, ...inner];
}
