/** Help and complaints of the parser, in the reader's language. */
import type {CommanderError} from 'commander';
import {type Lang, render} from '../course/index.ts';
import {CliFailure, EXIT} from './failure.ts';
import {cliWords} from './words.ts';

/** Commander's titles in help, in a language. */
export function helpTitles(lang: Lang): Record<string, string> {
  const t = (code: string) => render(cliWords, lang, code);
  return {
    'Usage:': t('help.usage'),
    'Options:': t('help.options'),
    'Global Options:': t('help.global'),
    'Commands:': t('help.commands'),
    'Arguments:': t('help.arguments'),
  };
}

/** Commander's error, in our words: what came, what was expected, where it is explained. */
export function usageFailure(error: CommanderError, argv: readonly string[]): CliFailure {
  const [first, second = ''] = argv.filter(word => !word.startsWith('-'));
  const words = first === 'engine' && /^[a-z]+$/.test(second) ? `${first} ${second} ` : `${first} `;
  const command = first && /^[a-z]+$/.test(first) ? words : '';
  const what = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return new CliFailure(EXIT.usage, 'usage.unknown-option', {what, command});
    case 'commander.unknownCommand':
      return new CliFailure(EXIT.usage, 'usage.unknown-command', {
        what,
        command: first === 'engine' ? 'engine ' : '',
      });
    case 'commander.missingArgument':
      return new CliFailure(EXIT.usage, 'usage.missing-argument', {what, command});
    case 'commander.excessArguments':
      return new CliFailure(EXIT.usage, 'usage.excess', {
        expected: /Expected (\d+)/i.exec(error.message)?.[1] ?? '0',
        command,
      });
    case 'commander.optionMissingArgument':
      return new CliFailure(EXIT.usage, 'usage.option-argument', {what, command});
    default:
      return new CliFailure(EXIT.usage, 'usage.other', {message: error.message.replace(/^error: /, ''), command});
  }
}
