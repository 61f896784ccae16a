/** Who we are, and what that allows: root, the root of a user namespace, or nothing that makes namespaces. */
import {existsSync} from 'node:fs';
import {parseStatus, slurp} from '../facts/proc.ts';
import type {HostFinding} from '../types.ts';
import {bad, good, partly} from './find.ts';
import {userNamespaceBarrier} from './userns.ts';

const CAP_SYS_ADMIN = 21n;

export interface Rights {
  uid: number;
  /** uid 0 with CAP_SYS_ADMIN. */
  root: boolean;
  /** Not root, but the root of a user namespace for the asking. */
  mapped: boolean;
}

/** @param filtered a filter of system calls keeps unshare(2) from us */
export function readRights(filtered: boolean): Rights {
  const mask = parseStatus(slurp('/proc/self/status') ?? '').get('CapEff') ?? '0';
  const uid = process.geteuid?.() ?? -1;
  const root = uid === 0 && ((BigInt(`0x${mask}`) >> CAP_SYS_ADMIN) & 1n) === 1n;
  // uid 0 without capabilities sits in somebody's container, which bars user namespaces as well.
  const mayMap = !root && uid !== 0 && !filtered;
  const mapped = mayMap && existsSync('/proc/self/ns/user') && userNamespaceBarrier() === undefined;
  return {uid, root, mapped};
}

export function rootFinding({uid, root, mapped}: Rights): HostFinding {
  const id = 'root';
  const found = `uid ${uid}`;
  if (root) return good(id, found, 'host.root.ok');
  if (mapped) return partly(id, found, 'host.root.mapped', {}, 'host.cure.sudo');
  if (uid === 0) return bad(id, found, 'host.root.no-capability', {}, 'host.cure.capability');
  return bad(id, found, 'host.root.no', {}, 'host.cure.sudo');
}
