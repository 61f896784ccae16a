import {beforeEach, expect, test} from 'vitest';
import {Router} from '../../src/ui/screen/router.ts';

let ink: string;
let pty: string;
let back: number;
let router: Router;

beforeEach(() => {
  ink = '';
  pty = '';
  back = 0;
  router = new Router({
    toInk: data => {
      ink += data.toString();
    },
    onBack: () => {
      back++;
      router.focus(undefined);
    },
  });
});

const focus = () =>
  router.focus(data => {
    pty += data.toString();
  });
const push = (keys: string) => router.push(Buffer.from(keys));

test('keys go to the screens, or to the terminal that has the keyboard, bytes as they are', () => {
  push('a');
  focus();
  push('b\x03\x1b[A你');
  router.focus(undefined);
  push('c');
  expect([ink, pty]).toEqual(['ac', 'b\x03\x1b[A你']);
});

test.each([
  ['Ctrl-]', '\x1d'],
  ['F12', '\x1b[24~'],
  ['Ctrl-] of the kitty protocol', '\x1b[93;5u'],
])('%s takes the keyboard back; what came before and after it is not lost', (_, way) => {
  focus();
  push(`ls${way}h`);
  expect([pty, back, ink]).toEqual(['ls', 1, 'h']);
});

test('the way back does nothing special while the screen has the keyboard', () => {
  push('\x1d');
  expect(back).toBe(0);
});

test('what is pasted is data, also when it comes in pieces', () => {
  focus();
  push('\x1b[200~first\x1d');
  push('second\x1d');
  push('third\x1d\x1b[201~');
  expect(back).toBe(0);
  push('\x1d');
  expect([pty, back]).toEqual(['\x1b[200~first\x1dsecond\x1dthird\x1d\x1b[201~', 1]);
});

test('an answer to our question is taken out of the keys, wherever it stands', () => {
  let column = 0;
  router.expectReport(at => {
    column = at;
  });
  push('x\x1b[1;4Ry');
  expect([ink, column]).toEqual(['xy', 4]);
  push('\x1b[1;4R');
  expect(ink).toBe('xy\x1b[1;4R');
});
