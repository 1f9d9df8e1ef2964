import { describe, expect, it } from 'vitest';
import type { Danger } from '#lib/diff/dangers/danger';
import { judgedGates } from '#lib/diff/gates';
import { diffCases } from '#lib/report/formats/diff-cases';
import { diffFindings, placeIn, problemFindings } from '#lib/report/formats/finding';
import { githubAnnotations } from '#lib/report/formats/github';
import { codeQuality, terraformReport } from '#lib/report/formats/gitlab';
import { renderJunit } from '#lib/report/formats/junit';
import { sarifOfFindings } from '#lib/report/formats/sarif-log';
import { parseGate } from '#lib/spec/schema/review';
import { noDifference } from '../../../_support/diff-document';

const store: Danger = {
  class: 'data-loss',
  address: 'Retrieval/Store',
  before: 'qdrant',
  after: 'milvus: 100 %, a,b',
  path: 'retrieval.store',
  at: 'environments/prod.yaml:41:7',
};
const restart: Danger = { ...store, class: 'restart', address: 'Serving/model-server' };
const diff = { ...noDifference, dangers: [store, restart] };
const gated = { ...diff, gates: judgedGates(diff, [parseGate('data-loss') ?? []].flat()) };

describe('findings of a change', () => {
  it('stand at the line that causes them, and are errors where a gate names them', () => {
    expect(diffFindings(gated, 'prod.yaml')).toMatchObject([
      { rule: 'data-loss', level: 'error', place: { file: 'environments/prod.yaml', line: 41, column: 7 } },
      { rule: 'restart', level: 'note' },
    ]);
    expect(diffFindings(diff, 'prod.yaml')[0]?.level).toBe('warning');
  });

  it('stand at the start of the file where no line causes them', () => {
    const [finding] = diffFindings({ dangers: [{ ...store, at: 'retrieval.store' }] }, 'prod.yaml');
    expect(finding?.place).toEqual({ file: 'prod.yaml', line: 1, column: 1 });
  });

  it('name the file, not the revision', () => {
    expect(placeIn('git:feature/x#a/b.yaml:3:5')).toEqual({ file: 'a/b.yaml', line: 3, column: 5 });
  });

  it('are annotations whose text cannot end them', () => {
    const text = githubAnnotations(diffFindings(gated, 'prod.yaml'));
    expect(text.split('\n')[0]).toBe(
      '::error file=environments/prod.yaml,line=41,col=7,title=data-loss::Retrieval/Store: qdrant → milvus: 100 %25, a,b',
    );
    const [problem] = problemFindings(
      [{ code: 'UNKNOWN_KEY', at: 'a,b:c.yaml:1:2', expected: 'one\nline', fix: 'x' }],
      'a.yaml',
    );
    expect(githubAnnotations(problem === undefined ? [] : [problem])).toBe(
      '::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=UNKNOWN_KEY::expected one%0Aline; x\n',
    );
  });

  it('keep their fingerprints when lines move, and have different ones in one report', () => {
    const moved = { dangers: [{ ...store, at: 'environments/prod.yaml:99:1' }] };
    const printOf = (found: Pick<typeof diff, 'dangers'>) =>
      (codeQuality(diffFindings(found, 'x')) as { fingerprint: string }[]).map((each) => each.fingerprint);
    expect(printOf(moved)).toEqual(printOf({ dangers: [store] }));
    expect(new Set(printOf({ dangers: [store, store, restart] })).size).toBe(3);
  });

  it('count resources for a merge request, what is replaced as both', () => {
    const resources = (['added', 'changed', 'replaced', 'removed', 'removed'] as const).map(
      (state, index) => ({
        address: `a${index}`,
        state,
      }),
    );
    expect(terraformReport({ resources })).toEqual({ create: 2, update: 1, delete: 3 });
  });

  it('are test cases: a gate fails, a danger that no gate names is skipped', () => {
    const cases = diffCases(gated);
    expect(cases.filter(({ state }) => state !== 'passed').map(({ title, state }) => [title, state])).toEqual(
      [
        ['gate data-loss', 'failed'],
        ['no restart', 'open'],
      ],
    );
    expect(renderJunit('a & b', cases)).toContain('tests="9" failures="1" skipped="1"');
  });

  it('have a rule of SARIF each, which results name by index', () => {
    const log = sarifOfFindings(diffFindings(gated, 'prod.yaml'), '1.2.3') as {
      runs: [
        { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] },
      ];
    };
    const [{ tool, results }] = log.runs;
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(
      results.map(({ ruleId }) => ruleId),
    );
  });
});
