import { acceleratorOf, type AcceleratorSlice } from '#lib/catalog/accelerator-slices';
import type { Catalog } from '#lib/catalog/catalog';
import type { NodeOffering } from '#lib/targets/port/offering';

/** Offerings whose accelerators are cut into slices of a profile, and a catalog that knows the slices. */
export interface Cut {
  readonly offerings: readonly NodeOffering[];
  readonly catalog: Catalog;
  /** Why an offering could not be cut so. */
  readonly reasons: readonly string[];
}

/** Cuts every accelerator of the offerings into slices of `profile`; accelerators without it are left out with a reason. */
export function cutInto(profile: string, offerings: readonly NodeOffering[], catalog: Catalog): Cut {
  const slices = [...catalog.slices().values()];
  const reasons = new Set<string>();
  const accelerators = new Map(catalog.accelerators);
  const cut = offerings.flatMap((offering): NodeOffering[] => {
    const own = slices.filter(({ accelerator }) => accelerator === offering.accelerator);
    const slice = own.find((each) => each.profile === profile);
    const whole = catalog.accelerators.get(offering.accelerator);
    if (slice === undefined || whole === undefined) {
      reasons.add(noSlice(offering.accelerator, profile, own));
      return [];
    }
    accelerators.set(slice.id, acceleratorOf(slice, whole));
    const { perAccelerator } = slice;
    return [
      {
        ...offering,
        accelerator: slice.id,
        gpus: offering.gpus * perAccelerator,
        cut: { profile, perAccelerator, wholeAccelerator: offering.accelerator },
      },
    ];
  });
  return { offerings: cut, catalog: { ...catalog, accelerators }, reasons: [...reasons] };
}

/** The offering as it is bought: whole accelerators. */
export function whole(offering: NodeOffering): NodeOffering {
  // Most are whole, and to copy one takes longer than to look.
  if (offering.cut === undefined) return offering;
  const { cut, ...rest } = offering;
  return { ...rest, accelerator: cut.wholeAccelerator, gpus: offering.gpus / cut.perAccelerator };
}

function noSlice(accelerator: string, profile: string, own: readonly AcceleratorSlice[]): string {
  if (own.length === 0) return `${accelerator} has no slices in the catalog`;
  return `${accelerator} has no slice ${profile}; it has ${own.map((slice) => slice.profile).join(', ')}`;
}
