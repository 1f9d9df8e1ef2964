import { asDescribed, type Lever, type WhatIf, type WhatIfCase } from '#lib/decision/what-if/what-if-case';

/** What a reader set, as the part of a link after `#`: `support.multiple=2&support.tokens=1.5`. Empty as described. */
export function linkOf(moved: readonly (readonly [WhatIfCase, WhatIf])[]): string {
  const link = new URLSearchParams();
  for (const [{ scenario, finance, levers }, { multiple, horizonMonths, levers: settings }] of moved) {
    const put = (name: string, value: number, base: number) => {
      if (value !== base) link.set(`${scenario}.${name}`, String(value));
    };
    put('multiple', multiple, 1);
    put('horizon', horizonMonths, finance.horizonMonths);
    for (const { id, base } of levers) put(id, settings[id] ?? base, base);
  }
  return link.toString();
}

/** What a link sets in a scenario; what cannot be set so, or is not planned, stays as described. */
export function fromLink(link: string, whatIfCase: WhatIfCase): WhatIf {
  const { scenario, multiples, horizonsMonths, levers } = whatIfCase;
  const base = asDescribed(whatIfCase);
  const said = new URLSearchParams(link.replace(/^#/, ''));
  const read = (name: string) => {
    const value = said.get(`${scenario}.${name}`);
    return value === null || value.trim() === '' ? Number.NaN : Number(value);
  };
  const planned = (values: readonly number[], value: number, otherwise: number) =>
    values.includes(value) ? value : otherwise;
  const within = ({ id, low, high }: Lever) => {
    const value = read(id);
    return Number.isFinite(value) ? [[id, Math.min(high, Math.max(low, value))] as const] : [];
  };
  return {
    multiple: planned(multiples, read('multiple'), base.multiple),
    horizonMonths: planned(horizonsMonths, read('horizon'), base.horizonMonths),
    levers: Object.fromEntries(levers.flatMap(within)),
  };
}
