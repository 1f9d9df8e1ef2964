import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, violations, type SourceFile } from './_support/import-table';

const ROOTS = ['lib', 'constructs', 'stacks', 'bin'];
const CEILING_LINES = 300;

const files: SourceFile[] = ROOTS.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => `${root}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
);

describe('the architecture', () => {
  it('has sources to hold to', () => expect(files.length).toBeGreaterThan(60));

  it('lets each layer import only what lies beneath it, and third parties only where they belong', () => {
    expect(files.flatMap(violations)).toEqual([]);
  });

  it(`keeps every file at ${CEILING_LINES} lines or fewer`, () => {
    const long = files.filter(({ text }) => text.split('\n').length - 1 > CEILING_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('reads the clock, prints and exits in bin only', () => {
    const outside = files.filter(({ path }) => !path.startsWith('bin/'));
    const impure =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bconsole\.|\bprocess\.(exit|stdout|stderr|env|argv)\b/;
    expect(outside.filter(({ text }) => impure.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('has no file named after nothing', () => {
    const vague = /\/(utils?|helpers?|common|types|manager|misc)\.ts$/;
    expect(files.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the test of the architecture', () => {
  const breaks = (path: string, text: string) => violations({ path, text }).length > 0;

  it.each([
    ['a layer importing one above it', 'lib/sizing/x.ts', `import { a } from '#lib/plan/plan';`],
    ['a relative import that climbs', 'lib/catalog/x.ts', `import { a } from '../plan/plan';`],
    ['an import for side effects', 'lib/cost/x.ts', `import '#constructs/aws/network';`],
    ['a dynamic import', 'lib/compare/x.ts', `const a = await import('#stacks/index');`],
    ['a type import of a layer above', 'lib/engines/x.ts', `import type { Plan } from '#lib/plan/plan';`],
    ['a port importing another port', 'lib/engines/x.ts', `import { targets } from '#lib/targets/index';`],
    ['a re-export from above', 'lib/units/x.ts', `export * from '#lib/errors/codes';`],
    ['a require', 'lib/units/x.ts', `const a = require('#lib/plan/plan');`],
    ['the CDK outside constructs/aws', 'constructs/kubernetes/x.ts', `import { Stack } from 'aws-cdk-lib';`],
    ['cdktf in the library', 'lib/plan/x.ts', `import { App } from 'cdktf';`],
    [
      'a provider barrel',
      'constructs/terraform/x.ts',
      `import { Manifest } from '@cdktf/provider-kubernetes';`,
    ],
    ['the file system in the library', 'lib/plan/x.ts', `import { readFileSync } from 'node:fs';`],
    ['a third party that the table does not name', 'lib/plan/x.ts', `import _ from 'lodash';`],
    ['zod inside the sizing', 'lib/sizing/x.ts', `import * as z from 'zod';`],
  ])('fails on %s', (_, path, text) => expect(breaks(path, text)).toBe(true));

  it.each([
    ['a layer beneath', 'lib/plan/x.ts', `import { a } from '#lib/sizing/sizing';`],
    ['its own folder', 'lib/plan/x.ts', `import { a } from '#lib/plan/plan';`],
    [
      'a provider by its sub-path',
      'constructs/terraform/x.ts',
      `import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';`,
    ],
  ])('allows %s', (_, path, text) => expect(breaks(path, text)).toBe(false));

  it('finds imports that span lines', () => {
    expect(importsOf(`import {\n  a,\n  b,\n} from '#lib/plan/plan';`)).toEqual(['#lib/plan/plan']);
  });
});
