import { describe, expect, it } from 'vitest';
import type { Danger } from '#lib/diff/dangers/danger';
import { MAXIMUM_CHARACTERS, pullRequestComment } from '#lib/report/formats/pull-request';
import { noDifference, type DiffDocument } from '../../../_support/diff-document';

const props = {
  environment: 'prod',
  catalog: '2026-11-23',
  asOf: '2026-11-24',
  command: 'landfall diff git:main prod --wide',
};
const danger = (index: number): Danger => ({
  class: 'data-loss',
  address: `Store/${index}`,
  before: 'qdrant',
  after: 'removed',
  path: 'retrieval',
  at: `environments/prod.yaml:${index + 1}:5`,
});
const changes = (count: number): DiffDocument['changes'] =>
  Array.from({ length: count }, (_, index) => ({
    path: `serving.launch.args[${index}]`,
    before: 'a'.repeat(40),
    after: 'b'.repeat(40),
    kind: 'changed',
  }));

describe('the comment of a pull request', () => {
  it('begins with a line that it is found by, and ends with the catalogue and the next command', () => {
    const comment = pullRequestComment({ ...noDifference, changes: changes(1) }, props);
    expect(comment.split('\n')[0]).toBe('<!-- landfall:diff environment=prod -->');
    expect(comment.trimEnd().split('\n').at(-1)).toBe(
      '<sub>Catalogue of 2026-11-23 · as of 2026-11-24 · everything: `landfall diff git:main prod --wide`</sub>',
    );
  });

  it('says so where nothing changed', () => {
    const comment = pullRequestComment(noDifference, props);
    expect(comment).toContain('no difference');
    expect(comment).not.toContain('**Cost**');
  });

  it('leaves whole parts out where they have no room, names them, and never a danger', () => {
    const dangers = Array.from({ length: 300 }, (_, index) => danger(index));
    const comment = pullRequestComment({ ...noDifference, dangers, changes: changes(2_000) }, props);
    expect(comment.length).toBeLessThanOrEqual(MAXIMUM_CHARACTERS);
    expect(comment.match(/\| data-loss \|/g)).toHaveLength(300);
    expect(comment).toContain('no room for it: Decisions');
    expect(comment).not.toContain('serving.launch.args');
    expect(comment).toContain('**Cost**');
  });

  it('keeps a name from ending the comment that holds the marker', () => {
    const environment = 'file:x--><img src=x>.json';
    const [first] = pullRequestComment(noDifference, { ...props, environment }).split('\n');
    expect(first).toMatch(/^<!-- [^<>]* -->$/);
    expect(first?.slice(4, -3)).not.toContain('--');
  });
});
