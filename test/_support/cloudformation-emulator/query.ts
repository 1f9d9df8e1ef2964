export type Query = Readonly<Record<string, string>>;

/** What CloudFormation answers with an error code. */
export class Refused extends Error {
  public readonly code: string;
  public readonly status: number;

  public constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** `Tags.member.1.Key=a` as `[{ Key: 'a' }]`. */
export function members(query: Query, list: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  for (const [name, value] of Object.entries(query)) {
    const [, index, field] = new RegExp(`^${list}\\.member\\.(\\d+)\\.(\\w+)$`).exec(name) ?? [];
    if (index === undefined || field === undefined) continue;
    (found[Number(index) - 1] ??= {})[field] = value;
  }
  return found;
}
