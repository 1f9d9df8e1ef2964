import type { DiffDocument } from '#lib/diff/environment-diff';
import { isDifferent } from '#lib/diff/join-diffs';
import { renderMarkdown } from '#lib/report/formats/markdown';
import type { Screen } from '#lib/report/document-model';
import { diffParts, type DiffParts } from '#lib/report/screens/diff-screen';

/** Characters of a comment. Hosts of code take 65,536 at most; what posts it may add some. */
export const MAXIMUM_CHARACTERS = 60_000;

export interface PullRequestProps {
  /** Of the environment: a bot finds the comment that it wrote before by it. */
  readonly environment: string;
  /** What the money rests on. */
  readonly catalog: string;
  readonly asOf: string;
  /** Shows everything. */
  readonly command: string;
}

/** Below what decides, closed until somebody opens it. */
const FOLDED: Readonly<Partial<Record<keyof DiffParts, string>>> = {
  lines: 'Lines of the bill',
  resources: 'Resources',
  prices: 'Unit prices',
  decisions: 'Decisions',
};

/** Parts in their order; the last go first where the room is short. Verdict, dangers and gates always stay. */
const KEPT: readonly (keyof DiffParts)[] = ['verdict', 'dangers', 'gates'];
const CUT_LAST_FIRST: readonly (keyof DiffParts)[] = [
  'money',
  'capacity',
  'security',
  'notKnown',
  'lines',
  'resources',
  'prices',
  'decisions',
];

/**
 * A change as the comment of a pull request, found again by its first line. What has no room is left out by whole parts,
 * and said.
 *
 * @param screenOf - Puts a screen's amounts into the currency of the document
 */
export function pullRequestComment(
  diff: DiffDocument,
  { environment, catalog, asOf, command }: PullRequestProps,
  partsOf: (diff: DiffDocument) => DiffParts = (shown) => diffParts(shown, { wide: true }),
): string {
  const marker = `<!-- landfall:diff environment=${plainName(environment)} -->`;
  const footer = `<sub>Catalogue of ${renderedText(catalog)} · as of ${asOf} · everything: \`${command.replaceAll('`', "'")}\`</sub>`;
  const parts = partsOf(diff);
  if (!isDifferent(diff) && (diff.gates ?? []).length === 0) {
    return [marker, markdownOf(parts.verdict), markdownOf(parts.notKnown), footer]
      .filter((text) => text !== '')
      .join('\n\n')
      .concat('\n');
  }
  const kept = [marker, ...KEPT.map((name) => markdownOf(parts[name]))].filter((text) => text !== '');
  // Room for the sentence that says what was left out.
  let room = MAXIMUM_CHARACTERS - 400 - footer.length - sizeOf(kept);
  const cut: string[] = [];
  const rest = CUT_LAST_FIRST.flatMap((name) => {
    const text = folded(name, markdownOf(parts[name]));
    if (text === '') return [];
    if (text.length + 2 > room) {
      cut.push(FOLDED[name] ?? name);
      return [];
    }
    room -= text.length + 2;
    return [text];
  });
  const told = cut.length === 0 ? [] : [`_Left out, as a comment has no room for it: ${cut.join(', ')}._`];
  return `${[...kept, ...rest, ...told, footer].join('\n\n')}\n`;
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 2, 0);
}

function markdownOf(screen: Screen): string {
  return screen.length === 0 ? '' : renderMarkdown(screen).trimEnd();
}

function folded(name: keyof DiffParts, text: string): string {
  const summary = FOLDED[name];
  if (summary === undefined || text === '') return text;
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function renderedText(text: string): string {
  return renderMarkdown([{ kind: 'lines', lines: [text] }])
    .trim()
    .replace(/^- /, '');
}

/** Nothing in it ends a comment of HTML. */
function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._/#:-]+/g, '-').replaceAll(/-{2,}/g, '-');
}
