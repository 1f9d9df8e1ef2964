import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { CST, Document, ParsedNode } from 'yaml';
import { LandfallError } from '#lib/errors/landfall-error';
import type { Problem } from '#lib/errors/landfall-error';
import { MAXIMUM_DEPTH } from '#lib/text/located';
import type { Located, LocatedEntry } from '#lib/text/located';
import { shown, spot } from '#lib/text/place';
import type { Place, SourceText } from '#lib/text/place';

/** Nodes after aliases are expanded. The largest shipped environment has some hundreds. */
const MAXIMUM_NODES = 50_000;

export interface YamlDocument {
  readonly root: Located;
  /** Problems that leave the rest of the document readable, such as a key that stands twice. */
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2 (core schema) with the place of every value. Throws on text that has no one meaning. */
export function readYaml(path: string, text: string): YamlDocument {
  const source: SourceText = { path, lines: text.split(/\r?\n/) };
  const counter = new LineCounter();
  const tokens = [...new Parser(counter.addNewLine).parse(text)];
  const placeOf = (start: number, end: number): Place => {
    const { line, col } = counter.linePos(Math.min(start, text.length));
    const length = (text.slice(start, end).split(/[\r\n]/, 1)[0] ?? '').length;
    return { source, line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, length) };
  };
  refuseDepth(tokens, placeOf);
  const composer = new Composer({ version: '1.2', uniqueKeys: false, merge: false, strict: true });
  const documents: Document.Parsed[] = [...composer.compose(tokens, true, text.length)];
  const [document, second] = documents;
  if (document === undefined) throw new Error('a forced YAML document is missing');
  const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  const [fault] = faults;
  if (fault !== undefined) throw new LandfallError(syntax(placeOf(...fault.pos), fault.message));
  if (second !== undefined) {
    const [start] = second.range;
    throw new LandfallError(syntax(placeOf(start, start + 1), 'a second document starts here'));
  }
  return new Reader(placeOf).read(document.contents);
}

function syntax(place: Place, message: string): Problem {
  const cause = message.split('\n', 1)[0] ?? message;
  const fix = 'check indentation, quotes and brackets at this place';
  return { code: 'YAML_SYNTAX', ...spot(place), got: shown(cause), expected: 'one YAML 1.2 document', fix };
}

/** YAML 1.2 has none, and its readers would take `<<` for a key like any other. */
function mergeKey(place: Place): Problem {
  return {
    code: 'YAML_SYNTAX',
    ...spot(place),
    got: 'a merge key, which YAML 1.2 does not have',
    expected: 'the keys themselves',
    fix: 'write them out, give an alias as a whole value (`traffic: *office`), or lay files over one another by `extends`',
  };
}

/** Before composing, which recurses: deep nesting would end in a stack overflow there. */
function refuseDepth(tokens: readonly CST.Token[], placeOf: (start: number, end: number) => Place): void {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { token, depth } = entry;
    if (depth > MAXIMUM_DEPTH) throw tooDeep(placeOf(token.offset, token.offset + 1));
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection')
      continue;
    for (const item of token.items) {
      for (const below of [item.key, item.value]) {
        if (below !== undefined && below !== null) open.push({ token: below, depth: depth + 1 });
      }
    }
  }
}

function tooDeep(place: Place): LandfallError {
  return new LandfallError({
    code: 'YAML_TOO_DEEP',
    ...spot(place),
    expected: `at most ${MAXIMUM_DEPTH} levels of nesting`,
    fix: 'flatten the document; an environment needs about eight levels',
  });
}

/** Turns composed nodes into located values. Anchors are seen in document order, as YAML defines them. */
class Reader {
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly problems: Problem[] = [];
  private nodes = 0;
  private aliases = 0;

  private readonly placeOf: (start: number, end: number) => Place;

  public constructor(placeOf: (start: number, end: number) => Place) {
    this.placeOf = placeOf;
  }

  public read(contents: ParsedNode | null): YamlDocument {
    const place = this.placeOf(0, 1);
    const root = contents === null ? scalar(null, place) : this.node(contents, 0);
    return { root, problems: this.problems };
  }

  private node(node: ParsedNode, depth: number): Located {
    const place = this.placeOf(node.range[0], node.range[1]);
    this.nodes += 1;
    if (depth > MAXIMUM_DEPTH) throw tooDeep(place);
    if (this.nodes > MAXIMUM_NODES) throw this.tooMany(place);
    const located = this.located(node, depth, place);
    if (!isAlias(node) && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return located;
  }

  private located(node: ParsedNode, depth: number, place: Place): Located {
    if (isAlias(node)) {
      this.aliases += 1;
      const target = this.anchors.get(node.source);
      if (target === undefined) throw new LandfallError(syntax(place, `no anchor &${node.source} above`));
      return this.node(target, depth + 1);
    }
    if (isSeq(node)) {
      return { kind: 'list', place, items: node.items.map((item) => this.item(item, depth + 1, place)) };
    }
    if (isMap(node)) {
      const entries = new Map<string, LocatedEntry>();
      for (const { key, value } of node.items) this.entry(entries, key, value, depth + 1);
      return { kind: 'map', place, entries };
    }
    return scalar(isScalar(node) ? node.value : null, place);
  }

  private item(item: unknown, depth: number, place: Place): Located {
    return isParsed(item) ? this.node(item, depth) : scalar(null, place);
  }

  private entry(entries: Map<string, LocatedEntry>, key: ParsedNode, value: unknown, depth: number): void {
    const keyPlace = this.placeOf(key.range[0], key.range[1]);
    if (!isScalar(key) || (typeof key.value !== 'string' && typeof key.value !== 'number')) {
      throw new LandfallError(syntax(keyPlace, 'a key that is not plain text'));
    }
    const name = String(key.value);
    if (name === '<<') throw new LandfallError(mergeKey(keyPlace));
    const located = isParsed(value) ? this.node(value, depth) : scalar(null, keyPlace);
    if (entries.has(name)) {
      const expected = 'every key once in a mapping';
      const fix = 'remove one of the two';
      this.problems.push({ code: 'DUPLICATE_KEY', ...spot(keyPlace), got: shown(name), expected, fix });
    } else entries.set(name, { keyPlace, value: located });
  }

  private tooMany(place: Place): LandfallError {
    return new LandfallError({
      code: this.aliases > 0 ? 'YAML_ALIAS_BOMB' : 'FILE_TOO_LARGE',
      ...spot(place),
      expected: `at most ${MAXIMUM_NODES} values, aliases expanded`,
      fix: 'write the repeated values out, or share them through `extends`',
    });
  }
}

function scalar(value: unknown, place: Place): Located {
  return { kind: 'scalar', place, value };
}

function isParsed(value: unknown): value is ParsedNode {
  return isAlias(value) || isScalar(value) || isMap(value) || isSeq(value);
}
