/** The screens' own words, by code; a missing code or translation is a type error. */
import type {Lang} from '../course/index.ts';
import {uiWords} from './words.ts';

export type UiCode = keyof typeof uiWords;

export type Say = (code: UiCode, params?: Record<string, string | number>) => string;

/** Renders codes in one language; "{name}" is replaced by the parameter of that name. */
export function sayIn(lang: Lang): Say {
  return (code, params = {}) =>
    uiWords[code][lang].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
