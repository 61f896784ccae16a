/** How long a lab takes on stage: reading, typing, running. Pure arithmetic; the constants say where they come from. */
import {typingMs} from '../demo/typist.ts';
import type {Block, Lab, Lang, Step, Words} from '../lab.ts';
import {plainMarkdown} from '../run/lines.ts';
import type {StageTime} from './types.ts';

/**
 * Units a minute of adults who read aloud: Trauzettel-Klosinski and Dietz, Standardized Assessment of Reading Performance
 * (IReST), 2012: English 228 words, Chinese 255 characters. A class listens to somebody who speaks, so aloud it is.
 */
export const READING = {words: 228, characters: 255} as const;

const MINUTE = 60_000;

/** Milliseconds to read a text (Markdown): each Chinese character and each other word in its own measure. */
export function readingMs(markdown: string): number {
  const text = plainMarkdown(markdown);
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  // What has neither letter nor digit is not spoken.
  const words = text.replace(/\p{Script=Han}/gu, ' ').match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
  return Math.round((characters / READING.characters + words / READING.words) * MINUTE);
}

/** One slide: what the class reads before the next deed. */
export interface Slide {
  step: string;
  texts: Words[];
}

/**
 * The slides of a lab: a step's text up to the next thing that is done.
 * @param leftOut indexes of blocks that do not count here, by step
 */
export function slidesOf(lab: Lab, leftOut: ReadonlyMap<string, readonly number[]> = new Map()): Slide[] {
  const slides = lab.steps.flatMap(step => slidesOfStep(step, leftOut.get(step.id) ?? []));
  const [first] = slides;
  if (first && lab.intro) first.texts.unshift(lab.intro);
  return slides;
}

function slidesOfStep(step: Step, leftOut: readonly number[]): Slide[] {
  const slides: Slide[] = [{step: step.id, texts: [step.title]}];
  // The reason is said once the kernel has answered: after the next command.
  const reasons: Words[] = [];
  step.blocks.forEach((block, i) => {
    if (leftOut.includes(i)) return;
    slides.at(-1)!.texts.push(...textsOf(block));
    if (block.kind === 'predict' && block.because) reasons.push(block.because);
    if (isDeed(block)) slides.push({step: step.id, texts: block.kind === 'run' ? reasons.splice(0) : []});
  });
  slides.at(-1)!.texts.push(...reasons);
  return slides.filter(slide => slide.texts.length > 0);
}

function isDeed({kind}: Block): boolean {
  return kind === 'container' || kind === 'run' || kind === 'predict';
}

function textsOf(block: Block): Words[] {
  switch (block.kind) {
    case 'prose':
    case 'drift':
      return [block.text];
    case 'predict':
      return [block.ask, ...block.choices.map(choice => choice.text)];
    case 'check':
      return [block.title];
    default:
      return [];
  }
}

export interface Performance {
  lab: Lab;
  leftOut?: ReadonlyMap<string, readonly number[]>;
  /** As they were typed. */
  commands: readonly string[];
  /** Milliseconds in which commands ran and containers started. */
  running: number;
  /** How often the instructor presses the key for what comes next. */
  deeds: number;
  /** Mean milliseconds between two keys; 0: at once. */
  keyMs: number;
  /** Seconds between two deeds of a demo that runs by itself; null: by hand. */
  auto: number | null;
}

/** Milliseconds to read a slide, in one language. */
export function slideMs({texts}: Slide, lang: Lang): number {
  return texts.reduce((sum, words) => sum + readingMs(words[lang] ?? words.en), 0);
}

/** How long it takes in one language. */
export function stageTime(performance: Performance, lang: Lang): StageTime {
  const {lab, leftOut, commands, running, deeds, keyMs, auto} = performance;
  const reading = slidesOf(lab, leftOut).reduce((sum, slide) => sum + slideMs(slide, lang), 0);
  const typing = Math.round(commands.reduce((sum, command) => sum + typingMs(command, keyMs), 0));
  const pausing = auto === null ? 0 : deeds * auto * 1000;
  const total = typing + running + (auto === null ? reading : pausing);
  return {reading, typing, running: Math.round(running), pausing, total: Math.round(total)};
}
