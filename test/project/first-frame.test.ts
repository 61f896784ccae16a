/** What is loaded before the first frame: nothing that makes a learner wait. */
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

const src = path.resolve(import.meta.dirname, '../../src');

/** Modules and packages that come along with `file` at once; what is only a type or imported later does not. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, what, from] of text.matchAll(/^(?:import|export) ([^;'"]*? from )?'([^']+)'/gm)) {
    const types = /^type /.test(what ?? '') || /^\{(\s*type [^,}]+,?)+\s*\} from $/.test(what ?? '');
    if (types) continue;
    if (!from!.startsWith('.')) seen.add(from!);
    else {
      const to = path.resolve(path.dirname(file), from!);
      if (existsSync(to)) loadedWith(to, seen);
    }
  }
  return seen;
}

test.each(['cli.ts', 'cli/learn.ts', 'ui/app/start.tsx'])('%s', entry => {
  const loaded = [...loadedWith(path.join(src, entry))].map(one => path.relative(src, one));
  expect(loaded.length).toBeGreaterThan(1);
  const packages = loaded.filter(one => !/\.tsx?$/.test(one) && !one.includes('node:')).map(one => path.basename(one));
  const light = ['ink', 'react', 'slice-ansi', 'string-width', 'wrap-ansi'];
  expect(packages.filter(one => !light.includes(one))).toEqual([]);
  expect(loaded.filter(one => ['course/index.ts', 'engine/index.ts'].includes(one))).toEqual([]);
});
