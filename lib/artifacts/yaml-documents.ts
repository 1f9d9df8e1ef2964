import { Composer, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { CST, Document, Node, Scalar, ScalarTag, TagId, Tags } from 'yaml';
import { LandfallError } from '#lib/errors/landfall-error';
import { isBinary, notText } from '#lib/artifacts/binary-text';
import type { JsonPath } from '#lib/artifacts/json';
import { tooLarge, type ReadDocument } from '#lib/artifacts/json-text';
import { placeInText } from '#lib/text/text-place';
import { shown } from '#lib/text/place';

/** CloudFormation takes templates of at most 1 MiB, a cluster objects of at most 3; a file may hold many. UTF-16 units. */
const MAXIMUM_CHARACTERS = 2 ** 22;
const MAXIMUM_NODES = 1_000_000;
const MAXIMUM_DEPTH = 200;

/** Types of YAML 1.1 that neither CloudFormation nor Kubernetes reads: a date stays the text it is. */
const UNUSED_TYPES = ['binary', 'merge', 'omap', 'pairs', 'set', 'timestamp'];

/**
 * The documents of a text in YAML as the JSON they stand for, with the short forms of CloudFormation's functions
 * written out: `!Ref x` is `{ "Ref": "x" }`. YAML 1.1, as CloudFormation and Kubernetes read it.
 *
 * @throws LandfallError at file:line:column where the text has no one meaning
 */
export function readYamlDocuments(name: string, text: string): ReadDocument[] {
  if (isBinary(text)) throw notText(name, 'a text in YAML or JSON');
  if (text.length > MAXIMUM_CHARACTERS) throw tooLarge(name, text.length, MAXIMUM_CHARACTERS);
  const counter = new LineCounter();
  const tokens = [...new Parser(counter.addNewLine).parse(text)];
  const fault = (offset: number, got: string, expected: string) =>
    new LandfallError({
      code: 'YAML_SYNTAX',
      ...placeInText(name, text, Math.min(offset, text.length)),
      got: shown(got),
      expected,
      fix: 'check indentation, quotes and brackets at this place',
    });
  const deep = tooDeepAt(tokens);
  if (deep !== null) throw fault(deep, 'deep nesting', `at most ${MAXIMUM_DEPTH} levels`);
  const composer = new Composer({ version: '1.1', merge: false, customTags: usedTags });
  return [...composer.compose(tokens, true, text.length)].map((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw fault(error.pos[0], error.message.split('\n', 1)[0] ?? '', 'one YAML document');
    return {
      root: new Reader(fault).value(document.contents),
      source: { name, place: (path) => placeInText(name, text, offsetOf(document, path)) },
    };
  });
}

function usedTags(tags: Tags): Tags {
  return tags
    .filter((tag) => !UNUSED_TYPES.some((type) => nameOf(tag).endsWith(type)))
    .map((tag) => (isBoolean(tag) ? { ...tag, test: BOOLEANS.get(tag.test.test('true')) ?? tag.test } : tag));
}

/** Without `y` and `n`, which YAML 1.1 counts among them and no reader of CloudFormation does. */
const BOOLEANS = new Map([
  [true, /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/],
  [false, /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/],
]);

function isBoolean(tag: TagId | Tags[number]): tag is ScalarTag & { readonly test: RegExp } {
  return (
    typeof tag !== 'string' && nameOf(tag).endsWith(':bool') && 'test' in tag && tag.test instanceof RegExp
  );
}

/** A name as it is written: a resource may be called `On`, `007` or `1e3`. */
function keyText({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? String(value));
}

function nameOf(tag: TagId | Tags[number]): string {
  return typeof tag === 'string' ? tag : tag.tag;
}

/** Before composing, which recurses: deep nesting would end in a stack overflow there. */
function tooDeepAt(tokens: readonly CST.Token[]): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { token, depth } = entry;
    if (depth > MAXIMUM_DEPTH) return token.offset;
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection')
      continue;
    for (const item of token.items) {
      for (const below of [item.key, item.value]) {
        if (below !== undefined && below !== null) open.push({ token: below, depth: depth + 1 });
      }
    }
  }
  return null;
}

/** Anchors are seen in document order, as YAML defines them. */
class Reader {
  private readonly anchors = new Map<string, Node>();
  private nodes = 0;
  private readonly fault: (offset: number, got: string, expected: string) => LandfallError;

  public constructor(fault: (offset: number, got: string, expected: string) => LandfallError) {
    this.fault = fault;
  }

  public value(node: unknown): unknown {
    if (!isNode(node)) return null;
    this.nodes += 1;
    const offset = node.range?.[0] ?? 0;
    if (this.nodes > MAXIMUM_NODES) {
      throw this.fault(offset, 'aliases that multiply', `at most ${MAXIMUM_NODES} values`);
    }
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined) throw this.fault(offset, `*${node.source}`, 'an anchor of this name above');
      return this.value(target);
    }
    const plain = this.plain(node);
    // After its content: an anchor may not hold itself.
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const short = /^!([A-Za-z0-9:]+)$/.exec(node.tag ?? '')?.[1];
    if (short === undefined) return plain;
    return { [short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`]: plain };
  }

  private plain(node: Node): unknown {
    if (isScalar(node)) return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    if (isSeq(node)) return node.items.map((item) => this.value(item));
    if (!isMap(node)) return null;
    return Object.fromEntries(
      node.items.map(({ key, value }) => [isScalar(key) ? keyText(key) : '', this.value(value)]),
    );
  }
}

/** Of the value, or of the nearest one above it. */
function offsetOf(document: Document.Parsed, path: JsonPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}
