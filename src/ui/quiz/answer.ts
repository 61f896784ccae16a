/** What a person is about to answer: what is ticked, typed, or moved; until it is given it can be changed. */
import type {Asked, Item, Response} from '../../course/index.ts';
import type {KeyName} from '../app/keys.ts';

/** No answer is longer: what is pasted by mistake need not be drawn. */
const LONGEST = 200;

export type AnswerForm = 'single' | 'multiple' | 'order' | 'field' | 'deed';

/** How a question is answered. */
export function formOf({block}: Item): AnswerForm {
  if (block.type === 'hands-on') return 'deed';
  return block.type === 'number' || block.type === 'text' ? 'field' : block.type;
}

export class Answer {
  readonly form: AnswerForm;
  /** Ids, in the order in which they stand. */
  order: string[];
  cursor = 0;
  readonly ticked = new Set<string>();
  /** Of an order: the entry at the cursor is being moved. */
  lifted = false;
  text = '';

  constructor(item: Item, asked: Asked) {
    this.form = formOf(item);
    this.order = asked.choices?.map(({id}) => id) ?? [];
  }

  /** As it stands; undefined: nothing is answered yet. */
  response(): Response | undefined {
    if (this.form === 'deed') return {done: true};
    if (this.form === 'order') return {order: [...this.order]};
    if (this.form === 'field') return this.text.trim() === '' ? undefined : {text: this.text};
    if (this.form === 'single') return {choices: [this.order[this.cursor]!]};
    return this.ticked.size > 0 ? {choices: this.order.filter(id => this.ticked.has(id))} : undefined;
  }

  /** @returns false: there is nothing to move among */
  move(by: -1 | 1): boolean {
    const {order, cursor} = this;
    if (order.length === 0) return false;
    const to = cursor + by;
    if (this.lifted) {
      if (to < 0 || to >= order.length) return true;
      const moved = [...order];
      [moved[cursor], moved[to]] = [moved[to]!, moved[cursor]!];
      this.order = moved;
      this.cursor = to;
    } else this.cursor = (to + order.length) % order.length;
    return true;
  }

  /** Space: ticks, or takes up and puts down. */
  tick(at = this.cursor): void {
    const id = this.order[at];
    if (id === undefined) return;
    if (this.form === 'order') {
      if (at === this.cursor) this.lifted = !this.lifted;
      else if (!this.lifted) this.cursor = at;
      else while (this.cursor !== at) this.move(this.cursor < at ? 1 : -1);
      return;
    }
    this.cursor = at;
    if (this.form !== 'multiple') return;
    if (!this.ticked.delete(id)) this.ticked.add(id);
  }

  /** A key while the field has the keyboard. @returns false: it is none of the field's */
  edit(name: KeyName): boolean {
    if (name === 'backspace') this.text = withoutLast(this.text);
    else if (name === 'ctrl-u') this.text = '';
    else if ([...name].length === 1) this.text = (this.text + name).slice(0, LONGEST);
    else return false;
    return true;
  }
}

/** Without the last character as a person sees it. */
function withoutLast(text: string): string {
  const all = [...new Intl.Segmenter().segment(text)];
  return all
    .slice(0, -1)
    .map(({segment}) => segment)
    .join('');
}
