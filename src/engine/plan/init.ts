/** The last call of every child: execve of its program, or of an init that starts it (native/init.c). */
import {AT, AT_FDCWD, F, F_SEAL, MFD, O} from '../flags.ts';
import type {ProcessSpec} from '../types.ts';
import type {Op} from './types.ts';

export interface InitProgram {
  /** glassbox-init, as the keeper sees it. */
  file: string;
  /** From 6.3 on the kernel wants to be told that a memfd is to be executed, older ones do not know the word. */
  toldExec: boolean;
}

interface Start {
  program: string;
  marker?: readonly string[];
  init?: InitProgram;
}

/** More than it has: sendfile(2) ends with the file. */
const WHOLE = 1 << 20;

/**
 * A copy of the init for this container alone, which nobody can write to: its root may open /proc/1/exe, and what it finds there must
 * not be a file of the machine. No file of the init has to be in the container's root.
 */
export function copyInit({init}: Pick<Start, 'init'>): Op[] {
  if (!init) return [];
  const from = {slot: 'init.file'};
  const copy = {slot: 'init'};
  const flags = MFD.MFD_CLOEXEC | MFD.MFD_ALLOW_SEALING | (init.toldExec ? MFD.MFD_EXEC : 0);
  const seals = F_SEAL.F_SEAL_SEAL | F_SEAL.F_SEAL_SHRINK | F_SEAL.F_SEAL_GROW | F_SEAL.F_SEAL_WRITE;
  const opened = [AT_FDCWD, init.file, O.O_CLOEXEC, 0];
  return [
    {call: 'openat', args: opened, purpose: 'process.init-open', as: from.slot, fd: true},
    {call: 'memfd_create', args: ['init', flags], purpose: 'process.init-copy', as: copy.slot, fd: true},
    {call: 'sendfile', args: [copy, from, null, WHOLE], purpose: 'process.init-copy'},
    {call: 'fcntl', args: [copy, F.F_ADD_SEALS, seals], purpose: 'process.init-seal'},
  ];
}

export function startProgram(process: ProcessSpec, {program, marker = [], init}: Start): Op {
  const env = {strings: [...(process.env ?? []), ...marker]};
  if (!init) return {call: 'execve', args: [program, {strings: process.args}, env], purpose: 'process.exec'};
  const argv = {strings: ['init', program, ...process.args]};
  return {call: 'execveat', args: [{slot: 'init'}, '', argv, env, AT.AT_EMPTY_PATH], purpose: 'process.init'};
}
