/** `glassbox engine run IMAGE PROGRAM`, as fingers know it from Docker. */
import {expect, test} from 'vitest';
import {engine} from './support.ts';

test('an image, which Docker takes before the program: there are none here, and what to use instead', () => {
  const e = engine();
  const said = (...args: string[]): string => {
    const {status, stderr} = e(['run', '--rm', ...args]);
    expect(status).toBe(127);
    return stderr;
  };
  for (const image of ['alpine', 'alpine:3.20', 'library/alpine']) {
    expect(said(image, 'sh')).toMatch(
      /no program "\S*alpine.*\n(?: {2}.*\n)*There are no images here.*--rootfs.*--programs.*--bundle.*\n$/,
    );
  }
  expect(said('--lang', 'zh', 'alpine', 'sh')).toMatch(/没有程序“alpine”.*\n这里没有镜像/);
  // Whoever named a root, or a path, knows.
  for (const words of [['--programs', 'sh', 'alpine'], ['/nowhere/sh']]) {
    expect(said(...words)).not.toContain('images');
  }
  expect(e.files()).toEqual([]);
});
