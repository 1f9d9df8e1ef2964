export interface Placed {
  /** Centre of the dot, pixels. */
  readonly cx: number;
  readonly cy: number;
  readonly labelWidth: number;
}

export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
  /** End of a line that leads from the dot to the name; `null` where the name stands right beside its dot. */
  readonly lead: { readonly x: number; readonly y: number } | null;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const RADIUS = 7;
const LINE = 14;

/** Where the name of each dot stands: the first place that no dot and no other name takes. */
export function labelPlaces(dots: readonly Placed[]): LabelPlace[] {
  const taken: Box[] = dots.map(({ cx, cy }) => ({
    left: cx - RADIUS,
    right: cx + RADIUS,
    top: cy - RADIUS,
    bottom: cy + RADIUS,
  }));
  return dots.map((dot) => {
    const candidates = candidatesOf(dot);
    const free = candidates.find(({ box }) => !taken.some((one) => overlap(one, box))) ?? candidates[0];
    if (free === undefined) throw new Error('a label has places');
    taken.push(free.box);
    return free.place;
  });
}

/** Beside, above and below, then farther and farther below and above. */
function candidatesOf({ cx, cy, labelWidth }: Placed): { readonly place: LabelPlace; readonly box: Box }[] {
  const beside = [0, -LINE, LINE];
  const stacked = [2, 3, 4, 5].flatMap((lines) => [-lines * LINE, lines * LINE]);
  return [
    ...beside.flatMap((shift) => {
      const lead = shift === 0 ? null : cy + shift;
      return [
        labelled(
          { x: cx + 11, y: cy + shift, anchor: 'start', lead: leadTo(cx + 9, lead) },
          cx + 11,
          labelWidth,
        ),
        labelled(
          { x: cx - 11, y: cy + shift, anchor: 'end', lead: leadTo(cx - 9, lead) },
          cx - 11 - labelWidth,
          labelWidth,
        ),
      ];
    }),
    ...stacked.map((shift) => {
      const lead = leadTo(cx, cy + shift - Math.sign(shift) * (LINE / 2));
      return labelled({ x: cx, y: cy + shift, anchor: 'middle', lead }, cx - labelWidth / 2, labelWidth);
    }),
  ];
}

function leadTo(x: number, y: number | null): LabelPlace['lead'] {
  return y === null ? null : { x, y };
}

function labelled(place: LabelPlace, left: number, width: number) {
  return { place, box: { left, right: left + width, top: place.y - LINE / 2, bottom: place.y + LINE / 2 } };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
