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
 * The integrity tests hold that a record is a line as `JSON.stringify` writes it, begins with its seller and its service, and
 * stands beside the others of its service.
 */
export function bundledPrices(files: PriceTexts): BundledPrices {
  const texts = new Map<string, string>();
  const lines = new Map<string, ReadonlyMap<string, string>>();
  const services = new Map<string, readonly PriceRecord[]>();
  const regions = new Map<string, readonly string[]>();
  const textOf = (seller: string) =>
    remembered(texts, seller, () => (files.sellers().includes(seller) ? files.textOf(seller) : ''));
  const linesOf = (seller: string, service: string) =>
    remembered(lines, seller, () => linesByService(textOf(seller), seller)).get(service) ?? '';
  // Kept: a study of what-ifs makes hundreds of price books, and each asks for the same parts.
  const of = (seller: string, service: string, part?: ServicePart) =>
    remembered(services, `${seller}/${service}${nameOf(part)}`, () => {
      const all = linesOf(seller, service);
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

/** Lines of each service, without the comma of the last one: the next line is another service's. */
function linesByService(text: string, seller: string): ReadonlyMap<string, string> {
  const beginning = `\n{"seller":${JSON.stringify(seller)},"service":"`;
  const services = new Map<string, string>();
  for (let start = text.indexOf(beginning); start >= 0;) {
    const name = text.slice(start + beginning.length, text.indexOf('"', start + beginning.length));
    const ofService = `${beginning}${name}",`;
    let end = start;
    while (text.startsWith(ofService, end)) end = text.indexOf('\n', end + 1);
    services.set(name, text.slice(start, text[end - 1] === ',' ? end - 1 : end));
    start = text.startsWith(beginning, end) ? end : -1;
  }
  return services;
}

function nameOf(part: ServicePart | undefined): string {
  if (part === undefined) return '';
  if (part === 'steps') return '/steps';
  return 'sku' in part ? `/sku/${part.sku}` : `/region/${part.region}`;
}

/** Those of the lines that may be of the part. The shipped files escape what is not ASCII: then every line may be. */
function partOf(lines: string, part: ServicePart): string {
  if (part === 'steps') return linesWith(lines, '"step":{', () => true);
  const [fragment, values] =
    'sku' in part
      ? ['"sku":', [`${JSON.stringify(part.sku)},`]]
      : [',"region":', [`${JSON.stringify(part.region)},`, '"*",']];
  if (!/^[\0-\x7F]*$/.test(values.join(''))) return lines;
  const [only = ''] = values;
  return values.length === 1
    ? linesWith(lines, fragment + only, () => true)
    : linesWith(lines, fragment, (at) => values.some((value) => lines.startsWith(value, at)));
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
  const records = JSON.parse(`[${lines}]`) as Omit<PriceRecord, 'id'>[];
  return records.map((record) => ({ ...record, id: priceId(record) }));
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
