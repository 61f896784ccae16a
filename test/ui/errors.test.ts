/** What failed is explained where the learner looks: beside the lesson, in the journal, and where a lab could not be opened. */
import {describe, expect, test} from 'vitest';
import type {Lang} from '../../src/course/index.ts';
import {startApp} from './support/app.ts';
import {begin, containerUp, entry} from './support/fake-session.ts';

const langs: Lang[] = ['en', 'zh'];

/** The screen's words without frames and line breaks. */
const words = (text: string) => text.replace(/[\s│┃]+/g, '');

describe.each(langs)('in %s', lang => {
  const refused = entry('mount', ['"proc"', '"/proc"'], {result: -1n, errno: 'EPERM', purpose: 'uts.sethostname'});
  const error = {code: 'call.failed', params: {call: 'mount', errno: 'EPERM'}, call: refused};
  const cure = lang === 'en' ? 'orbindthe/procthatisthere' : '或绑定已有的/proc';

  test('an error beside the lesson says what its errno means and what to do', async () => {
    const {term, session} = startApp({startLab: '01', lang});
    session.onCall = name => {
      if (name === 'start') begin(session);
    };
    await term.shows('host#');
    session.emit({type: 'error', error, where: 'box', fatal: false});
    await term.shows('mount("proc", "/proc") = -1 EPERM');
    await term.until(() => words(term.text).includes(cure), cure);
  });

  test('a stage that could not be built says it too', async () => {
    const {term} = startApp({
      cols: 80,
      rows: 24,
      startLab: '01',
      lang,
      openSession: () => Promise.reject(Object.assign(new Error('x'), {info: error})),
    });
    await term.shows('mount("proc", "/proc") = -1 EPERM');
    await term.until(() => words(term.text).includes(cure), cure);
  });

  test('the journal in full names the manual page of each call, and what its errno means', async () => {
    const {term, session} = startApp({cols: 120, rows: 36, startLab: '01', lang});
    session.onCall = name => {
      if (name === 'start') begin(session);
    };
    await term.shows('host#');
    containerUp(session);
    session.emit({type: 'journal', who: 'box', entries: [refused]});
    term.press('j');
    await term.shows('clone(2)');
    expect(term.text).toContain('execve(2)');
    expect(term.text).toMatch(lang === 'en' ? /sethostname\(2\); see mount\(2\)/ : /sethostname\(2\)，见 mount\(2\)/);
    await term.until(() => words(term.text).includes(cure), cure);
  });
});
