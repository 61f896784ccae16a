/** Comma-separated values (RFC 4180) for grade books, which are spreadsheets: text is never a formula there. */

/** A spreadsheet takes such a cell for a formula (OWASP, "CSV Injection"), also behind blanks and as full-width signs. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/** A cell of text: an apostrophe keeps a formula from being one, control characters go, line breaks become blanks. */
export function textCell(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\x00-\x1f\x7f]/g, '');
  return quoted(FORMULA.test(text) ? `'${line}` : line);
}

/** A cell that a machine reads back by its exact text. */
export function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number as all programs read it: with a point, without an exponent, at most five places. */
export function numberCell(value: number): string {
  return String(Number(value.toFixed(5)));
}

/** @param bom for Excel, which takes UTF-8 for something else without one */
export function csv(rows: readonly (readonly string[])[], {bom = false}: {bom?: boolean} = {}): string {
  return `${bom ? '\ufeff' : ''}${rows.map(row => row.join(',')).join('\r\n')}\r\n`;
}
