/** Every code that the engine can give has words in both languages, and every word has a code that can be given. */
import {readdirSync, readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {engineWords} from '../../src/course/words/engine.ts';

const source = new URL('../../src/engine/', import.meta.url).pathname;

/** Sources of the core: its folders for facts, hosts, terminals and further kinds of container have words of their own. */
const files = [
  ...readdirSync(source),
  ...['network', 'plan', 'spec', 'seccomp'].flatMap(folder =>
    readdirSync(source + folder).map(name => `${folder}/${name}`),
  ),
]
  .filter(name => name.endsWith('.ts') && !name.endsWith('types.ts'))
  .map(name => readFileSync(source + name, 'utf8'));
const text = files.join('\n');

const errors = new Set(
  [...text.matchAll(/(?:code: |info\(|called\(|\? )'([a-z]+(?:\.[a-z-]+)?)'/g)]
    .map(match => match[1]!)
    .filter(
      code =>
        code in engineWords ||
        /^(call|child|container|keeper|native|network|plan|process|program|signal|spec|stage|step|sweep)\./.test(code),
    ),
);

it('errors', () => {
  expect(errors.size).toBeGreaterThan(25);
  for (const code of errors) {
    const words = engineWords[code];
    expect([code, Boolean(words?.en), Boolean(words?.zh)]).toEqual([code, true, true]);
    // The same parameters in both: what one language tells, the other does too.
    const params = (s: string) => [...new Set([...s.matchAll(/\{(\w+)\}/g)].map(m => m[1]))].sort();
    expect([code, params(words!.zh)]).toEqual([code, params(words!.en)]);
  }
});

it('purposes of system calls', () => {
  const purposes = new Set(
    [
      ...text.matchAll(
        /(?:purpose: |, )'((?:capability|device|mask|mount|namespace|netlink|network|process|program|readonly|root|seccomp|stage|stdio|sysctl|terminal|time|undo|user|uts)\.[a-z.-]+)'/g,
      ),
    ]
      .map(match => match[1]!)
      .filter(p => !errors.has(p)),
  );
  expect(purposes.size).toBeGreaterThan(50);
  for (const purpose of purposes) expect([purpose, `purpose.${purpose}` in engineWords]).toEqual([purpose, true]);
});
