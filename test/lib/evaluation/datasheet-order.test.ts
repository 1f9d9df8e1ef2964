import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { datasheetOrder } from '#lib/evaluation/datasheet-order';

const order = datasheetOrder(loadCatalog().accelerators);

it('is of accelerators of which one has nothing less and something more', () => {
  expect(order('b300-sxm', 'b200-sxm')).toBe(true);
  expect(order('gb200', 'b200-sxm')).toBe(true);
  expect(order('h200-sxm', 'h100-sxm')).toBe(true);
  expect(order('b200-sxm', 'b300-sxm')).toBe(false);
  expect(order('b200-sxm', 'b200-sxm')).toBe(false);
});

it('says nothing where each has more of something', () => {
  // More memory here, more arithmetic and links to more there.
  expect(order('b300-sxm', 'gb200')).toBe(false);
  expect(order('gb200', 'b300-sxm')).toBe(false);
  // H20 reads faster than H100 and computes slower.
  expect(order('h20', 'h100-sxm')).toBe(false);
  expect(order('h100-sxm', 'h20')).toBe(false);
});

it('says nothing of other families, which reach other shares of their peaks, nor of what it does not know', () => {
  expect(order('b200-sxm', 'h200-sxm')).toBe(false);
  expect(order('mi300x', 'h100-sxm')).toBe(false);
  expect(order('b300-sxm', 'abacus')).toBe(false);
  expect(order('abacus', 'b200-sxm')).toBe(false);
});
