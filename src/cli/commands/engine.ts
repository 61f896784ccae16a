/** `glassbox engine`: containers by hand, for instructors and tests, with Docker's words where Docker has them. */
import {Command, CommanderError, Option} from 'commander';
import {render} from '../../course/index.ts';
import {openEngine} from '../../engine/index.ts';
import {enginePlace} from '../engine/places.ts';
import {Records} from '../engine/records.ts';
import type {Entry} from '../engine/types.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {helpTitles, usageFailure} from '../usage.ts';
import {cliWords} from '../words.ts';

type Run = (context: Context, records: Records, args: string[], options: Record<string, unknown>) => Promise<number>;

const many = (value: string, before: string[] = []): string[] => [...before, value];

/** `argv`: what follows the word `engine`. Resolves to the exit status. */
export async function engine(context: Context, argv: readonly string[]): Promise<number> {
  const records = new Records(enginePlace(context.env));
  // Typed by hand, it is no command.
  if (argv[0] === 'supervise' && !context.stdin.isTTY)
    return (await import('../engine/detached.ts')).runDetached(records);
  let status: number = EXIT.ok;
  const program = build(context, records, got => {
    status = got;
  });
  try {
    await program.parseAsync(argv.length > 0 ? [...argv] : ['--help'], {from: 'user'});
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok; // --help has printed
    const verb = verbOf(argv);
    const failure = error instanceof CommanderError ? usageFailure(error, ['engine', verb]) : error;
    // Of these, 1 and 2 are the program's own statuses.
    if (verb !== 'run' && verb !== 'exec') throw failure;
    return (await import('../engine/verbs/run.ts')).refuse(context, failure);
  }
  return status;
}

/** The command's name, behind what may stand before it. */
function verbOf(argv: readonly string[]): string {
  let at = 0;
  while (argv[at]?.startsWith('--lang')) at += argv[at] === '--lang' ? 2 : 1;
  return argv[at] ?? '';
}

async function tellRemoved(records: Records, entries: readonly Entry[]): Promise<void> {
  const [{tellOnce}, {eventOf}] = await Promise.all([
    import('../engine/events/teller.ts'),
    import('../engine/events/types.ts'),
  ]);
  await tellOnce(
    records.place,
    entries.map(entry => eventOf(entry, 'removed')),
  );
}

/** What killed supervisors left: their entries, and where there were some, their stages too. */
async function sweep(records: Records): Promise<void> {
  const {killed, old} = records.sweep();
  if (killed.length + old.length > 0) await tellRemoved(records, [...killed, ...old]);
  if (killed.length === 0) return;
  const opened = await openEngine();
  await opened.sweep();
  await opened.close();
}

function build(context: Context, records: Records, done: (status: number) => void): Command {
  const {lang} = context;
  const t = (code: string) => render(cliWords, lang, code);
  const titles = helpTitles(lang);
  const shape = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({writeErr: () => {}, outputError: () => {}})
      .configureHelp({styleTitle: title => titles[title] ?? title})
      .helpOption('--help', t('opt.help'))
      .addOption(new Option('--lang <en|zh>', t('opt.lang')).argParser(langOf));
  const program = shape(new Command('glassbox engine'))
    .description(`${t('cmd.engine')}\n\n${t('engine.about')}`)
    .helpCommand('help [command]', t('cmd.help'))
    .enablePositionalOptions();
  const add = (name: string, load: () => Promise<Run>): Command => {
    const command = shape(program.command(name))
      .description(t(`engine.cmd.${name}`))
      .allowExcessArguments(false);
    command.action(async (...all: unknown[]) => {
      const self = all.at(-1) as Command;
      await sweep(records);
      done(await (await load())(context, records, self.args, self.opts()));
    });
    return command;
  };
  const o = (flags: string, word: string): [string, string] => [flags, t(`engine.opt.${word}`)];
  const limits = (command: Command): Command =>
    command
      .option(...o('-m, --memory <bytes>', 'memory'))
      .option(...o('--cpus <n>', 'cpus'))
      .option(...o('--cpu-shares <n>', 'cpu-shares'))
      .option(...o('--pids-limit <n>', 'pids-limit'));
  const json = (command: Command): Command => command.option('--json', t('opt.json'));
  const control = () => import('../engine/verbs/control.ts');
  const names = ['<names...>', t('engine.arg.names')] as const;

  const run = add('run', async () => (await import('../engine/verbs/run.ts')).run as Run)
    .argument('[command...]', t('engine.arg.command'))
    .passThroughOptions()
    .option(...o('-d, --detach', 'detach'))
    .option(...o('-i, --interactive', 'interactive'))
    .option(...o('-t, --tty', 'tty'))
    .option(...o('--rm', 'rm'))
    .option(...o('--init', 'init'))
    .option(...o('--name <name>', 'name'))
    .option(...o('-h, --hostname <name>', 'hostname'))
    .option(...o('-e, --env <k=v>', 'env'), many)
    .option(...o('-w, --workdir <dir>', 'workdir'))
    .option(...o('-u, --user <uid[:gid]>', 'user'))
    .option(...o('--rootfs <dir[:O]>', 'rootfs'))
    .option(...o('--programs <list>', 'programs'))
    .option(...o('--bundle <dir>', 'bundle'))
    .option(...o('-v, --volume <src:dst[:ro]>', 'volume'), many)
    .option(...o('--tmpfs <dst[:options]>', 'tmpfs'), many)
    .option(...o('--read-only', 'read-only'))
    .option(...o('--no-pivot', 'no-pivot'))
    .option(...o('--device <path[:path]>', 'device'), many)
    .option(...o('--network <mode>', 'network'))
    .option(...o('--pid <mode>', 'pid'))
    .option(...o('--ipc <mode>', 'ipc'))
    .option(...o('--uts <mode>', 'uts'))
    .option(...o('--cgroupns <mode>', 'cgroupns'))
    .option(...o('--userns <mode>', 'userns'))
    .option(...o('--uidmap <in:out:n>', 'uidmap'), many)
    .option(...o('--gidmap <in:out:n>', 'gidmap'), many)
    .option(...o('--cap-add <name>', 'cap-add'), many)
    .option(...o('--cap-drop <name>', 'cap-drop'), many)
    .option(...o('--security-opt <what>', 'security-opt'), many)
    .option(...o('--profile <isolated|strict>', 'profile'))
    .option(...o('--sysctl <k=v>', 'sysctl'), many)
    .option(...o('--ulimit <name=soft[:hard]>', 'ulimit'), many)
    .option(...o('--journal', 'journal'))
    .option('--real-host', t('engine.opt.real-host'));
  json(limits(run));
  json(add('ps', async () => (await import('../engine/verbs/ps.ts')).ps as Run)).option(...o('-a, --all', 'all'));
  add('exec', async () => (await import('../engine/verbs/exec.ts')).exec as Run)
    .argument('<name>', t('engine.arg.name'))
    .argument('[command...]', t('engine.arg.command'))
    .passThroughOptions()
    .option(...o('-i, --interactive', 'interactive'))
    .option(...o('-t, --tty', 'tty'))
    .option(...o('-e, --env <k=v>', 'env'), many)
    .option(...o('-w, --workdir <dir>', 'workdir'))
    .option(...o('-u, --user <uid[:gid]>', 'user'));
  json(add('kill', async () => (await control()).kill as Run).argument(...names)).option(
    ...o('-s, --signal <signal>', 'signal'),
  );
  json(add('rm', async () => (await control()).rm as Run).argument(...names)).option(...o('-f, --force', 'force'));
  json(
    add('inspect', async () => (await import('../engine/verbs/look.ts')).inspect as Run).argument(
      '<name>',
      t('engine.arg.name'),
    ),
  );
  json(
    add('stats', async () => (await import('../engine/verbs/look.ts')).stats as Run)
      .argument('[names...]', t('engine.arg.names'))
      .option(...o('--no-stream', 'no-stream')),
  );
  json(add('events', async () => (await import('../engine/verbs/events.ts')).events as Run));
  json(add('logs', async () => (await control()).logs as Run).argument('<name>', t('engine.arg.name')));
  json(add('wait', async () => (await control()).wait as Run).argument(...names));
  json(limits(add('update', async () => (await control()).update as Run).argument(...names)));
  json(add('pause', async () => (await control()).pause as Run).argument(...names));
  json(add('unpause', async () => (await control()).unpause as Run).argument(...names));
  return program;
}

function langOf(got: string): string {
  if (got === 'en' || got === 'zh') return got;
  throw new CliFailure(EXIT.usage, 'usage.lang', {got});
}
