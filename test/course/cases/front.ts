// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Front matter. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const FRONT: Case[] = [
  {code: 'front.missing', from: '---\nformat: 1', to: `${HERE}format: 1`},
  {code: 'yaml.not-map', from: '---\nformat: 1', to: `---\n${HERE}- x\n---\n\n<!--\nformat: 1`, also: ['lab.no-steps']},
  {
    code: 'yaml.tab',
    from: 'requires: {root: true, namespaces: [uts], tools: [hostname]}',
    to: `requires:\n${HERE}\troot: true`,
  },
  {code: 'yaml.twice', from: 'minutes: 5', to: `minutes: 5\n${HERE}minutes: 6`, params: {key: 'minutes'}},
  {code: 'yaml.syntax', from: 'title: A sample', to: `title: ${HERE}A: sample`},
  {
    code: 'yaml.unknown-key',
    from: 'minutes: 5',
    to: `minutes: 5\n${HERE}minuts: 5`,
    params: {key: 'minuts', nearest: 'minutes'},
  },
  {code: 'yaml.missing', from: 'format: 1\nid: sample', to: `${HERE}id: sample`, params: {key: 'format'}},
  {
    code: 'yaml.type',
    from: 'minutes: 5',
    to: `minutes: ${HERE}five`,
    params: {expected: 'number', came: 'string', value: 'five'},
  },
  {code: 'yaml.type', from: 'title: A sample', to: `title: ${HERE}12`, params: {expected: 'string', came: 'int'}},
  {
    code: 'yaml.value',
    from: 'namespaces: [uts], tools',
    to: `namespaces: [uts, ${HERE}network2], tools`,
    params: {nearest: 'network'},
  },
  {code: 'yaml.value', from: 'format: 1', to: `format: ${HERE}2`, params: {came: '2', known: '1'}},
  {
    code: 'yaml.empty',
    from: 'question: What does each block look like?',
    to: `question: ${HERE}""`,
    params: {key: 'question'},
  },
  {code: 'yaml.range', from: 'minutes: 5', to: `minutes: ${HERE}0`, params: {key: 'minutes', came: '0'}},
  {code: 'yaml.name', from: '  name: {pick:', to: `  ${HERE}my-name: {pick:`, params: {came: 'my-name'}},
  {code: 'yaml.form', from: 'id: sample', to: `id: ${HERE}My_Lab`},
  {code: 'folder.id', from: 'id: sample', to: `id: ${HERE}other`, params: {came: 'other', expected: 'sample'}},
];
