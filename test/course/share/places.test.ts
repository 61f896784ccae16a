import {chmodSync, mkdirSync, utimesSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {findSockets, placesOf} from '../../../src/course/share/places.ts';
import {demo, placesIn, temporary, uid} from './support.ts';

test('the runtime folder counts only if it belongs to the user', () => {
  const dir = temporary();
  expect(placesOf({XDG_RUNTIME_DIR: dir}, uid).notes[0]).toBe(path.join(dir, 'glassbox-notes'));
  expect(placesOf({XDG_RUNTIME_DIR: dir}, uid + 1).notes).not.toContain(path.join(dir, 'glassbox-notes'));
  expect(placesOf({XDG_RUNTIME_DIR: 'relative'}, 4321).notes).toEqual(['/tmp/glassbox-notes-4321']);
  expect(placesOf({}, 0)).toMatchObject({notes: expect.arrayContaining(['/run/glassbox-notes'])});
});

test('a folder can be named for all of them', () => {
  expect(placesOf({GLASSBOX_SOCKETS: '/x', XDG_RUNTIME_DIR: temporary()}, uid)).toMatchObject({
    notes: ['/x/glassbox-notes'],
    share: '/x/glassbox-share',
  });
});

test('demos are found newest first, and none in a folder where others could put one', async () => {
  const places = placesIn(temporary());
  for (const pid of [41, 42]) {
    const hub = await demo({places, pid});
    utimesSync(hub.sockets.share!, 100 - pid, 100 - pid);
  }
  mkdirSync(path.join(places.share, '43.sock'));
  expect(findSockets(places, 'share').map(({pid}) => pid)).toEqual([41, 42]);
  chmodSync(places.share, 0o777);
  expect(findSockets(places, 'share')).toEqual([]);
  chmodSync(places.share, 0o755);
});
