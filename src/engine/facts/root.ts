/** Where a process's "/" really is: which folder, on which kind of file system. */
import {statfsSync, statSync} from 'node:fs';
import type {Facts} from '../types.ts';
import {deviceNumbers} from './files.ts';

/** f_type of statfs(2), linux/magic.h; others are given in hexadecimal. */
const magic: Readonly<Record<number, string>> = {
  16914836: 'tmpfs',
  801189825: 'zfs',
  1397114950: 'wslfs',
  1481003842: 'xfs',
  1635083891: 'aufs',
  1785031267: '9p',
  1702057286: 'fuse',
  26985: 'nfs',
  1936814952: 'squashfs',
  2035054128: 'overlay',
  2240043254: 'ramfs',
  2435016766: 'btrfs',
  3774210530: 'erofs',
  61267: 'ext4',
  4076150800: 'f2fs',
};

/**
 * root_id ("major:minor inode": the same folder, the same text), root_type, and chrooted; empty when the process is gone.
 * For whoever looks from outside, ".." of the root of a mount namespace is that root; of a folder that chroot(2) has made a root,
 * it is what lies above it.
 */
export function rootFacts(pid: number): Facts {
  try {
    const file = `/proc/${pid}/root/`;
    const {dev, ino} = statSync(file);
    const {type} = statfsSync(file);
    const above = statSync(`${file}..`);
    const {major, minor} = deviceNumbers(dev);
    return {
      root_id: `${major}:${minor} ${ino}`,
      root_inode: BigInt(ino),
      chrooted: above.ino !== ino || above.dev !== dev,
      root_type: magic[type] ?? `0x${type.toString(16)}`,
    };
  } catch {
    return {};
  }
}
