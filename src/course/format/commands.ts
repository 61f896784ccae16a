/** `sh` blocks: which commands, on which side, and what they should come to. */
import {constants} from 'node:os';
import type {RunBlock} from '../lab.ts';
import type {Fence} from './fence.ts';
import type {Findings, Place} from './findings.ts';
import {nearest} from './nearest.ts';

export interface Command {
  text: string;
  at: Place;
}

/** One command per line; a line that ends in a backslash goes on in the next; empty lines and comments are dropped. */
export function commandsOf(fence: Fence): Command[] {
  const commands: Command[] = [];
  let open: Command | undefined;
  fence.body.split('\n').forEach((line, i) => {
    if (!open && (line.trim() === '' || /^\s*#/.test(line))) return;
    const goesOn = /(^|[^\\])(\\\\)*\\$/.test(line);
    const text = goesOn ? line.slice(0, -1) : line;
    if (open) open.text += text.trimStart();
    else {
      open = {
        text: text.trimStart(),
        at: {line: fence.at.line + 1 + i, col: line.length - line.trimStart().length + 1},
      };
      commands.push(open);
    }
    if (!goesOn) open = undefined;
  });
  return commands.map(command => ({...command, text: command.text.trimEnd()}));
}

function readExpect(fence: Fence, findings: Findings): number | string {
  const attr = fence.attrs.get('expect');
  if (!attr) return 0;
  if (/^\d+$/.test(attr.value) && Number(attr.value) <= 255) return Number(attr.value);
  if (Object.hasOwn(constants.errno, attr.value)) return attr.value;
  const near = nearest(attr.value, Object.keys(constants.errno));
  findings.error('run.expect', attr.at, {came: attr.value, nearest: /^[A-Za-z]/.test(attr.value) && near ? near : ''});
  return 0;
}

/** The run block of an `sh` fence. `sides` are the sides that exist above it ('host' and containers). */
export function readRun(fence: Fence, sides: readonly string[], file: string, findings: Findings): RunBlock {
  const on = fence.attrs.get('on');
  if (!on) findings.error('run.no-side', fence.at, {verb: fence.verb, known: sides.join(', ')});
  else if (!sides.includes(on.value))
    findings.error('run.side', on.at, {
      came: on.value,
      known: sides.join(', '),
      nearest: nearest(on.value, sides) ?? '',
    });
  const commands = commandsOf(fence);
  if (commands.length === 0) findings.error('run.empty', fence.at, {verb: fence.verb});
  const enters = fence.attrs.get('enters');
  return {
    kind: 'run',
    pos: {file, ...fence.at},
    ...(fence.verb === 'run' && fence.id !== undefined && {id: fence.id}),
    on: on?.value ?? 'host',
    commands: commands.map(command => command.text),
    expect: readExpect(fence, findings),
    ...(enters && {enters: enters.value}),
    ...(fence.verb !== 'mistake' && fence.attrs.has('when') && {when: fence.attrs.get('when')!.value}),
  };
}
