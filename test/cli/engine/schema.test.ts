/** The shapes of what `glassbox engine` prints as JSON: docs/engine.schema.json. */
import {describe, expect, test} from 'vitest';
import {engineJsonSchema} from '../../../src/cli/engine/schema.ts';
import {faults, fits, schema} from './shapes.ts';
import {engine} from './support.ts';

describe('--json', () => {
  test('the schema in docs is the one of the code', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(engineJsonSchema())));
  });

  test('what is printed of one that runs, and of one that has ended, fits it; what is not so does not', () => {
    const e = engine();
    e(['run', '-d', '--name', 'one', '-m', '64m', 'sleep', '1000']);
    e(['run', '-d', '--name', 'two', 'sh', '-c', 'kill -TERM $$']);
    e(['wait', 'two']);
    const [one, two] = ['one', 'two'].map(name => JSON.parse(e(['inspect', name]).stdout) as Record<string, unknown>);
    expect(faults('inspect', one)).toBe(fits);
    expect(faults('inspect', two)).toBe(fits);
    const ps = JSON.parse(e(['ps', '-a', '--json']).stdout) as object[];
    expect(ps).toHaveLength(2);
    expect(faults('ps', ps)).toBe(fits);
    const stats = JSON.parse(e(['stats', '--json']).stdout) as object[];
    expect(stats).toMatchObject([{name: 'one', memory: {limit: 64 * 2 ** 20}}]);
    expect(faults('stats', stats)).toBe(fits);

    expect(faults('inspect', {...one, version: 2})).toContain('version');
    expect(faults('inspect', {...one, id: 'one'})).toContain('id');
    expect(faults('inspect', {...one, journal: undefined, mounts: [{}]})).toMatch(/journal.*mounts|mounts.*journal/);
    expect(faults('ps', [{...ps[0], state: 'asleep'}])).toContain('state');
    expect(faults('stats', [{...stats[0], memory: {limit: 'much'}}])).toContain('memory');
    expect(faults('event', {time: 'now', event: 'born', id: one!.id, name: 'one'})).toMatch(/time.*event/);
  });
});
