import { WAYS, type Routes, type RouteWay, type WayId } from '#lib/routes/routes';
import { amountIn, US_DOLLAR, type Currency } from '#lib/units/currency';

/** The white paper's order, dearest first: build ≫ fine-tuning > retrieval > prompt > direct. */
export const EXPECTED: readonly WayId[] = ['build', 'lora', 'retrieval', 'prompt', 'direct'];

/** The order that the figures have, and why each pair that stands otherwise does. */
export function orderOf(ways: readonly RouteWay[], currency: Currency = US_DOLLAR): Routes['order'] {
  const byId = new Map(ways.map((way) => [way.id, way]));
  const found = ways
    .filter((way) => way.monthlyUsd !== null)
    .toSorted(
      (a, b) =>
        (b.monthlyUsd?.base ?? 0) - (a.monthlyUsd?.base ?? 0) || WAYS.indexOf(b.id) - WAYS.indexOf(a.id),
    )
    .map(({ id }) => id);
  const fineTuning = byId.get('lora')?.feasible === true ? 'lora' : 'sft';
  const expected = EXPECTED.map((id) => (id === 'lora' ? fineTuning : id));
  const why = expected.flatMap((id, index) =>
    expected.slice(index + 1).flatMap((below) => {
      const [dearer, cheaper] = [byId.get(id), byId.get(below)];
      if (dearer?.monthlyUsd == null || cheaper?.monthlyUsd == null) return [];
      return cheaper.monthlyUsd.base > dearer.monthlyUsd.base ? [reasonOf(cheaper, dearer, currency)] : [];
    }),
  );
  return { expected, found, why };
}

function reasonOf(cheaper: RouteWay, dearer: RouteWay, currency: Currency): string {
  const serving = (cheaper.servingMonthlyUsd ?? 0) - (dearer.servingMonthlyUsd ?? 0);
  const own = ownUsd(cheaper) - ownUsd(dearer);
  const because =
    serving >= own
      ? `serving it takes ${amountIn(currency, serving)} a month more (${cheaper.option ?? ''} against ${dearer.option ?? ''})`
      : `introducing it and keeping it up takes ${amountIn(currency, own)} a month more`;
  return `${cheaper.title} costs more than ${dearer.title} here, against the usual order: ${because}`;
}

/** What a way adds to serving, USD a month. */
function ownUsd(way: RouteWay): number {
  return (way.monthlyUsd?.base ?? 0) - (way.servingMonthlyUsd ?? 0);
}
