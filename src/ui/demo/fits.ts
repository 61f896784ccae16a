/** Which pages of a lab are larger than a slide: asked before there is a class. */
import {
  initialState,
  type Lab,
  type LabState,
  type Lang,
  type Overflow,
  type ScreenSize,
  type Step,
} from '../../course/index.ts';
import {makeLook} from '../app/look.ts';
import {LEAST} from '../app/parts.ts';
import {type LabText, labText, MarkdownCache} from '../lab/text.ts';
import {makeMarkdown} from '../markdown/markdown.ts';
import {demoLayout} from './layout.ts';
import {pageStart} from './pages.ts';
import {pageFit} from './slide.ts';

export interface Projector {
  /** Below this no screen opens. */
  least: ScreenSize;
  /** What the program in each of the two terminals sees. */
  terminal: {cols: number; rows: number};
  /** Pages that have to be turned, in any language of the lab. Values have the length of their names. */
  overflows(lab: Lab): Overflow[];
}

export function projector(size: ScreenSize): Projector {
  const {lesson, hostCells} = demoLayout(Math.max(size.cols, LEAST.cols), Math.max(size.rows, LEAST.rows));
  const slide = {width: lesson.w, height: lesson.h};
  const texts = new Map<Lang, (state: LabState) => LabText>();
  const textIn = (lang: Lang) => {
    const look = makeLook(lang, false, 'none');
    const markdown = new MarkdownCache(makeMarkdown(look.style, look.glyphs));
    return (state: LabState) => labText(state, look, markdown);
  };
  for (const lang of ['en', 'zh'] as const) texts.set(lang, textIn(lang));
  return {
    least: LEAST,
    terminal: {cols: hostCells.w, rows: hostCells.h},
    overflows(lab) {
      const begun = initialState(lab);
      return lab.steps.flatMap((step, current) =>
        pagesOf(step).flatMap(({from, to}) => {
          const state = {...begun, current, show: {...SHOW, block: to}};
          const fits = lab.langs.map(lang => ({lang, ...pageFit(state, texts.get(lang)!(state), slide)}));
          const large = fits.filter(({lines, room}) => lines > room);
          if (large.length === 0) return [];
          const {pos} = step.blocks[from]!;
          const lines = Math.max(...large.map(one => one.lines));
          return [{step: step.id, pos, langs: large.map(one => one.lang), lines, room: large[0]!.room}];
        }),
      );
    },
  };
}

const SHOW = {blank: false, taken: null, auto: null, keyMs: 0, lab: 1, labs: 1, loop: false, minutes: 0};

/** First and last block of each page. */
function pagesOf(step: Step): {from: number; to: number}[] {
  const pages = new Map<number, number>();
  step.blocks.forEach((_, at) => void pages.set(pageStart(step, at), at));
  return [...pages].map(([from, to]) => ({from, to}));
}
