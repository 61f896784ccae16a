/** Starts the screens on a real terminal, and ends them in whichever way they end. */
import {render} from 'ink';
import type {UiDeps} from '../deps.ts';
import {inkStdin, inkStdout} from '../screen/ink-streams.ts';
import {probeWidths} from '../screen/probe.ts';
import {Router} from '../screen/router.ts';
import {Screen} from '../screen/screen.ts';
import {Tty} from '../screen/tty.ts';
import {App} from './App.tsx';
import {AppModel} from './model.ts';

/** Ending a session takes well under a second; a terminal that is gone does not wait for more than this. */
const END_MS = 5000;
const EXIT_CODES: Record<string, number> = {SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143};

/** Runs until the learner leaves; resolves to the exit status with the terminal as it was. Rejects with what crashed. */
export function run(deps: UiDeps): Promise<number> {
  return new Promise((resolve, reject) => {
    let crash: {error: unknown} | undefined;
    const tty = new Tty(deps.stdin, deps.stdout, {
      onData: data => router.push(data),
      onResize: () => model.resize(tty.size),
      onWrite: deps.onOutput,
      onContinue: () => screen.clear(),
      onGone: signal => end(EXIT_CODES[signal] ?? 129),
      onCrash: error => {
        crash ??= {error};
        end(1);
      },
    });
    const screen = new Screen(tty, () => tty.size);
    const keys = inkStdin();
    const router = new Router({
      toInk: data => keys.write(data),
      onBack: () => model.lab?.leaveTerminal(),
      onInput: () => model.lab?.onInput(),
    });
    const {ascii} = deps.settings;
    const model = new AppModel({
      deps,
      openLab: async (app, open) => {
        if (open.session?.watched?.how === 'notes')
          return (await import('../notes/open.tsx')).openNotes(app, open.session);
        if (deps.mode?.kind === 'quiz') return (await import('../quiz/open.tsx')).openQuiz(app);
        if (deps.mode?.kind === 'demo') return (await import('../demo/open.tsx')).openDemo(app, open);
        return (await import('../lab/open.tsx')).openLab(app, open);
      },
      prefetch: () => void Promise.all([import('../lab/open.tsx'), import('../markdown/markdown.ts')]).catch(() => {}),
      ascii: ascii === 'yes',
      size: tty.size,
      terminal: {screen, router, write: tty.write, suspend: () => tty.suspend()},
      onQuit: status => {
        screen.stop();
        ink.unmount();
        model.close();
        tty.close();
        if (crash) reject(crash.error);
        else resolve(status);
      },
    });
    const end = (status: number) => {
      setTimeout(() => process.exit(status), END_MS).unref();
      model.quit(status);
    };
    tty.open();
    screen.start();
    if (ascii === 'auto') probeWidths(tty.write, router, narrow => model.useAscii(!narrow));
    // debug: each write of Ink's is one whole frame, drawn when the state changes and not when a timer says so.
    const ink = render(<App model={model} />, {
      stdout: inkStdout(screen, () => tty.size),
      stdin: keys,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    ink.waitUntilExit().catch(error => {
      crash ??= {error};
      end(1);
    });
    setImmediate(() => model.load());
  });
}
