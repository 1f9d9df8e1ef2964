import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { evaluateSizing } from '#lib/evaluation/evaluate';
import { evaluationScreen } from '#lib/report/screens/evaluation-screen';
import { renderText } from '#lib/report/text';

const catalog = loadCatalog();
const shown = (models: readonly (string | number)[]) => {
  const rows = models.map((model, index) => ({ id: `r${index}`, kind: 'serving_closed_loop', model }));
  const screen = evaluationScreen(evaluateSizing(rows, catalog), { file: 'runs.json', limit: 3 });
  return renderText(screen, { width: 300 });
};

it('tells the commonest reasons of skipped rows with one of them, and counts the rest', () => {
  const text = shown(['mystery', 'mystery', ...Array.from({ length: 13 }, (_, index) => `odd-${index}`)]);
  expect(text).toContain('0 runs predicted, 15 skipped');
  expect(text).toMatch(/2: model "mystery" is not known; .*\(r0 and 1 more\)/);
  expect(text).toContain('and 2 other reasons: --json has every row');
});

it('counts rows alone where nearly each has a reason of its own', () => {
  const text = shown(Array.from({ length: 10_020 }, (_, index) => index));
  expect(text).toMatch(/and 9,988 other reasons, and 20 rows for still others: --json has every row/);
});
