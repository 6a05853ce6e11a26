import type { CoverageRow } from './coverage.ts';

/** The counts as a table, then what nothing checks: without a reason always, with one if `verbose`. */
export function coverageText(rows: readonly CoverageRow[], { verbose }: { readonly verbose: boolean }): string {
  const head = [
    'revision',
    'side',
    'level',
    'requirements',
    'checkable',
    'checked',
    '%',
    'of them without a stimulus',
    'checked',
    '%',
  ];
  const body = rows
    .filter((row) => row.requirements > 0)
    .map((row) => [
      row.revision,
      row.side,
      row.level,
      String(row.requirements),
      String(row.checkable),
      String(row.checked),
      percent(row),
      String(row.plain.checkable),
      String(row.plain.checked),
      percent(row.plain),
    ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(head), ...body.map(line), '', ...gaps(rows, verbose)].join('\n')}\n`;
}

function percent({ checkable, checked }: { readonly checkable: number; readonly checked: number }): string {
  return checkable ? String(Math.floor((100 * checked) / checkable)) : '-';
}

function gaps(rows: readonly CoverageRow[], verbose: boolean): string[] {
  const missing = new Map<string, string[]>();
  const excused = new Map<string, string[]>();
  for (const { revision, side, unchecked } of rows) {
    for (const { id, reason } of unchecked) {
      const list = reason === null ? missing : excused;
      const key = `${side} ${id}${reason === null ? '' : `: ${reason}`}`;
      list.set(key, [...(list.get(key) ?? []), revision]);
    }
  }
  const lines = (list: ReadonlyMap<string, string[]>) =>
    [...list].sort().map(([key, found]) => `  ${key} (${found.join(', ')})`);
  return [
    ...(missing.size ? [`${missing.size} that could be checked, are not, and have no reason:`, ...lines(missing)] : []),
    `${excused.size} that could be checked are not, for a reason${verbose ? ':' : ' (--verbose lists them)'}`,
    ...(verbose ? lines(excused) : []),
  ];
}
