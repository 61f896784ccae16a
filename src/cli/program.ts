/** The command line: commander with our own words, in the reader's language, and one status per kind of failure. */
import {Command, CommanderError, Option} from 'commander';
import {render} from '../course/index.ts';
import {type Settings, THEMES, type Theme} from '../ui/index.tsx';
import {openContext} from './context.ts';
import {CliFailure, type Context, EXIT} from './failure.ts';
import {helpTitles, usageFailure} from './usage.ts';
import {cliWords} from './words.ts';

type Action = (context: Context, args: string[], options: Record<string, unknown>) => Promise<number>;

/** Parses and runs one command. Resolves to the exit status; CliFailure for what the reader must be told. */
export async function runProgram(argv: string[]): Promise<number> {
  const context = await openContext(argv);
  const engine = engineWords(argv);
  if (engine) return (await import('./commands/engine.ts')).engine(context, engine);
  let status: number = EXIT.ok;
  const program = build(context, argv, got => {
    status = got;
  });
  try {
    await program.parseAsync(argv, {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok; // --help and --version have printed
    throw usageFailure(error, argv);
  }
  return status;
}

function build(context: Context, argv: readonly string[], done: (status: number) => void): Command {
  const {lang} = context;
  const t = (code: string) => render(cliWords, lang, code);
  const quiet = {writeErr: () => {}, outputError: () => {}};
  const titles = helpTitles(lang);
  const shape = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput(quiet)
      .configureHelp({styleTitle: title => titles[title] ?? title})
      .helpOption('-h, --help', t('opt.help'));
  // The program's own --lang takes the word before the command's does, so both must know it.
  const both = argv.includes('handout');
  const langOption = () =>
    new Option(both ? '--lang <en|zh|both>' : '--lang <en|zh>', t(both ? 'opt.handout.lang' : 'opt.lang')).argParser(
      value => {
        if (value === 'en' || value === 'zh' || (both && value === 'both')) return value;
        throw new CliFailure(EXIT.usage, both ? 'usage.handout.lang' : 'usage.lang', {got: value});
      },
    );

  const lookOption = (name: 'theme' | 'ascii') => {
    const known: readonly string[] = {theme: THEMES, ascii: ['auto', 'yes', 'no']}[name];
    return new Option(`--${name} <${known.join('|')}>`, t(`opt.${name}`)).argParser(value => {
      if (known.includes(value)) return value;
      throw new CliFailure(EXIT.usage, 'usage.look', {name, got: value, known: known.join(', ')});
    });
  };

  const program = shape(new Command('glassbox'))
    .description(`${t('about')}\n\n${t('about.more')}`)
    .version(context.version, '-V, --version', t('opt.version'))
    .helpCommand('help [command]', t('cmd.help'))
    .addOption(langOption())
    .option('--real-host', t('opt.real-host'))
    .option('--labs <dir>', t('opt.labs-dir'))
    .option('--plain', t('opt.plain'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'))
    .action((options: Record<string, unknown>, self: Command) => {
      const [lab, ...more] = self.args;
      // `glassbox 03` is short for `glassbox learn 03`; a name might as well be a command mistyped.
      if (lab !== undefined && !/^\d+$/.test(lab))
        throw new CliFailure(EXIT.usage, 'usage.unknown-command', {what: lab, command: ''});
      if (more.length > 0) throw new CliFailure(EXIT.usage, 'usage.excess', {expected: '1', command: 'learn '});
      return learnAction(within(context, options), self.args, options).then(done);
    });
  program.allowExcessArguments(true);

  const add = (name: string, words: string, load: () => Promise<Action>): Command => {
    const command = shape(program.command(name)).description(t(words)).addOption(langOption());
    command.option('--labs <dir>', t('opt.labs-dir'));
    command.allowExcessArguments(false);
    command.action(async (...all: unknown[]) => {
      const self = all.at(-1) as Command;
      const options = {...program.opts(), ...self.opts()};
      const action = await load();
      done(await action(within(context, options), self.args, options));
    });
    return command;
  };

  add('learn', 'cmd.learn', async () => learnAction)
    .argument('[lab]', t('arg.lab'))
    .option('--real-host', t('opt.real-host'))
    .option('--plain', t('opt.plain'))
    .option('--record <file>', t('opt.record'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'));
  add('run', 'cmd.run', async () => (await import('./commands/run.ts')).run)
    .argument('<lab>', t('arg.lab'))
    .option('--json', t('opt.json.events'))
    .option('--seed <text>', t('opt.seed'))
    .option('--predict <id=choice>', t('opt.predict'), (value: string, before: string[] = []) => [...before, value])
    .option('--real-host', t('opt.real-host'));
  add('labs', 'cmd.labs', async () => (await import('./commands/labs.ts')).labs).option('--json', t('opt.json'));
  add('lint', 'cmd.lint', async () => (await import('./commands/lint.ts')).lint)
    .argument('[labs...]', t('arg.labs'))
    .option('--json', t('opt.json'));
  add('verify', 'cmd.verify', async () => (await import('./commands/verify.ts')).verify)
    .argument('[labs...]', t('arg.labs'))
    .option('--solved', t('opt.solved'))
    .option('--mutants', t('opt.mutants'))
    .option('--json', t('opt.json'));
  add('demo', 'cmd.demo', async () => (await import('./commands/demo.ts')).demo)
    .argument('[labs...]', t('arg.playlist'))
    .option('--notes', t('opt.demo.notes'))
    .option('--share', t('opt.demo.share'))
    .option('--record <file>', t('opt.record'))
    .option('--auto <seconds>', t('opt.demo.auto'))
    .option('--loop', t('opt.demo.loop'))
    .option('--pace <ms|wpm>', t('opt.demo.pace'))
    .option('--real-host', t('opt.real-host'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'));
  add('quiz', 'cmd.quiz', async () => (await import('./commands/quiz.ts')).quiz)
    .argument('[labs...]', t('arg.playlist'))
    .option('--count <n>', t('opt.quiz.count'))
    .option('--seed <text>', t('opt.quiz.seed'))
    .option('--kinds <list>', t('opt.quiz.kinds'))
    .option('--due', t('opt.quiz.due'))
    .option('--graded', t('opt.quiz.graded'))
    .option('--minutes <n>', t('opt.quiz.minutes'))
    .option('--out <file>', t('opt.quiz.out'))
    .option('--student <id>', t('opt.quiz.student'))
    .option('--name <name>', t('opt.quiz.name'))
    .option('--resume', t('opt.quiz.resume'))
    .option('--exam <file>', t('opt.quiz.exam'))
    .option('--secret <file>', t('opt.secret'))
    .option('--plain', t('opt.plain'))
    .option('--json', t('opt.quiz.json'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'));
  add('exam', 'cmd.exam', async () => (await import('./commands/exam.ts')).exam)
    .argument('<lint|draw|seal>', t('arg.exam.what'))
    .argument('<file>', t('arg.exam.file'))
    .option('-o, --output <file>', t('opt.out'))
    .option('--secret <file>', t('opt.secret'));
  add('grade', 'cmd.grade', async () => (await import('./commands/grade.ts')).grade)
    .argument('<files...>', t('arg.results'))
    .option('--to <format>', t('opt.grade.to'))
    .option('-o, --output <file>', t('opt.out'))
    .option('--exam <file>', t('opt.grade.exam'))
    .option('--secret <file>', t('opt.secret'));
  add('rehearse', 'cmd.rehearse', async () => (await import('./commands/rehearse.ts')).rehearse)
    .argument('[labs...]', t('arg.playlist'))
    .option('--pace <ms|wpm>', t('opt.rehearse.pace'))
    .option('--auto <seconds>', t('opt.rehearse.auto'))
    .option('--size <COLSxROWS>', t('opt.rehearse.size'))
    .option('--record <file>', t('opt.rehearse.record'))
    .option('--json', t('opt.json'));
  add('handout', 'cmd.handout', async () => (await import('./commands/handout.ts')).handout)
    .argument('[labs...]', t('arg.labs'))
    .option('--out <dir|file>', t('opt.handout.out'))
    .option('--force', t('opt.handout.force'))
    .option('--instructor', t('opt.handout.instructor'))
    .option('--format <html|md|both>', t('opt.handout.format'))
    .option('--from <recording>', t('opt.handout.from'));
  add('follow', 'cmd.follow', async () => (await import('./commands/follow.ts')).follow)
    .argument('[demo]', t('arg.demo'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'));
  add('export', 'cmd.export', async () => (await import('./commands/export.ts')).exportLabs)
    .argument('[labs...]', t('arg.labs'))
    .option('--to <gift|moodle|qti|anki>', t('opt.export.to'))
    .option('-o, --out <file>', t('opt.export.out'))
    .option('--seed <text>', t('opt.export.seed'))
    .option('--force', t('opt.export.force'));
  add('import', 'cmd.import', async () => (await import('./commands/import.ts')).importQuestions)
    .argument('<file>', t('arg.gift'))
    .option('-o, --out <file>', t('opt.export.out'))
    .option('--force', t('opt.export.force'));
  add('doctor', 'cmd.doctor', async () => (await import('./commands/doctor.ts')).doctor).option(
    '--json',
    t('opt.json'),
  );
  add('new', 'cmd.new', async () => (await import('./commands/new.ts')).create)
    .argument('<id>', t('arg.id'))
    .option('--title <text>', t('opt.title'));
  add('config', 'cmd.config', async () => (await import('./commands/config.ts')).config)
    .option('--init', t('opt.init'))
    .option('--check', t('opt.check'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'))
    .option('--json', t('opt.json'));
  add('replay', 'cmd.replay', async () => (await import('./commands/replay.ts')).replay)
    .argument('<file>', t('arg.recording'))
    .option('--plain', t('opt.plain'))
    .option('--json', t('opt.json.events'))
    .addOption(lookOption('theme'))
    .addOption(lookOption('ascii'));
  // Its own words are taken before: here it is listed, and reached only behind options that are not its own.
  add('engine', 'cmd.engine', async () => async () => {
    throw new CliFailure(EXIT.usage, 'engine.order');
  });
  add('sweep', 'cmd.sweep', async () => (await import('./commands/sweep.ts')).sweep);
  return program;
}

/** What follows the word `engine`, which has commands and options of its own; undefined: another command. */
function engineWords(argv: readonly string[]): string[] | undefined {
  if (argv[0] === 'help' && argv[1] === 'engine') return ['help', ...argv.slice(2)];
  let at = 0;
  while (argv[at]?.startsWith('--lang')) at += argv[at] === '--lang' ? 2 : 1;
  return argv[at] === 'engine' ? argv.slice(at + 1) : undefined;
}

/** The labs of another folder, where one is named. */
function within(context: Context, {labs}: Record<string, unknown>): Context {
  return typeof labs === 'string' ? {...context, labsDir: labs} : context;
}

const learnAction: Action = async (context, args, options) => {
  const {learn} = await import('./learn.ts');
  const look = {theme: options.theme as Theme | undefined, ascii: options.ascii as Settings['ascii'] | undefined};
  const {realHost, plain, record} = options;
  return learn({
    context,
    lab: args[0],
    realHost: realHost === true,
    plain: plain === true,
    look,
    ...(typeof record === 'string' && {record}),
  });
};
