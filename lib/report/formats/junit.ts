import type { PriceQuality } from '#lib/cost/price-quality';
import type { Guardrail } from '#lib/report/formats/guardrails';

/** One thing that a build is held to. */
export type JunitCase = Pick<Guardrail, 'title' | 'state' | 'message' | 'about'>;

/** Names that one test case lists; a bill may have thousands. */
const NAMED = 50;

/**
 * Guardrails as JUnit XML: a broken budget is a failure, what is open is skipped with its reason. The age and firmness of
 * the prices are properties of the suite.
 */
export function renderJunit(
  suite: string,
  guardrails: readonly JunitCase[],
  prices: Readonly<Partial<PriceQuality>> = {},
): string {
  const count = (state: JunitCase['state']) => guardrails.filter((each) => each.state === state).length;
  const attributes = `name="${escaped(suite)}" tests="${guardrails.length}" failures="${count('failed')}" skipped="${count('open')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    `  <testsuite ${attributes}>`,
    ...propertyLines(prices),
    ...guardrails.map((guardrail) => testCase(suite, guardrail)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function propertyLines(prices: Readonly<Partial<PriceQuality>>): string[] {
  const lines = Object.entries(prices).map(property);
  return lines.length === 0 ? [] : ['    <properties>', ...lines, '    </properties>'];
}

/** What is not known is an empty text. */
function property([name, value]: readonly [string, string | number | null]): string {
  return `      <property name="${name}" value="${escaped(String(value ?? ''))}"/>`;
}

function testCase(suite: string, { title, state, message, about }: JunitCase): string {
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(title)}"`;
  if (state === 'passed') return `${head}/>`;
  const more = about.length > NAMED ? [`and ${about.length - NAMED} more`] : [];
  const named = [...about.slice(0, NAMED), ...more].map((name) => escaped(name)).join('\n');
  const tag = state === 'failed' ? 'failure' : 'skipped';
  return `${head}>\n      <${tag} message="${escaped(message)}">${named}</${tag}>\n    </testcase>`;
}

/** XML has no way at all to write most control characters. */
function escaped(text: string): string {
  return Array.from(text, (character) =>
    isAllowed(character) ? (ENTITIES[character] ?? character) : '\uFFFD',
  ).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The characters of XML 1.0, §2.2. */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
}
