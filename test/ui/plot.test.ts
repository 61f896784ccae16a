import {describe, expect, it} from 'vitest';
import {makeLook} from '../../src/ui/app/look.ts';
import {CpuHistory, cpuLines, curveRows, plotLines} from '../../src/ui/lab/plot.ts';

const facts = (share: bigint | undefined, quota = -1n) => ({
  cpu: {quota, period: 100000n, ...(share === undefined ? {} : {share})},
});

describe('a curve', () => {
  it('grows from the bottom, in eighths of a line', () => {
    expect(curveRows([0, 125, 500, 1000, 2000], 1000, 5, 1, false)).toEqual([' ▁▄██']);
    expect(curveRows([250, 500, 750, 1000], 1000, 4, 2, false)).toEqual(['  ▄█', '▄███']);
  });

  it('has three heights in ASCII, and shows the smallest share', () => {
    expect(curveRows([0, 1, 400, 700, 1000], 1000, 5, 1, true)).toEqual([' ..:#']);
  });

  it('ends with the newest, leaves gaps where nothing is known, and fills up from the right', () => {
    expect(curveRows([1000, null, 1000], 1000, 5, 1, false)).toEqual(['  █ █']);
    expect(curveRows([1000, 0, 0, 1000], 1000, 2, 1, false)).toEqual([' █']);
  });
});

describe('a plot', () => {
  const curves = [
    {label: 'box', shares: [1000, 990]},
    {label: 'limited', shares: [200, null], limit: 200},
  ];

  it('has a band for each container, on one scale', () => {
    expect(plotLines(curves, 24, 6, false)).toEqual([
      'box  99.0 %             ',
      '                      ██',
      '                      ██',
      'limited  – (≤ 20.0 %)   ',
      '                        ',
      '                      ▃ ',
    ]);
  });

  it('never takes more room than there is', () => {
    for (const [width, height] of [
      [10, 1],
      [40, 3],
      [80, 9],
      [1, 4],
      [20, 0],
    ] as const) {
      const lines = plotLines(curves, width, height, true);
      expect(lines.length).toBeLessThanOrEqual(height);
      for (const line of lines)
        expect(line.length).toBeLessThanOrEqual(Math.max(width, line.includes('–') ? width : 0));
    }
    expect(plotLines([], 10, 5, false)).toEqual([]);
  });

  it('of two CPUs has two CPUs as its scale', () => {
    expect(plotLines([{label: 'a', shares: [2000, 1000]}], 2, 2, false)[1]).toBe('█▄');
  });
});

describe('history', () => {
  it('follows the containers, and the host where there is none; a sample counts once', () => {
    const history = new CpuHistory();
    const first = {host: facts(100n), box: null};
    history.note(first);
    history.note(first);
    expect(history.curves()).toEqual([{label: 'host', shares: [100], limit: undefined}]);
    history.note({host: facts(1n), box: facts(undefined, 20000n)});
    history.note({host: facts(1n), box: facts(200n, 20000n)});
    expect(history.curves()).toEqual([{label: 'box', shares: [null, 200], limit: 200}]);
    history.note({host: facts(1n), box: null});
    expect(history.curves().map(curve => curve.label)).toEqual(['host']);
  });

  it('stays bounded', () => {
    const history = new CpuHistory();
    for (let i = 0; i < 2000; i++) history.note({host: facts(1n)});
    expect(history.curves()[0]!.shares.length).toBe(500);
  });

  it('belongs to a playing of a lab', () => {
    const look = makeLook('en', false, 'none');
    const [one, other] = [{}, {}];
    cpuLines(one, {box: facts(1000n)}, look, 20, 3);
    expect(cpuLines(one, {box: facts(1000n)}, look, 20, 3)![1]).toBe('██'.padStart(20));
    expect(cpuLines(other, {box: facts(1000n)}, look, 20, 3)![1]).toBe('█'.padStart(20));
    expect(cpuLines({}, {box: {}}, look, 20, 3)).toBeUndefined();
  });
});
