/** Standard input: a pipe where the specification asks for one, /dev/null otherwise. */
import {describe, expect, test} from 'vitest';
import type {ProcessSpec} from '../../../src/engine/index.ts';
import {specProblems} from '../../../src/engine/index.ts';
import {openStage, output} from '../support.ts';

const cat: ProcessSpec = {args: ['cat'], stdin: true};

describe('standard input', () => {
  test('what is written there is read inside, to its end, also by a further process', async () => {
    const stage = await openStage();
    const spec = {process: {args: ['sh', '-c', 'cat; echo end; exec sleep 1000']}};
    const box = await stage.run('box', {...spec, process: {...spec.process, stdin: true}});
    const first = new Promise<string>(resolve => {
      let text = '';
      box.stdout?.on('data', data => {
        text += String(data);
        if (text.endsWith('end\n')) resolve(text);
      });
    });
    box.stdin?.write('one ');
    box.stdin?.end('two\n');
    expect(await first).toBe('one two\nend\n');
    const further = await box.exec(cat);
    const said = output(further);
    further.stdin?.end('three');
    expect(await said).toBe('three');
  });

  test('more than a pipe holds arrives whole', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {process: {args: ['sha256sum'], stdin: true}});
    const said = output(box);
    box.stdin?.end(Buffer.alloc(3 << 20, 'x'));
    const here = await stage.spawn('here', {args: ['sh', '-c', 'head -c 3145728 /dev/zero | tr "\\0" x | sha256sum']});
    expect(await said).toBe(await output(here));
  });

  test('without it there is none, and a reader that has gone harms nobody', async () => {
    const stage = await openStage();
    const none = await stage.run('none', {process: {args: ['cat']}});
    expect(none.stdin).toBeUndefined();
    expect(await output(none)).toBe('');
    const deaf = await stage.run('deaf', {process: {args: ['true'], stdin: true}});
    await deaf.wait();
    deaf.stdin?.write('x');
    expect((await deaf.wait()).code).toBe(0);
  });

  test('with a terminal it is refused', async () => {
    const [problem] = await specProblems({process: {args: ['cat'], terminal: true, stdin: true}});
    expect(problem).toMatchObject({code: 'spec.only-with', params: {path: 'process.stdin'}});
  });
});
