/** Collects findings of one file and turns places in it into positions. */
import {basename} from 'node:path';
import type {Finding} from '../lab.ts';

/** A place in a file, 1-based; columns count UTF-16 code units, as editors do. */
export interface Place {
  line: number;
  col: number;
}

export type Params = Record<string, string | number>;

export class Findings {
  readonly list: Finding[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  error(code: string, at: Place, params: Params = {}): void {
    this.list.push({file: this.file, line: at.line, col: at.col, severity: 'error', code, params});
  }

  warning(code: string, at: Place, params: Params = {}): void {
    this.list.push({file: this.file, line: at.line, col: at.col, severity: 'warning', code, params});
  }
}

/** Findings in reading order: the English file before its translations, then by line, then by column. */
export function sortFindings(findings: Finding[]): Finding[] {
  const english = (file: string) => !/\.[^.]+\.md$/.test(basename(file));
  const files = [...new Set(findings.map(f => f.file))].sort(
    (a, b) => Number(english(b)) - Number(english(a)) || (a < b ? -1 : 1),
  );
  return [...findings].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.col - b.col,
  );
}
