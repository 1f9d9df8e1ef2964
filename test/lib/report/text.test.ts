import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { renderText } from '#lib/report/text';

const shown = (command: string, wide = false) =>
  renderText([{ kind: 'next', commands: ['landfall check a.yaml', command] }], { wide })
    .trimEnd()
    .split('\n');

/** What a shell makes of the lines that are copied. */
const joined = (lines: readonly string[]) =>
  lines
    .slice(1)
    .join('\n')
    .replaceAll(/ \\\n\s*/g, ' ')
    .trim();

describe('a command to go on with', () => {
  it('that is longer than a line goes on after a backslash, whole and in 100 columns', () => {
    for (const words of [9, 12, 30, 60]) {
      const command = `landfall explain environments/support.yaml ${'--scenario product '.repeat(words).trim()}`;
      const lines = shown(command);
      expect(joined(lines)).toBe(command);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(100);
    }
  });

  it('is one line where it fits, or every column is shown', () => {
    const long = `landfall explain ${'word '.repeat(40).trim()}`;
    expect(shown('landfall explain a.yaml')).toHaveLength(2);
    expect(shown(long, true)).toHaveLength(2);
  });

  it('is cut where a break would fall into a quoted word, or no line holds one', () => {
    const file = `${'a'.repeat(120)}.yaml`;
    for (const command of [`landfall check '${'my file '.repeat(20)}.yaml'`, `landfall check ${file}`]) {
      expect(shown(command)).toHaveLength(2);
      expect(shown(command)[1]).toMatch(/…$/);
    }
  });
});
