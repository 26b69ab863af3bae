import { type Options, stringify } from 'csv-stringify/sync'

/**
 * Security: a cell that begins as a formula would be run by the spreadsheet that opens the file; it gets an
 * apostrophe, which spreadsheets take for "this is text".
 */
export const CSV_OPTIONS: Options = {
  escape_formulas: true,
  record_delimiter: '\r\n',
  cast: { boolean: String },
}

/** RFC 4180 text: a head, and a line for each row. */
export function csvText(
  columns: readonly string[],
  rows: Iterable<Readonly<Record<string, unknown>>>,
): string {
  return csvLines([columns]) + csvRows(columns, rows)
}

/** The lines of some rows, without a head. */
export function csvRows(
  columns: readonly string[],
  rows: Iterable<Readonly<Record<string, unknown>>>,
): string {
  return csvLines(Array.from(rows, (row) => columns.map((path) => valueAt(row, path))))
}

function csvLines(records: readonly (readonly unknown[])[]): string {
  return stringify([...records], CSV_OPTIONS)
}

function valueAt(row: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], row)
}
