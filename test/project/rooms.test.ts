/** The architecture, enforced: a room imports only from the rooms below it, by their face, and never in a circle. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const src = path.join(root, 'src');

const files = readdirSync(src, {recursive: true, encoding: 'utf8'})
  .filter(name => /\.tsx?$/.test(name))
  .map(name => path.join(src, name));

interface Import {
  from: string;
  to: string;
}

/** Every relative import or re-export, types included, static and dynamic. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]/g);
  return [...found].map(([, to]) => ({from: file, to: path.resolve(path.dirname(file), to!)}));
}

// package.json holds the version; it belongs to no room.
const imports = files.flatMap(importsOf).filter(({to}) => !to.endsWith('.json'));
const rooms = ['engine', 'course', 'ui', 'cli'];
const roomOf = (file: string): string => {
  const [first] = path.relative(src, file).split(path.sep);
  return first === 'cli.ts' ? 'cli' : first!;
};

describe('rooms', () => {
  test('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
    for (const room of rooms)
      expect(
        files.some(file => roomOf(file) === room),
        room,
      ).toBe(true);
  });

  test('every import leads to a file that exists', () => {
    const known = new Set(files);
    expect(imports.filter(({to}) => !known.has(to))).toEqual([]);
  });

  test('no import runs upwards', () => {
    const upwards = imports.filter(({from, to}) => rooms.indexOf(roomOf(to)) > rooms.indexOf(roomOf(from)));
    expect(upwards.map(({from, to}) => `${path.relative(src, from)} -> ${path.relative(src, to)}`)).toEqual([]);
  });

  test('another room is imported only by its face', () => {
    // The second face of the course loads nothing else, so that the first frame need not wait for the first one.
    const faces = ['engine/index.ts', 'course/index.ts', 'course/progress/place.ts', 'ui/index.tsx'].map(face =>
      path.join(src, face),
    );
    const sneaky = imports.filter(({from, to}) => roomOf(from) !== roomOf(to) && !faces.includes(to));
    expect(sneaky.map(({from, to}) => `${path.relative(src, from)} -> ${path.relative(src, to)}`)).toEqual([]);
  });

  test('no circles', () => {
    const graph = new Map<string, string[]>();
    for (const {from, to} of imports) graph.set(from, [...(graph.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, trail: string[]): void => {
      const at = trail.indexOf(file);
      if (at >= 0) {
        circles.push([...trail.slice(at), file].map(name => path.relative(src, name)).join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});

describe('outside packages', () => {
  const importers = (name: string): string[] =>
    files
      .filter(file => new RegExp(`['"]${name}(/[^'"]*)?['"]`).test(readFileSync(file, 'utf8')))
      .map(file => path.relative(src, file));

  test('koffi is imported by one file', () => {
    expect(importers('koffi')).toEqual(['engine/native.ts']);
  });

  test('Ink and React stay in the screens', () => {
    expect([...importers('ink'), ...importers('react')].filter(file => !file.startsWith('ui/'))).toEqual([]);
  });
});

describe('size', () => {
  test('no source file above 300 lines, no C file above 800', () => {
    const lines = (file: string): number => readFileSync(file, 'utf8').split('\n').length - 1;
    const c = readdirSync(path.join(root, 'native'))
      .filter(name => /\.[ch]$/.test(name))
      .map(name => path.join(root, 'native', name));
    expect(c.length).toBeGreaterThan(3);
    const big = [...files.filter(file => lines(file) > 300), ...c.filter(file => lines(file) > 800)];
    expect(big.map(file => path.relative(root, file))).toEqual([]);
  });
});

describe('the repository', () => {
  test('the lock file names no download host', () => {
    expect(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":\s*"https?:/);
  });

  test('versions are pinned', () => {
    const {dependencies, devDependencies, optionalDependencies} = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const all = Object.entries({...dependencies, ...devDependencies, ...optionalDependencies});
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
