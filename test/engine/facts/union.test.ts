import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Tree} from '../../../src/engine/facts/files.ts';
import {aufsBranches, aufsLayer, overlayBranches} from '../../../src/engine/facts/layers.ts';
import {parseMountinfo} from '../../../src/engine/facts/mountinfo.ts';
import {type LayerEntry, merge} from '../../../src/engine/facts/union.ts';

const layer = (text: string) =>
  new Map<string, LayerEntry>(
    text
      .split(' ')
      .filter(Boolean)
      .map(word => {
        const [, mark, path] = /^([wodfm]):(.*)$/.exec(word)!;
        const kind = mark === 'w' ? 'whiteout' : 'od'.includes(mark!) ? 'dir' : 'file';
        return [path!, {kind, ...(mark === 'o' && {opaque: true}), ...(mark === 'm' && {metacopy: true})}];
      }),
  );
const merged = (...texts: string[]) => {
  const {serves, hidden} = merge(texts.map(layer));
  return {serves: Object.fromEntries(serves), hidden: Object.fromEntries(hidden)};
};

describe('which layer serves what', () => {
  test.each([
    ['the upper of two files', ['f:a', 'f:a f:b'], {a: 0, b: 1}, {}],
    ['folders are merged', ['d:d f:d/x', 'd:d f:d/y'], {d: 0, 'd/x': 0, 'd/y': 1}, {}],
    ['a whiteout hides all below', ['w:a', 'f:a', 'f:a'], {}, {a: 0}],
    ['a whiteout over nothing hides nothing', ['w:a', ''], {}, {}],
    ['a whiteout of a folder hides what is in it', ['w:d', 'd:d f:d/x'], {}, {d: 0, 'd/x': 0}],
    ['an opaque folder', ['o:d f:d/n', 'd:d f:d/x f:d/n'], {d: 0, 'd/n': 0}, {'d/x': 0}],
    ['a file over a folder', ['f:d', 'd:d f:d/x'], {d: 0}, {'d/x': 0}],
    ['a folder over a file does not merge with what is below that', ['d:d', 'f:d', 'd:d f:d/x'], {d: 0}, {'d/x': 1}],
    ['a file above a whiteout', ['f:a', 'w:a', 'f:a'], {a: 0}, {}],
    ['metadata on top, data below', ['m:a', 'f:a'], {a: 1}, {}],
    ['metadata twice', ['m:a', 'm:a', 'f:a'], {a: 2}, {}],
  ])('%s', (_, layers, serves, hidden) => {
    expect(merged(...layers)).toEqual({serves, hidden});
  });

  test('a path is served or hidden, never both, and only by a layer that holds it or cuts it off', () => {
    const name = fc.constantFrom('a', 'b', 'd', 'd/x', 'd/y');
    const kind = fc.constantFrom('f', 'w', 'o', 'd');
    const one = fc.dictionary(name, kind).map(entries => {
      const whole = new Map<string, LayerEntry>();
      for (const [path, mark] of Object.entries(entries).sort()) {
        if (path.startsWith('d/') && whole.get('d')?.kind !== 'dir') continue;
        whole.set(path, layer(`${mark}:${path}`).get(path)!);
      }
      return whole;
    });
    fc.assert(
      fc.property(fc.array(one, {minLength: 1, maxLength: 4}), layers => {
        const {serves, hidden} = merge(layers);
        for (const [path, by] of serves) {
          expect(hidden.has(path)).toBe(false);
          expect(layers[by]!.get(path)?.kind).toMatch(/file|dir/);
          expect(layers.slice(0, by).every(l => !l.has(path))).toBe(true);
        }
        for (const path of hidden.keys())
          expect(layers.some(l => l.get(path) && l.get(path)!.kind !== 'whiteout')).toBe(true);
      }),
    );
  });
});

describe('layers by the mount’s own words', () => {
  test('overlay: upper first, lowers in their order, whatever stands in front', () => {
    expect(overlayBranches('rw,lowerdir=/a:/b\\:c,upperdir=/u,workdir=/w,uuid=on')).toEqual([
      {dir: '/u', permission: 'rw'},
      {dir: '/a', permission: 'ro'},
      {dir: '/b:c', permission: 'ro'},
    ]);
    expect(overlayBranches('ro,lowerdir+=/a,lowerdir+=/b').map(b => b.dir)).toEqual(['/a', '/b']);
    expect(overlayBranches('ro,lowerdir=/a::/data').map(b => b.dir)).toEqual(['/a']);
  });

  test('aufs: the files of its folder in sysfs, until there is none', () => {
    const files: Record<string, string> = {
      '/sys/fs/aufs/si_c59100bf41f6c091/br0': '/tmp/aufs/container-layer=rw\n',
      '/sys/fs/aufs/si_c59100bf41f6c091/br1': '/tmp/aufs/a=b=ro+wh\n',
    };
    expect(aufsBranches('rw,relatime,si=c59100bf41f6c091', file => files[file])).toEqual([
      {dir: '/tmp/aufs/container-layer', permission: 'rw'},
      {dir: '/tmp/aufs/a=b', permission: 'ro+wh'},
    ]);
    expect(aufsBranches('rw', () => '/x=rw')).toEqual([]);
  });

  test('aufs: .wh. names are whiteouts, its own books are no files', () => {
    const stat = (dir: boolean) => ({stat: {isDirectory: () => dir}});
    const tree = new Map([
      ['.wh..wh.aufs', stat(false)],
      ['.wh..wh.orph', stat(true)],
      ['.wh..wh.orph/x', stat(false)],
      ['.wh.gone', stat(false)],
      ['d', stat(true)],
      ['d/.wh..wh..opq', stat(false)],
      ['d/.wh.y', stat(false)],
      ['kept', stat(false)],
    ]) as unknown as Tree;
    expect(Object.fromEntries(aufsLayer(tree))).toEqual({
      gone: {kind: 'whiteout'},
      d: {kind: 'dir', opaque: true},
      'd/y': {kind: 'whiteout'},
      kept: {kind: 'file'},
    });
  });

  test('mountinfo: optional fields, octal escapes, lines that are none', () => {
    const line = '36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue';
    expect(parseMountinfo(`${line}\nnonsense\n\n`)).toEqual([
      {
        id: 36,
        flags: ['rw', 'noatime'],
        parent: 35,
        device: '98:0',
        root: '/mnt1',
        point: '/mnt 2',
        tags: ['master:1', 'shared:2'],
        type: 'ext3',
        source: '/dev/root',
        options: 'rw,errors=continue',
      },
    ]);
  });
});
