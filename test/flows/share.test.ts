/** A demo in one terminal, its notes in a second, and a follower in a third who is another user. */
import {chmodSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {App} from '../support/app.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const NOBODY = 65534;
const AS_NOBODY = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups env HOME=/nonexistent XDG_STATE_HOME=/nonexistent`;

const before = machine();
const apps: App[] = [];
/** Demos of other tests, and of whoever else uses this machine, are not in it. */
let sockets: string;

function open(args: string, prefix = '', cols = 80, rows = 24): App {
  const app = new App({cols, rows, args, prefix, env: {GLASSBOX_SOCKETS: sockets}});
  apps.push(app);
  return app;
}

const notesSocket = (pid: number) => path.join(sockets, 'glassbox-notes', `${pid}.sock`);
const shareSocket = (pid: number) => path.join(sockets, 'glassbox-share', `${pid}.sock`);

beforeEach(() => {
  sockets = mkdtempSync(path.join(tmpdir(), 'glassbox-run-'));
  chmodSync(sockets, 0o755);
});

afterEach(async () => {
  const began = Math.min(...apps.map(app => app.began));
  await Promise.all(apps.splice(0).map(app => app.close()));
  rmSync(sockets, {recursive: true, force: true});
  await untilNoStrays(began);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

test('speaker and class see the demo, each what is theirs, until it ends', async () => {
  const notes = open('demo --notes');
  await notes.terminal.until('Waiting for a demo');
  const demo = open('demo 01 --share --pace 0', '', 120, 36);
  await demo.terminal.until('CONTAINER');
  const follower = open('follow', AS_NOBODY);
  await follower.terminal.until('FOLLOWING a demo');
  await notes.terminal.until('1 follow');
  await notes.terminal.until('Ask the class where the container is in the tree');
  expect(existsSync(shareSocket(demo.pid()))).toBe(true);

  for (let i = 0; i < 25 && !/HOST # pstree .*status 0/s.test(notes.terminal.text()); i++) {
    const seen = demo.terminal.text();
    demo.terminal.key('Space');
    await demo.terminal.until(text => text !== seen);
  }
  await notes.terminal.until(/HOST # pstree .*status 0/s);
  await follower.terminal.until(/# pstree -pl \d+/);
  expect(follower.terminal.text()).not.toContain('Ask the class');

  demo.terminal.key('.');
  await notes.terminal.until('the screen is dark');
  await follower.terminal.until(text => text.trim() === '');
  demo.terminal.key('Space');
  await follower.terminal.until(/# pstree -pl \d+/);

  const pid = demo.pid();
  demo.terminal.key('C-c');
  await demo.terminal.until('[ended 0]');
  await notes.terminal.until('The demo has ended. This view waits for the next one.');
  await follower.terminal.until('The demo has ended.');
  expect([notesSocket(pid), shareSocket(pid)].filter(existsSync)).toEqual([]);
  for (const app of [notes, follower]) {
    app.terminal.key('q');
    await app.terminal.until('[ended 0]');
  }
});

test('a demo that is killed is noticed, and the next one is found by itself', async () => {
  const demo = open('demo 01 --pace 0', '', 120, 36);
  await demo.terminal.until('CONTAINER');
  const notes = open('demo --notes --lang zh');
  await notes.terminal.until('讲者备注');
  const pid = demo.pid();
  process.kill(pid, 'SIGKILL');
  await notes.terminal.until('演示已经结束。这里等着下一场。');
  expect(existsSync(notesSocket(pid))).toBe(true);
  const next = open('demo 03 --pace 0', '', 120, 36);
  await notes.terminal.until(/03 PID/);
  expect(existsSync(notesSocket(pid))).toBe(false);
  next.terminal.key('C-c');
  await next.terminal.until('[ended 0]');
});
