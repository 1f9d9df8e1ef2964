import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#lib/spec/reading/read-environment';
import { parseEnvironment } from '#lib/spec/reading/parse-environment';
import { failure, memoryFiles, problemsIn, SMALL } from '../memory-files';

const read = (text: string) => readEnvironment('e.yaml', memoryFiles({ 'e.yaml': text }));
const withTitle = (title: string) => () =>
  read(SMALL.replace('title: Chat', `title: ${JSON.stringify(title)}`));

const EXPRESSIONS = [
  '${file("/etc/hostname")}',
  '%{ for x in y }',
  '${Token[TOKEN.12]}',
  '#{Token[TOKEN.12]}',
  '{{resolve:ssm:x}}',
];
const HIDDEN = [
  '\u0000',
  '\u001B[31m',
  '\u0085',
  '\u202E',
  '\u2066',
  '\u200B',
  '\u200D',
  '\uFEFF',
  '\u2028',
  '\uD800',
];
const SECRETS = [
  ['AKIA', 'IOSFODNN7EXAMPLE'],
  ['hf_', 'abcdefghijklmnopqrstuvwx'],
  ['ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['github_pat_', '11ABCDEFG0abcdefghijkl_mnopqrstuv'],
  ['sk-', 'abcdefghijklmnopqrstuvwx'],
  ['-----BEGIN RSA ', 'PRIVATE KEY-----MIIEpAIBAAKCAQEA'],
  ['eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc'],
  ['aZ3kP9qL', '2mX7vB5nR8tY1wC6dF4gH0jK+SxUeQoI'],
].map((parts) => parts.join(''));

describe('hardening', () => {
  it.each(EXPRESSIONS)('refuses %s in a value', (text) => {
    expect(problemsIn(withTitle(`a ${text} b`))).toMatchObject([
      { code: 'UNSAFE_STRING', at: 'e.yaml:4:12' },
    ]);
  });

  it.each(EXPRESSIONS)('refuses %s in a key', (text) => {
    const found = problemsIn(() => read(SMALL.replace('  eks:', `  ${JSON.stringify(text)}:`)));
    expect(found).toMatchObject([{ code: 'UNSAFE_STRING', at: 'e.yaml:12:3' }]);
  });

  it.each(HIDDEN.map((text) => [JSON.stringify(text), text]))(
    'refuses the escaped character %s',
    (_, text) => {
      const escaped = `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const act = () => read(SMALL.replace('title: Chat', `title: "a${escaped}b"`));
      expect(problemsIn(act)).toMatchObject([{ code: 'CONTROL_CHARACTER' }]);
    },
  );

  it('refuses a bidirectional mark even in a comment', () => {
    expect(problemsIn(() => read(`# a \u202E b\n${SMALL}`))).toMatchObject([
      { code: 'CONTROL_CHARACTER', at: 'e.yaml:1:5', got: 'the character U+202E' },
    ]);
  });

  it.each(SECRETS)('refuses the secret %s and never repeats it', (secret) => {
    const error = failure(withTitle(secret));
    expect(error.problems).toMatchObject([{ code: 'SECRET_IN_FILE' }]);
    expect(JSON.stringify(error.problems) + error.message).not.toContain(secret.slice(4, 20));
  });

  it('does not repeat a secret that stands as a key', () => {
    const secret = SECRETS[1] ?? '';
    const error = failure(() => read(SMALL.replace('title: Chat', `title: Chat\n    ${secret}: 1`)));
    expect(JSON.stringify(error.problems) + error.message).not.toContain(secret);
  });

  it('refuses any value under a key that says it is a secret', () => {
    const error = failure(() => read(`${SMALL}apiKey: hunter22\n`));
    expect(error.problems.map((each) => each.code)).toContain('SECRET_IN_FILE');
    expect(JSON.stringify(error.problems)).not.toContain('hunter22');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s', (key) => {
    const error = failure(() => read(SMALL.replace('  eks:', `  ${key}:`)));
    expect(error.problems[0].code).toBe('UNSAFE_STRING');
  });

  it('refuses the number of a CDK token', () => {
    const text = SMALL.replace(
      'deploy:',
      'finance: { assumptions: { facility.pue: -1.8881545897087626e+289 } }\ndeploy:',
    );
    expect(problemsIn(() => read(text))).toMatchObject([{ code: 'OUT_OF_RANGE' }]);
  });

  it('takes ordinary text in any script', () => {
    expect(withTitle('Kundenservice für 40 Büros: 客服助手, 5 % – 100 $/mo {x}')().environment.name).toBe(
      'small',
    );
  });
});

describe('parseEnvironment', () => {
  it('points to the path of a value made by a program', () => {
    const act = () =>
      parseEnvironment({ name: 'a', scenarios: {}, options: { b: { target: 'colo', title: '${x}' } } });
    expect(problemsIn(act)).toMatchObject([{ code: 'UNSAFE_STRING', at: 'environment: options.b.title' }]);
  });
});
