import { describe, expect, it } from 'vitest';
import { closest, suggestion } from '#lib/errors/did-you-mean';

describe('what a misspelt word may have meant', () => {
  it.each([
    ['h100', ['h200-sxm', 'h100-sxm'], 'h100-sxm'],
    ['--precison', ['--precision', '--prices'], '--precision'],
    // More said than there is.
    ['--kv-dtype', ['--limit', '--kv'], '--kv'],
    ['llama-3.1-70b-instruct', ['llama-3.1-8b', 'llama-3.1-70b'], 'llama-3.1-70b'],
  ])('is, for %s of %s, %s', (word, choices, meant) => {
    expect(closest(word, choices)[0]).toBe(meant);
  });

  it('is any of the choices where none is near', () => {
    expect(suggestion('--kvdtype', ['--limit', '--gpu'])).toBe('choose one of --limit, --gpu');
  });

  it('is nothing where there is no choice', () => {
    expect(suggestion('capacity', [])).toBe('leave it out: there is none');
  });
});
