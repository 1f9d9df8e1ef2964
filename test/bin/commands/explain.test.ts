import { describe, expect, it } from 'vitest';
import { landfall } from '../../_support/command-line';

const SUPPORT = 'environments/support.yaml';

interface Node {
  readonly value: number;
  readonly children: readonly Node[];
}

describe('landfall explain', () => {
  it('takes a total apart into lines that add up to it', async () => {
    const { stdout } = await landfall('explain', SUPPORT, 'eks.monthly', '--json');
    const total = JSON.parse(stdout) as Node;
    const sum = total.children.reduce((all, { value }) => all + value, 0);
    expect(sum).toBeCloseTo(total.value, 1);
  });

  it('takes an option alone for its monthly total', async () => {
    const { stdout } = await landfall('explain', SUPPORT, 'bedrock');
    expect(stdout).toMatch(/^bedrock\.monthly = [\d,]+ USD\/month/);
  });

  it('takes the key of a line without the word lines', async () => {
    const { stdout } = await landfall('explain', SUPPORT, 'eks.people.run');
    expect(stdout).toMatch(/^eks\.lines\.people\.run = /);
  });

  it('says what stays beyond the peak while a replica or a node is down', async () => {
    const { stdout } = await landfall('explain', SUPPORT, 'leased.headroom');
    expect(stdout).toContain('Capacity beyond the peak');
    expect(stdout).toMatch(/one replica down −?[\d.]+ share\s+of\s+the\s+peak/);
    expect(stdout).toMatch(/one node down −1 share\s+of\s+the\s+peak/);
  });

  it('says which published score a plan is compared by, and what its weight format keeps', async () => {
    const { stdout } = await landfall('explain', 'environments/scale.yaml', 'eks.quality', '--json');
    const { value, inputs } = JSON.parse(stdout) as Node & {
      readonly inputs: readonly { readonly name: string; readonly value: number; readonly source?: string }[];
    };
    expect(inputs.map(({ name }) => name)).toEqual(['published (direct)', 'kept in fp8']);
    expect(inputs.every(({ source }) => source !== undefined)).toBe(true);
    expect(value).toBeCloseTo(
      inputs.reduce((product, input) => product * input.value, 1),
      12,
    );
  });

  it('lists every path of the deployed option where none is named', async () => {
    const { stdout } = await landfall('explain', SUPPORT);
    expect(stdout).toContain('bedrock.monthly\n');
  });

  it('names the source of every cited fact in the document', async () => {
    const { stdout } = await landfall('explain', SUPPORT, 'eks.monthly', '--json');
    const { sources } = JSON.parse(stdout) as { sources: { id: string; document: string }[] };
    expect(sources.length).toBeGreaterThan(2);
    expect(sources.every(({ document }) => document !== '')).toBe(true);
  });

  it('suggests the nearest path for one it does not know', async () => {
    const { stderr, exitCode } = await landfall('explain', SUPPORT, 'eks.montly');
    expect(stderr).toContain('did you mean "eks.monthly"?');
    expect(exitCode).toBe(4);
  });
});
