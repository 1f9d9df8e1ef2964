/** The part of `terraform providers schema -json` that a resource is checked against. */
type TerraformType = string | readonly [string, unknown];

interface Attribute {
  readonly type?: TerraformType;
  readonly nested_type?: {
    readonly attributes: Readonly<Record<string, Attribute>>;
    readonly nesting_mode: string;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<
    Record<
      string,
      {
        readonly nesting_mode: string;
        readonly block: Block;
        readonly min_items?: number;
        readonly max_items?: number;
      }
    >
  >;
}

/** Arguments that Terraform itself takes on every resource. */
const META = new Set(['//', 'depends_on', 'provider', 'lifecycle', 'count', 'for_each']);

/** Everything about `value` that Terraform would refuse: unknown or read-only arguments, missing ones, wrong types. */
export function schemaProblems(value: unknown, block: Block, at: string): string[] {
  if (!isRecord(value)) return [`${at}: expected an object`];
  const attributes = block.attributes ?? {};
  const blocks = block.block_types ?? {};
  const given = Object.entries(value).filter(([name]) => !META.has(name));
  return [
    ...dependencyProblems(value['depends_on'], at),
    ...given.flatMap(([name, content]) => {
      const path = `${at}.${name}`;
      const attribute = attributes[name];
      if (attribute !== undefined) return attributeProblems(content, attribute, path);
      const nested = blocks[name];
      if (nested === undefined) return [`${path}: no such argument or block`];
      const items = Array.isArray(content) ? content : [content];
      const count = items.length;
      return [
        ...(nested.max_items !== undefined && count > nested.max_items
          ? [`${path}: at most ${nested.max_items}`]
          : []),
        ...items.flatMap((item, index) => schemaProblems(item, nested.block, `${path}[${index}]`)),
      ];
    }),
    ...Object.entries(attributes)
      .filter(([name, attribute]) => attribute.required === true && !(name in value))
      .map(([name]) => `${at}.${name}: required and missing`),
    ...Object.entries(blocks)
      .filter(([name, nested]) => (nested.min_items ?? 0) > 0 && !(name in value))
      .map(([name]) => `${at}.${name}: a block is required and missing`),
  ];
}

/** Terraform takes static references here and no expressions. */
function dependencyProblems(dependencies: unknown, at: string): string[] {
  const wrong = (Array.isArray(dependencies) ? dependencies : []).filter(
    (one) => typeof one !== 'string' || !/^[a-z][a-z0-9_]*\.[A-Za-z0-9_-]+$/.test(one),
  );
  return wrong.map((one) => `${at}.depends_on: not a reference: ${JSON.stringify(one)}`);
}

function attributeProblems(value: unknown, attribute: Attribute, at: string): string[] {
  if (attribute.computed === true && attribute.optional !== true && attribute.required !== true)
    return [`${at}: read-only, and set`];
  const nested = attribute.nested_type;
  if (nested !== undefined) {
    const items =
      nested.nesting_mode === 'single'
        ? [value]
        : nested.nesting_mode === 'map' && isRecord(value)
          ? Object.values(value)
          : value;
    if (!Array.isArray(items)) return [`${at}: expected a list`];
    return items.flatMap((item, index) =>
      schemaProblems(item, { attributes: nested.attributes }, `${at}[${index}]`),
    );
  }
  return attribute.type === undefined || fits(value, attribute.type)
    ? []
    : [`${at}: expected ${JSON.stringify(attribute.type)}, got ${JSON.stringify(value)?.slice(0, 60)}`];
}

/** Terraform converts between strings, numbers and booleans where the text allows it; nothing else. */
function fits(value: unknown, type: TerraformType): boolean {
  if (typeof value === 'string' && /^\$\{.*\}$/s.test(value)) return true;
  if (typeof type === 'string') {
    if (type === 'dynamic') return true;
    if (type === 'string') return ['string', 'number', 'boolean'].includes(typeof value);
    if (type === 'number')
      return (
        typeof value === 'number' ||
        (typeof value === 'string' && value !== '' && Number.isFinite(Number(value)))
      );
    return typeof value === 'boolean' || value === 'true' || value === 'false';
  }
  const [kind, element] = type;
  if (kind === 'map')
    return isRecord(value) && Object.values(value).every((item) => fits(item, element as TerraformType));
  if (kind === 'object') return isRecord(value);
  return Array.isArray(value) && value.every((item) => fits(item, element as TerraformType));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
