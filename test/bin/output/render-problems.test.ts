import { describe, expect, it } from 'vitest';
import { renderProblems } from '#bin/output/render-problems';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { displayWidth } from '#lib/report/display-width';

const problem: Problem = {
  code: 'UNKNOWN_KEY',
  at: 'genai.yaml:4:3',
  got: '"peak_rps"',
  expected: 'a known key',
  fix: 'did you mean "peakRps"?',
  frame: { line: 4, text: '  peak_rps: 12', column: 3, length: 8 },
};

describe('rendered problems', () => {
  it('show place, code, source line, caret and fix', () => {
    expect(renderProblems(new LandfallError(problem))).toBe(
      [
        'genai.yaml:4:3  error  UNKNOWN_KEY  expected a known key, got "peak_rps"',
        '   4 |   peak_rps: 12',
        '     |   ^^^^^^^^  did you mean "peakRps"?',
        '1 error in genai.yaml',
        '',
      ].join('\n'),
    );
  });

  it('stay within 100 columns, Chinese or not', () => {
    const long = {
      ...problem,
      got: '模型'.repeat(90),
      fix: '选择 '.repeat(60),
      frame: { ...problem.frame!, text: '文'.repeat(300) },
    };
    const lines = renderProblems(new LandfallError([long, { ...long, at: 'x'.repeat(150) }])).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it('never let a file drive the terminal', () => {
    expect(renderProblems(new LandfallError({ ...problem, got: '\u001b[2J\u202e' }))).toContain(
      '<U+001B>[2J<U+202E>',
    );
  });

  it('stand together by file, and count what is not shown', () => {
    const { frame: _, ...bare } = problem;
    const list = ['a.yaml:1:1', 'b.yaml:1:1', 'a.yaml:2:1'].map((place) => ({ ...bare, at: place }));
    const text = renderProblems(new LandfallError([list[0]!, ...list.slice(1)], 4));
    expect(text.match(/^[ab]\.yaml:\d/gm)).toEqual(['a.yaml:1', 'a.yaml:2', 'b.yaml:1']);
    expect(text).toMatch(/3 errors in 2 files, and 4 more not shown\n$/);
  });

  it('of a command line end with the fix, without a count', () => {
    const usage = { code: 'BAD_USAGE', at: 'landfall', expected: 'a command', fix: 'see --help' } as const;
    expect(renderProblems(new LandfallError(usage))).toMatch(/see --help\n$/);
  });
});
