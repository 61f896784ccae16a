/**
 * Names of a UTS namespace. /proc/PID/root/proc/sys/kernel/hostname gives the *reader's* host name, so somebody has to be
 * inside: we are, or the keeper is, or the keeper goes there and comes back.
 */
import type {FactContext} from '../facts-context.ts';
import type {Op, Plan} from '../plan/types.ts';
import {perProcess} from './plans.ts';
import {namespaceInode, slurp} from './proc.ts';

export interface UtsNames {
  hostname: string;
  domainname: string;
  kernel: string;
}

/** Each member of struct new_utsname holds 64 characters and a NUL. */
const member = 65;
const size = 6 * member;
const AT_FDCWD = -100;
const O_RDONLY_CLOEXEC = 0o2000000;
const CLONE_NEWUTS = 0x04000000;

/** Parses a struct new_utsname (uname(2)). */
export function parseUtsname(bytes: Buffer): UtsNames {
  const text = (index: number) => {
    const cell = bytes.subarray(index * member, (index + 1) * member);
    const end = cell.indexOf(0);
    return cell.toString('utf8', 0, end < 0 ? member : end);
  };
  return {hostname: text(1), kernel: text(2), domainname: text(5)};
}

/**
 * The plan that asks uname(2): where the keeper is, or, with a PID, inside the UTS namespace of that process. The keeper
 * goes back in `final`, so also after a failure. setns(2) to a UTS namespace is allowed to a single-threaded keeper that
 * has CAP_SYS_ADMIN in the namespace's owner.
 */
export function utsPlan(pid?: number): Plan {
  const uname: Op = {call: 'uname', args: [{buffer: 'names'}], purpose: 'facts.uname'};
  const open = (path: string, as: string): Op => ({
    call: 'openat',
    args: [AT_FDCWD, path, O_RDONLY_CLOEXEC, 0],
    purpose: 'facts.open-namespace',
    as,
    fd: true,
  });
  const enter = (slot: string, purpose: string): Op => ({call: 'setns', args: [{slot}, CLONE_NEWUTS], purpose});
  const frame = {buffers: {names: {size}}, out: ['names']};
  if (pid === undefined) return {...frame, main: [uname]};
  return {
    ...frame,
    main: [
      open('/proc/self/ns/uts', 'own'),
      open(`/proc/${pid}/ns/uts`, 'theirs'),
      enter('theirs', 'facts.enter'),
      uname,
    ],
    final: [enter('own', 'facts.return')],
  };
}

const plan = perProcess(utsPlan);

/** Names in the UTS namespace of `pid`, whose inode is `inode`. Rejects as ctx.probe does. */
export async function readUts(ctx: FactContext, pid: number, inode: bigint | undefined): Promise<UtsNames> {
  if (inode !== undefined && inode === namespaceInode('self', 'uts')) return ownNames();
  const keeperIsThere = inode !== undefined && inode === namespaceInode(ctx.stage.keeperPid, 'uts');
  const {out} = await ctx.probe(plan(keeperIsThere ? undefined : pid));
  return parseUtsname(out.names!);
}

function ownNames(): UtsNames {
  const read = (name: string) => slurp(`/proc/sys/kernel/${name}`)?.trimEnd() ?? '';
  return {hostname: read('hostname'), domainname: read('domainname'), kernel: read('osrelease')};
}
