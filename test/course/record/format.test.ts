/** Every event comes out of a recording as it went in, and what is no event does no harm. */
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Event, fold, initialState} from '../../../src/course/index.ts';
import {lineOf, parseLine} from '../../../src/course/record/format.ts';
import {smallLab} from '../../ui/support/lab.ts';
import {anyEvent, eventOfType, TYPES} from './arbitrary.ts';

const again = (event: Event) => {
  const line = parseLine(lineOf({kind: 'event', event}));
  return line?.kind === 'event' ? line.event : undefined;
};

describe('an event in a recording', () => {
  it.each(TYPES)('%s comes out as it went in', type => {
    fc.assert(
      fc.property(eventOfType(type), event => {
        expect(again(event)).toEqual(event);
      }),
      {numRuns: 60},
    );
  });

  it('is one line, whatever is in it', () => {
    fc.assert(fc.property(anyEvent, event => !lineOf({kind: 'event', event}).includes('\n')));
  });

  it('folds into the same state as the live one', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, {maxLength: 12}), events => {
        const live = events.reduce(fold, initialState(smallLab()));
        expect(events.map(event => again(event)!).reduce(fold, initialState(smallLab()))).toEqual(live);
      }),
    );
  });

  it('keeps numbers that JSON cannot hold', () => {
    const most = 9223372036854771712n;
    const event = {type: 'facts', sides: {box: {limit: most}}, changed: [], seq: 1, ms: 2} as Event;
    expect(again(event)).toEqual(event);
  });
});

describe('a lab in a recording', () => {
  it('comes out as it went in', () => {
    const line = {kind: 'lab', lab: smallLab()} as const;
    expect(parseLine(lineOf(line))).toEqual(line);
  });

  it('must be whole', () => {
    const {steps, ...rest} = smallLab();
    expect(parseLine(JSON.stringify({kind: 'lab', lab: rest}))).toBeUndefined();
    expect(
      parseLine(JSON.stringify({kind: 'lab', lab: {...rest, steps: [{...steps[0], title: 'x'}]}})),
    ).toBeUndefined();
  });
});

describe('what is no line of a recording', () => {
  it('is said to be none, and nothing is thrown', () => {
    fc.assert(fc.property(fc.json(), text => parseLine(text) === undefined));
    fc.assert(fc.property(fc.string(), text => parseLine(text) === undefined));
  });

  it('is an event without one of its fields, or with one of another kind', () => {
    const one = {type: 'check', id: 'c', verdict: 'pass', values: {}, seq: 1, ms: 2};
    const line = (event: unknown) => parseLine(JSON.stringify({kind: 'event', event}));
    expect(line(one)).toBeDefined();
    for (const field of Object.keys(one)) expect(line({...one, [field]: undefined}), field).toBeUndefined();
    expect(line({...one, verdict: 'perhaps'})).toBeUndefined();
    expect(line({type: 'bytes', side: 'host', data: '***', seq: 1, ms: 2})).toBeUndefined();
    expect(line({type: 'terminal-opened', side: 'host', cols: 1e9, rows: 1, seq: 1, ms: 2})).toBeUndefined();
  });
});
