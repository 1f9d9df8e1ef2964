import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import type { Precision } from '#lib/catalog/precision';
import { compressionNotes } from '#lib/plan/notes/compression-notes';

const catalog = loadCatalog();

function notes(model: string, precision: Precision, gpu: string, contextTokens = 8_000): string {
  const found = catalog.models.get(model);
  const accelerator = catalog.accelerators.get(gpu);
  if (found === undefined || accelerator === undefined) throw new Error(`no ${model} or ${gpu}`);
  return compressionNotes(found, precision, accelerator, contextTokens).join(' ');
}

describe('notes on compression', () => {
  it('call INT8 a mistake where the integer units were traded away', () => {
    expect(notes('llama-3.1-70b', 'int8', 'b300-sxm')).toContain('a mistake on b300-sxm');
    expect(notes('llama-3.1-70b', 'int8', 'h100-sxm')).toBe('');
  });

  it('warn of four bits at long context and on small models, and of neither in eight bits', () => {
    expect(notes('llama-3.1-70b', 'int4', 'h100-sxm', 100_000)).toContain('arXiv 2505.20276');
    expect(notes('llama-3.1-70b', 'int4', 'h100-sxm')).toBe('');
    expect(notes('llama-3.1-8b', 'int4', 'h100-sxm')).toContain('small models lose most');
    expect(notes('llama-3.1-8b', 'fp8', 'h100-sxm', 100_000)).toBe('');
  });

  it('say where four bits save memory and no arithmetic', () => {
    expect(notes('llama-3.1-70b', 'fp4', 'h100-sxm')).toContain('no 4-bit units');
    expect(notes('llama-3.1-70b', 'int4', 'b200-sxm')).toContain('multiplies 4 times as fast');
  });

  it('say nothing of the format that a model ships in', () => {
    expect(notes('gpt-oss-20b', 'fp4', 'h100-sxm', 100_000)).toBe('');
  });
});
