import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, type DocumentName } from '#lib/report/documents';
import { inFolder, landfall } from '../_support/command-line';

const SUPPORT = 'environments/support.yaml';
const TRAIN = 'sizing train --model llama-3.1-8b --gpu h100-sxm';
const PLAN = 'sizing plan --model llama-3.1-8b --gpu h100-sxm';
const LINES: readonly (readonly [DocumentName, string])[] = [
  ['check', `check ${SUPPORT} --json`],
  ['check', 'check nowhere.yaml --format json'],
  ['policy', `check ${SUPPORT} --policy --option leased --json`],
  ['explanation', `explain ${SUPPORT} eks.monthly --json`],
  ['explanation', `explain ${SUPPORT} leased.ttft --json`],
  ['explanation', 'explain environments/knowledge.yaml eks.wait --json'],
  ['catalog', 'catalog h200 --json'],
  ['catalog', 'catalog --kind sources --limit 3 --json'],
  ['sizing-plan', `${PLAN} --json`],
  ['sizing-plan', `${PLAN} --tpot 0.001 --json`],
  ['sizing-plan', `${PLAN} --speculation n-gram:3:0.5 --json`],
  ['model', 'catalog import-model mimo=test/lib/model-import/configs/mimo-v2-flash.json --json'],
  ['sizing-train', `${TRAIN} --kind sft --within 24 --json`],
  ['sizing-train', `${TRAIN} --kind pre-training --gpus 1 --json`],
  ['sizing-grpo', `${TRAIN} --kind grpo --json`],
  ['sizing-grpo', `${TRAIN} --kind grpo --within 0.01 --json`],
];

function problemsOf(name: DocumentName, document: unknown): string[] {
  const issues = DOCUMENTS[name].safeParse(document).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a document that a command writes', () => {
  it.each(LINES)('meets the schema of %s: landfall %s', async (name, line) => {
    const document = JSON.parse((await landfall(...line.split(' '))).stdout) as object;
    expect(problemsOf(name, document)).toEqual([]);
    expect(problemsOf(name, { ...document, invented: 1 }).join()).toContain('invented');
  });

  it('meets it where a week of requests is summed up, and where there are but two', () =>
    inFolder(async (folder) => {
      const rows = (days: number) =>
        Array.from({ length: days * 24 }, (_, hour) => `${1_700_000_000 + hour * 3_600},100,20`);
      for (const [index, days] of [8, 1].entries()) {
        const file = join(folder, `${index}.csv`);
        writeFileSync(
          file,
          ['timestamp,input_tokens,output_tokens', ...rows(days).slice(0, days * 24)].join('\n'),
        );
        const { stdout } = await landfall('sizing', 'trace', file, '--json');
        expect(problemsOf('trace-summary', JSON.parse(stdout))).toEqual([]);
      }
    }));

  it('has a schema that `landfall schema` writes, as every file under schema/ is', async () => {
    for (const file of readdirSync('schema')) {
      const name = file.replace('.draft-7', '').replace('.schema.json', '');
      const { exitCode, stdout } = await landfall('schema', name);
      expect([name, exitCode]).toEqual([name, 0]);
      expect(JSON.parse(stdout)).toHaveProperty('$schema');
    }
    expect((await landfall('schema', 'xyzzy')).stderr).toContain('price-resolution');
  });
});
