/** A mark at a place; later marks cover earlier ones. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  /** One character. */
  readonly sign: string;
}

export interface ScatterOptions {
  readonly width: number;
  readonly height: number;
  readonly xTitle: string;
  readonly yTitle: string;
}

/** Marks on a plane from 0 to the largest of each axis, as lines of text with both axes named. */
export function scatter(marks: readonly Mark[], { width, height, xTitle, yTitle }: ScatterOptions): string[] {
  const most = (values: readonly number[]) => Math.max(1e-9, ...values);
  const [right, top] = [most(marks.map(({ x }) => x)), most(marks.map(({ y }) => y))];
  const label = (value: number) => Math.round(value).toLocaleString('en');
  const gutter = label(top).length;
  const columns = width - gutter - 2;
  const rows = Array.from({ length: height }, () => Array.from({ length: columns }, () => ' '));
  for (const { x, y, sign } of marks) {
    const row = rows[height - 1 - Math.round((y / top) * (height - 1))];
    const column = Math.round((x / right) * (columns - 1));
    if (row !== undefined) row[column] = sign;
  }
  const names = [label(top), ...Array.from({ length: height - 2 }, () => ''), '0'];
  const end = label(right);
  return [
    yTitle,
    ...rows.map((row, index) => `${(names[index] ?? '').padStart(gutter)} │${row.join('').trimEnd()}`),
    `${' '.repeat(gutter)} └${'─'.repeat(columns)}`,
    `${' '.repeat(gutter + 2)}0${xTitle.padStart(Math.floor((columns - 1 + xTitle.length) / 2)).padEnd(columns - 1 - end.length)}${end}`,
  ];
}
