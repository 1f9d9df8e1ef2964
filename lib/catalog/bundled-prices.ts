import { priceId, type PriceRecord, type ServicePart } from '#lib/catalog/prices';

/** The bundled prices, parsed by service and by what is asked of it: a bill asks for few of them. */
export interface BundledPrices {
  all(): readonly PriceRecord[];
  of(seller: string, service: string, part?: ServicePart): readonly PriceRecord[];
  /** As records name them, `*` included. */
  regions(seller: string): readonly string[];
}

/** Where they lie: one text for each seller. */
export interface PriceTexts {
  /** In the order of the catalog. */
  sellers(): readonly string[];
  textOf(seller: string): string;
}

/**
 * The integrity tests hold that a record is a line as `JSON.stringify` writes it and begins with its seller, its service and
 * its SKU, and that the lines are sorted by the ids of their records, whose parts hold no slash.
 */
export function bundledPrices(files: PriceTexts): BundledPrices {
  const texts = new Map<string, string>();
  const services = new Map<string, readonly PriceRecord[]>();
  const regions = new Map<string, readonly string[]>();
  const textOf = (seller: string) =>
    remembered(texts, seller, () => (files.sellers().includes(seller) ? files.textOf(seller) : ''));
  // Kept: a study of what-ifs makes hundreds of price books, and each asks for the same parts.
  const of = (seller: string, service: string, part?: ServicePart) =>
    remembered(services, `${seller}/${service}${nameOf(part)}`, () => {
      const text = textOf(seller);
      if (part !== undefined && part !== 'steps' && 'sku' in part) {
        return parsed(linesUnder(text, seller, `${service}/${part.sku}/`));
      }
      const all = linesUnder(text, seller, `${service}/`);
      return parsed(part === undefined ? all : partOf(all, part));
    });
  let everything: readonly PriceRecord[] | undefined;
  const all = () =>
    files.sellers().flatMap((seller) => servicesOf(textOf(seller)).flatMap((service) => of(seller, service)));
  return {
    of,
    all: () => (everything ??= all()),
    regions: (seller) => remembered(regions, seller, () => regionsIn(textOf(seller))),
  };
}

/** The lines whose records' ids go on so behind the seller, without the comma of the last one. */
function linesUnder(text: string, seller: string, key: string): string {
  const start = firstFrom(text, seller, key);
  const end = firstFrom(text, seller, `${key}\uFFFF`);
  return text.slice(start, text[end - 2] === ',' ? end - 2 : end - 1);
}

/** Where the first line begins whose record does not come before the key; the closing bracket's where all do. */
function firstFrom(text: string, seller: string, key: string): number {
  const toService = `{"seller":${JSON.stringify(seller)},"service":"`.length;
  // Beginnings of lines; an empty file has none.
  let low = text.indexOf('\n') + 1;
  let high = text.lastIndexOf('\n', text.length - 2) + 1;
  while (low < high) {
    const start = text.lastIndexOf('\n', Math.floor((low + high) / 2) - 1) + 1;
    if (keyAt(text, start + toService) < key) low = text.indexOf('\n', start) + 1;
    else high = start;
  }
  return low;
}

/** `service/sku/` of the line whose service stands there: what its id begins with behind the seller. */
function keyAt(text: string, service: number): string {
  const serviceEnd = text.indexOf('"', service);
  const sku = serviceEnd + '","sku":"'.length;
  // Within a string of JSON a quote has a backslash before it, so that this is the end of one.
  const written = text.slice(sku, text.indexOf('","', sku));
  const name: unknown = written.includes('\\') ? JSON.parse(`"${written}"`) : written;
  return `${text.slice(service, serviceEnd)}/${String(name)}/`;
}

function nameOf(part: ServicePart | undefined): string {
  if (part === undefined) return '';
  if (part === 'steps') return '/steps';
  return 'sku' in part ? `/sku/${part.sku}` : `/region/${part.region}`;
}

/** Those of the lines that may be of the part. The shipped files escape what is not ASCII: then every line may be. */
function partOf(lines: string, part: 'steps' | { readonly region: string }): string {
  if (part === 'steps') return linesWith(lines, '"step":{', () => true);
  if (!/^[\0-\x7F]*$/.test(part.region)) return lines;
  const values = [`${JSON.stringify(part.region)},`, '"*",'];
  return linesWith(lines, ',"region":', (at) => values.some((value) => lines.startsWith(value, at)));
}

/** Those that hold the fragment, and behind it what is wanted. */
function linesWith(lines: string, fragment: string, isWanted: (behind: number) => boolean): string {
  const found: string[] = [];
  for (let at = lines.indexOf(fragment); at >= 0;) {
    const end = lines.indexOf('\n', at);
    if (isWanted(at + fragment.length)) {
      const start = lines.lastIndexOf('\n', at) + 1;
      found.push(lines.slice(start, end < 0 ? lines.length : end - 1));
    }
    at = end < 0 ? -1 : lines.indexOf(fragment, end);
  }
  return found.join(',');
}

/** The files leave out `id`, which their other fields already spell. */
function parsed(lines: string): readonly PriceRecord[] {
  const records = JSON.parse(`[${lines}]`) as (Omit<PriceRecord, 'id'> & { id: string })[];
  for (const record of records) record.id = priceId(record);
  return records;
}

function servicesOf(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, service = ''] of text.matchAll(/^\{"seller":"[^"]*","service":"([^"]*)"/gm))
    found.add(service);
  return [...found];
}

/** By search: every check of an environment asks for them, and a pattern takes ten times as long to run for the first time. */
function regionsIn(text: string): readonly string[] {
  const beginning = ',"region":"';
  const found = new Set<string>();
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at)) {
    const start = at + beginning.length;
    at = text.indexOf('"', start);
    found.add(text.slice(start, at));
  }
  return [...found];
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
