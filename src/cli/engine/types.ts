/** What one `glassbox engine run` is about, and what is known of it later. */
import type {ContainerSpec, ExitStatus, Resources} from '../../engine/index.ts';

/** A place to mount upon: an empty folder, or an empty file. */
export interface Point {
  at: string;
  file: boolean;
}

/** What a supervisor is given: plain data, since a detached one is a process of its own. */
export interface Job {
  /** Twelve hex digits; the container's id on its stage too. */
  id: string;
  name: string;
  spec: ContainerSpec;
  /** The specification comes from a bundle and gets nothing besides. */
  asItIs: boolean;
  realHost: boolean;
  detached: boolean;
  /** Nothing is kept of it when it has ended. */
  rm: boolean;
  /** Controllers that have to be there; the others are taken where they may be had. */
  controllers: string[];
  /** Below the stage's own folder, made before the container is: what is mounted upon. */
  points: Point[];
}

/** A container as others find it: one small file, written before anything is made. */
export interface Entry {
  version: 1;
  id: string;
  name: string;
  /** argv of its first process. */
  command: string[];
  /** ISO 8601. */
  created: string;
  detached: boolean;
  rm: boolean;
  /** Its supervisor: PID, and clock ticks after boot (proc_pid_stat(5)), so that no other process is taken for it. */
  pid: number;
  start: string;
  boot: string;
  /** The PID namespace in which `pid` means something. */
  pids: string;
}

/** 'ended': it is over, and kept until `rm`. */
export type BoxState = 'creating' | 'created' | 'running' | 'paused' | 'stopped' | 'ended';

export interface BoxStatus {
  state: BoxState;
  /** In the machine's PID namespace; 0: none. */
  pid: number;
  started?: string;
  finished?: string;
  exit?: ExitStatus;
  /** The keeper was killed, and everything with it. */
  lost?: boolean;
  /** Why nothing could be written down of its end: an errno. */
  unkept?: string;
}

/** Limits, as `update` takes them. */
export type Limits = Resources;
