import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { failure, memoryFiles, problemsIn, SMALL } from '../memory-files';

const read = (text: string | Uint8Array) => readEnvironment('e.yaml', memoryFiles({ 'e.yaml': text }));
const problems = (text: string | Uint8Array) => problemsIn(() => read(text));
const changed = (from: string, to: string) => {
  if (!SMALL.includes(from)) throw new Error(`${from} is not in the small environment`);
  return problems(SMALL.replace(from, to));
};

describe('readEnvironment', () => {
  it('fills in defaults', () => {
    expect(read(SMALL).environment.finance.horizonMonths).toBe(36);
  });

  it('reports a syntax error at its line and column', () => {
    expect(problems('name: [a\n')).toMatchObject([{ code: 'YAML_SYNTAX' }]);
    expect(problems('name: [a\n')[0]?.at).toMatch(/^e\.yaml:\d+:\d+$/);
  });

  it('reports an empty file as a wrong type', () => {
    expect(problems('')).toMatchObject([{ code: 'WRONG_TYPE', at: 'e.yaml:1:1' }]);
  });

  it('reports a misspelt key once, with the key that was meant', () => {
    const found = changed('peak: 2', 'peek: 2');
    expect(found).toMatchObject([{ code: 'UNKNOWN_KEY', at: 'e.yaml:7:37', got: '"peek"' }]);
    expect(found[0]?.fix).toContain('did you mean "peak"?');
    expect(found[0]?.fix).toContain('above 0 and at most 100,000 (requests/s)');
  });

  it('frames the key it complains about', () => {
    const frame = changed('peak: 2', 'peek: 2')[0]?.frame;
    expect(frame?.text.slice((frame?.column ?? 0) - 1, (frame?.column ?? 0) - 1 + (frame?.length ?? 0))).toBe(
      'peek',
    );
  });

  it.each([
    ['mean: 1,', 'mean: "12 rps",', 'write mean: 12'],
    ['title: Chat', 'title: Chat\n    objectives: { ttftMs: "2s" }', 'write ttftMs: 2000'],
    ['title: Chat', 'title: Chat\n    objectives: { tpotMs: "800ms" }', 'write tpotMs: 800'],
    ['      inputTokens', '      cachedShare: "50%"\n      inputTokens', 'write cachedShare: 0.5'],
  ])('says which number to write for %s → %s', (from, to, fix) => {
    expect(changed(from, to)).toMatchObject([{ code: 'WRONG_UNIT', fix }]);
  });

  it('does not guess a number for a unit that has nothing to do with the field', () => {
    const found = changed('mean: 1000', 'mean: 80GB');
    expect(found).toMatchObject([{ code: 'WRONG_UNIT', got: '"80GB"' }]);
    expect(found[0]?.fix).toContain('write the number alone, in tokens');
  });

  it('tells a quoted number from a unit', () => {
    expect(changed('mean: 1,', 'mean: "12",')).toMatchObject([
      { code: 'WRONG_TYPE', fix: 'write mean: 12, without quotes' },
    ]);
  });

  it.each(['-5', '1e12', '0', '.nan'])('refuses %s requests per second', (figure) => {
    const [problem] = changed('mean: 1,', `mean: ${figure},`);
    expect(['OUT_OF_RANGE', 'WRONG_TYPE']).toContain(problem?.code);
    expect(problem?.expected).toContain('requests/s');
  });

  it('refuses an infinite figure', () => {
    expect(changed('mean: 1,', 'mean: .inf,')).toMatchObject([{ code: 'OUT_OF_RANGE', got: 'Infinity' }]);
  });

  it('refuses a peak below the mean', () => {
    expect(changed('peak: 2', 'peak: 0.5')).toMatchObject([{ code: 'CONFLICT', at: 'e.yaml:7:43' }]);
  });

  it('asks for a model pool or a quality floor', () => {
    expect(changed('    models: [llama-3.1-8b]\n', '')).toMatchObject([{ code: 'MISSING_KEY' }]);
  });

  it('reports a union by its discriminator only', () => {
    expect(changed('target: aws-bedrock', 'target: aws-bedrok')).toMatchObject([
      { code: 'NOT_A_CHOICE', fix: 'did you mean "aws-bedrock"?' },
    ]);
  });

  it('asks for the target of an option that has none', () => {
    expect(changed('{ target: aws-bedrock }', '{}')).toMatchObject([
      { code: 'MISSING_KEY', at: 'e.yaml:11:3' },
    ]);
  });

  it('suggests an id that would do', () => {
    expect(changed('  bedrock:', '  Bed Rock:')[0]).toMatchObject({
      code: 'NOT_A_CHOICE',
      fix: 'write "bed-rock"',
    });
  });

  it('says what to do with an empty value', () => {
    expect(changed('{ mean: 200 }', '')).toMatchObject([{ code: 'WRONG_TYPE', got: 'an empty value' }]);
  });

  it('says where an empty file, or one of another kind, could start', () => {
    for (const text of ['', '- a\n']) {
      expect(problems(text)).toMatchObject([
        { code: 'WRONG_TYPE', at: 'e.yaml:1:1', fix: expect.stringContaining('landfall init') },
      ]);
    }
  });

  it('reports a key that stands twice', () => {
    expect(changed('deploy:', 'name: other\ndeploy:')).toMatchObject([
      { code: 'DUPLICATE_KEY', at: 'e.yaml:13:1' },
    ]);
  });

  it('refuses merge keys, which are YAML 1.1', () => {
    expect(changed('title: Chat', '<<: {}\n    title: Chat')).toMatchObject([
      { code: 'YAML_SYNTAX', fix: expect.stringContaining('extends') },
    ]);
  });

  it('counts lines by line feeds, whatever carriage returns stand between', () => {
    const [problem] = problems(
      SMALL.replace('title: Chat', 'title: Chat # a\rb').replace('peak: 2', 'peek: 2'),
    );
    expect(problem).toMatchObject({ at: 'e.yaml:7:37', frame: { text: expect.stringContaining('peek') } });
  });

  it('refuses a second document', () => {
    expect(problems(`${SMALL}---\nname: b\n`)).toMatchObject([{ code: 'YAML_SYNTAX' }]);
  });

  it('refuses tags that no core schema knows', () => {
    expect(changed('title: Chat', 'title: !!js/function "x"')).toMatchObject([{ code: 'YAML_SYNTAX' }]);
  });

  it('expands aliases', () => {
    const text = SMALL.replace('{ mean: 1000 }', '&t { mean: 1000 }').replace('{ mean: 200 }', '*t');
    expect(read(text).environment.scenarios['chat']?.traffic.outputTokens.mean).toBe(1000);
  });

  it('refuses an alias bomb in short time', () => {
    const levels = Array.from(
      { length: 10 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`,
    );
    expect(problems(['a0: &a0 [x]', ...levels].join('\n'))).toMatchObject([{ code: 'YAML_ALIAS_BOMB' }]);
  });

  it('refuses an alias to what it stands in', () => {
    expect(problems('a: &a [*a]\n')).toMatchObject([{ code: 'YAML_SYNTAX' }]);
  });

  it.each([
    ['flow', `a: ${'['.repeat(20_000)}`],
    ['closed flow', `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['block', Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['compact lists', `a:\n  ${'- '.repeat(5_000)}x`],
  ])('refuses deep nesting: %s', (_, text) => {
    expect(problems(text)).toMatchObject([{ code: 'YAML_TOO_DEEP' }]);
  });

  it('refuses a file above 1 MiB without reading it', () => {
    const files = { size: () => 2 ** 20 + 1, read: () => expect.fail('was read') };
    expect(problemsIn(() => readEnvironment('e.yaml', files))).toMatchObject([{ code: 'FILE_TOO_LARGE' }]);
  });

  it('refuses a missing file', () => {
    expect(problemsIn(() => readEnvironment('no.yaml', memoryFiles({})))).toMatchObject([
      { code: 'FILE_UNREADABLE', at: 'no.yaml:1:1' },
    ]);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(problems(new Uint8Array([0x6e, 0xff, 0xfe]))).toMatchObject([{ code: 'FILE_UNREADABLE' }]);
  });

  it('says once that a file is in UTF-16, whose mark may be missing', () => {
    expect(problems(new Uint8Array(Buffer.from(SMALL, 'utf16le')))).toMatchObject([
      { code: 'FILE_UNREADABLE', got: 'UTF-16', fix: 'save it as UTF-8' },
    ]);
  });

  it('lists at most twenty problems and counts the rest', () => {
    const many = Array.from({ length: 30 }, (_, n) => `  o${n}: { target: nowhere }`).join('\n');
    const error = failure(() => read(SMALL.replace('  bedrock:', `${many}\n  bedrock:`)));
    expect([error.problems.length, error.omitted]).toEqual([20, 10]);
    expect(error.message).toContain('and 10 more');
  });

  it('lists problems in the order of the file', () => {
    const found = problems(SMALL.replace('mean: 1,', 'mean: x,').replace('title: Chat', 'title: 5'));
    expect(found.map((each) => each.at)).toEqual(['e.yaml:4:12', 'e.yaml:7:34']);
  });
});
