/** Text for the plain reporter: prose without its markup, facts as aligned rows. */
import stringWidth from 'string-width';
import type {FactValue} from '../../engine/index.ts';
import type {LabState} from '../fold/state.ts';
import type {Lang} from '../lab.ts';
import {lookUp} from '../session/substitute.ts';
import {factLabels} from '../words/facts.ts';
import {runWords} from '../words/run.ts';
import {render} from '../words/say.ts';

/** Markdown as plain text: emphasis, code marks and link targets go, the lines stay as the author broke them. */
export function plainMarkdown(text: string): string {
  const codes: string[] = [];
  const keep = (code: string) => `\0${codes.push(code) - 1}\0`;
  return text
    .trim()
    .replace(/^```.*\n([\s\S]*?)\n?```$/gm, (_, code: string) => keep(code.replace(/^/gm, '    ')))
    .replace(/`([^`\n]+)`/g, (_, code: string) => keep(code))
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(^|[^\w*])[*_]([^*_\n]+)[*_](?!\w)/gm, '$1$2')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
    .replace(/^#{1,6} /gm, '')
    .replace(/\0(\d+)\0/g, (_, index: string) => codes[Number(index)] ?? '');
}

/** A fact as text: lists with commas, absence as a word. */
export function factText(value: FactValue | null | undefined, lang: Lang): string {
  if (value === null || value === undefined) return render(runWords, lang, 'run.absent');
  if (Array.isArray(value)) return value.map(one => factText(one, lang)).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, one]) => `${key}=${factText(one, lang)}`)
      .join(', ');
  }
  return value === '' ? '""' : String(value);
}

/** The facts of a show block, both sides in one row: "uts ns  host 4026531838  ≠  box 4026532440". */
export function factRows(paths: readonly string[], state: LabState, lang: Lang): string[] {
  const {now, before} = state.facts;
  const values = {vars: state.session?.vars ?? {}, now, before};
  const sides = Object.keys(now);
  const table = paths.map(path => {
    const own = sides.find(side => path.startsWith(`${side}.`));
    const fact = own ? path.slice(own.length + 1) : path;
    const cells = (own ? [own] : sides).map(side => ({side, value: lookUp(`${side}.${fact}`, values)}));
    return {
      label: factLabels[fact]?.[lang] ?? fact,
      cells: cells.map(({side, value}) => `${side} ${factText(value, lang)}`),
      same: alike(cells),
    };
  });
  const wide = Math.max(...table.map(row => stringWidth(row.label)));
  const column = (i: number) => Math.max(...table.map(row => stringWidth(row.cells[i] ?? '')));
  return table.map(({label, cells, same}) => {
    const padded = cells.map((cell, i) => pad(cell, column(i)));
    return `${pad(label, wide)}  ${padded.join(cells.length === 2 ? (same ? '  =  ' : '  ≠  ') : '  ')}`.trimEnd();
  });
}

function alike(cells: {value: FactValue | undefined}[]): boolean {
  return cells.every(cell => String(cell.value) === String(cells[0]?.value));
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
