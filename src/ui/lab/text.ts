/** A lab's own words, in the learner's language, with this run's values filled in. */

import type {LabState, Side, Words} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import {fillText} from '../course-words.ts';
import type {RenderMarkdown} from '../markdown/markdown.ts';
import {spellSigns} from '../text/ascii.ts';
import {ASCII} from '../text/glyphs.ts';

export interface LabText {
  look: Look;
  /** Plain text. */
  plain(words: Words): string;
  /** Markdown, as lines of at most `width` cells. */
  lines(words: Words, width: number): string[];
  /** A command with today's values. */
  command(command: string): string;
  /** 'the host', 'the container box' */
  side(side: Side): string;
  /** 'host', 'box': as short as it gets. */
  short(side: Side): string;
}

const KEPT = 300;

/** Rendering costs milliseconds, and states change often: what was rendered is kept. */
export class MarkdownCache {
  private readonly kept = new Map<string, string[]>();
  private readonly render: RenderMarkdown;

  constructor(render: RenderMarkdown) {
    this.render = render;
  }

  lines(source: string, width: number): string[] {
    const key = `${width}\0${source}`;
    let lines = this.kept.get(key);
    if (!lines) {
      lines = this.render(source, width);
      if (this.kept.size >= KEPT) this.kept.clear();
      this.kept.set(key, lines);
    }
    return lines;
  }
}

export function labText(state: LabState, look: Look, markdown: MarkdownCache): LabText {
  const values = {vars: state.session?.vars ?? {}, now: state.facts.now, before: state.facts.before};
  const signs = look.glyphs === ASCII ? spellSigns : (text: string) => text;
  const plain = (words: Words) => signs(fillText(words[look.lang] ?? words.en, values));
  return {
    look,
    plain,
    lines: (words, width) => markdown.lines(plain(words), width),
    command: command => fillText(command, values),
    side: side => (side === 'host' ? look.say('lab.side.host') : look.say('lab.side.container', {id: side})),
    short: side => (side === 'host' ? look.say('lab.host') : side),
  };
}
