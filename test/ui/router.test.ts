import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {Router} from '../../src/ui/screen/router.ts';

let ink: string;
let pty: string;
let back: number;
let router: Router;

afterEach(() => void vi.useRealTimers());

beforeEach(() => {
  vi.useFakeTimers();
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

describe('a sequence that comes in two reads', () => {
  const F12 = '\x1b[24~';

  test.each(Array.from({length: F12.length - 1}, (_, i) => i + 1))(
    'F12 cut after %i bytes is still the way back',
    cut => {
      focus();
      push(`ls${F12.slice(0, cut)}`);
      push(`${F12.slice(cut)}h`);
      expect([pty, back, ink]).toEqual(['ls', 1, 'h']);
    },
  );

  test('what nothing follows goes to the program as it is, and to the screens as Esc', () => {
    focus();
    push('a\x1b');
    expect(pty).toBe('a');
    vi.runAllTimers();
    expect(pty).toBe('a\x1b');
    push('\x1b[2');
    vi.runAllTimers();
    expect(pty).toBe('a\x1b\x1b[2');
    router.focus(undefined);
    push('\x1b');
    vi.runAllTimers();
    // Ink would wait for the rest of a sequence once more; this one is whole.
    expect(ink).toBe('\x1b[27u');
  });

  test('what was typed before the keyboard changed hands goes to whoever had it', () => {
    focus();
    push('\x1b');
    router.focus(undefined);
    push('x');
    expect([pty, ink]).toEqual(['\x1b', 'x']);
  });

  test('the marks around a paste too', () => {
    const paste = '\x1b[200~one\x1dtwo\x1b[201~';
    for (let cut = 1; cut < paste.length; cut++) {
      back = 0;
      pty = '';
      focus();
      push(paste.slice(0, cut));
      vi.runAllTimers();
      push(paste.slice(cut));
      // Cut within the first mark and late: nobody can know that it is a paste.
      if (cut >= 6) expect([pty, back]).toEqual([paste, 0]);
      push('\x1d');
      expect(back).toBeGreaterThan(0);
    }
  });

  test('an answer to our question', () => {
    let column = 0;
    router.expectReport(at => {
      column = at;
    });
    push('x\x1b[1;');
    push('4Ry');
    expect([ink, column]).toEqual(['xy', 4]);
  });
});

describe('keys that are watched for in a terminal', () => {
  const watched: string[] = [];
  const watch = (takes: boolean) => {
    watched.length = 0;
    router.focus(
      data => {
        pty += data.toString();
      },
      key => {
        watched.push(key);
        return takes;
      },
    );
  };

  test('are taken out of what goes to the program', () => {
    watch(true);
    push('a\x1b[5;2~b\x1b[6;2~\x1b[23~c\x1b[5;3~');
    expect([pty, watched]).toEqual(['abc', ['older', 'newer', 'full', 'older']]);
  });

  test("are the program's where it can use them", () => {
    watch(false);
    push('a\x1b[5;2~b');
    expect([pty, watched]).toEqual(['a\x1b[5;2~b', ['older']]);
  });

  test('and are data in a paste', () => {
    watch(true);
    push('\x1b[23~\x1b[200~\x1b[23~\x1b[201~\x1b[23~');
    expect([pty, watched]).toEqual(['\x1b[200~\x1b[23~\x1b[201~', ['full', 'full']]);
  });
});
