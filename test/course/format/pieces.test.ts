import {describe, expect, it} from 'vitest';
import {parseFence} from '../../../src/course/format/fence.ts';
import {Findings} from '../../../src/course/format/findings.ts';
import {nearest} from '../../../src/course/format/nearest.ts';
import {tidyChinese} from '../../../src/course/format/tidy.ts';

describe('info strings', () => {
  it('values in quotes, with escapes, and where each of their characters stands', () => {
    const findings = new Findings('lab.md');
    const line = '```sh mistake #m on=host when="a == \\"b\\" || c"';
    const fence = parseFence(line, {line: 7, col: 1}, '', findings)!;
    expect(findings.list).toEqual([]);
    const when = fence.attrs.get('when')!;
    expect(when.value).toBe('a == "b" || c');
    expect(line[when.cols[when.value.indexOf('c')]! - 1]).toBe('c');
    expect(line[when.cols[when.value.indexOf('b')]! - 1]).toBe('b');
    expect(fence.attrs.get('on')).toMatchObject({value: 'host', at: {line: 7, col: line.indexOf('host') + 1}});
  });

  it('a verb that is a property of every object is still unknown', () => {
    const findings = new Findings('lab.md');
    expect(parseFence('```sh constructor #x', {line: 1, col: 1}, '', findings)).toBeUndefined();
    expect(findings.list.map(f => f.code)).toEqual(['fence.verb']);
  });
});

describe('the nearest word', () => {
  it.each([
    ['predcit', ['predict', 'check'], 'predict'],
    ['hots', ['host', 'box'], 'host'],
    ['net', ['network', 'mount'], 'network'],
    ['xyz', ['predict', 'check'], undefined],
    ['a', ['b', 'c'], undefined],
    ['', ['b'], undefined],
  ])('%j of %j is %j', (word, known, expected) => expect(nearest(word, known)).toBe(expected));
});

describe('Chinese without gaps', () => {
  it.each([
    ['一行，\n又一行', '一行，又一行'],
    ['一行\n又一行', '一行又一行'],
    ['调用了\n`clone3`，然后', '调用了\n`clone3`，然后'],
    ['标志：\n`CLONE_NEWUTS`', '标志：`CLONE_NEWUTS`'],
    ['同一个数。进程号归 PID 命名空间管', '同一个数。进程号归 PID 命名空间管'],
    ['折叠， 之后', '折叠，之后'],
    ['第一段。\n\n第二段', '第一段。\n\n第二段'],
    ['列表：\n- 一\n- 二', '列表：\n- 一\n- 二'],
    ['例子：\n\n```sh\n甲\n乙\n```\n\n之后\n再说', '例子：\n\n```sh\n甲\n乙\n```\n\n之后再说'],
  ])('%j', (text, expected) => expect(tidyChinese(text)).toBe(expected));
});
