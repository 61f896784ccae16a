/** HTML that cannot be broken out of: whatever goes into a template is escaped, unless a template made it. */
import {visible} from '../text.ts';

export class Markup {
  readonly text: string;
  /** Only for what is HTML already. */
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | bigint | null | undefined | false | readonly Part[];

const ENTITIES: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Text for anywhere between tags or inside a quoted attribute. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, char => ENTITIES[char] as string);
}

function join(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(join).join('');
  return escaped(String(part));
}

/** A template: html`<p>${text}</p>`. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((all, string, i) => all + join(parts[i - 1]) + string));
}
