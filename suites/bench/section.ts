/** One line of figures, by the name of the column; null where there is none. */
export type Row = { readonly [column: string]: string | number | null };

/** What one part of the benchmark found. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly note?: string;
}

/** A section as text: its title, and its rows under the names of their columns. */
export function sectionText({ title, rows, note }: Section): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '-')))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  const lines = cells.map((line) =>
    line.map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  '),
  );
  return [title, ...(columns.length ? lines.map((line) => `  ${line}`) : []), ...(note ? [`  ${note}`] : [])].join(
    '\n',
  );
}
