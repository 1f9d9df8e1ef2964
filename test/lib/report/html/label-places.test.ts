import { expect, it } from 'vitest';
import { labelPlaces } from '#lib/report/html/charts/label-places';
import { textWidth } from '#lib/report/html/charts/scale';

it('puts the names of neighbouring dots apart, and leads to those that stand away from theirs', () => {
  const dots = [100, 106, 108, 111, 240].map((cx) => ({ cx, cy: 100, labelWidth: 60 }));
  const places = labelPlaces(dots);
  const boxes = places.map(({ x, y, anchor }) => {
    const left = anchor === 'start' ? x : anchor === 'end' ? x - 60 : x - 30;
    return { left, right: left + 60, top: y - 7, bottom: y + 7 };
  });
  const covered = boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
  );
  expect(covered).toEqual([]);
  expect(places.filter(({ lead }) => lead !== null).length).toBeGreaterThan(1);
  expect(places.at(-1)?.lead).toBeNull();
});

it('keeps room for wide letters: what a browser drew of these, in 13 px, was as wide', () => {
  expect(textWidth('sagemaker', 13)).toBeGreaterThanOrEqual(73);
  expect(textWidth('中文', 13)).toBeGreaterThanOrEqual(26);
});
