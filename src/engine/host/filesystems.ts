/** File systems that labs mount: in the kernel, as a module that mount(2) loads, or nowhere. */
import {slurp} from '../facts/proc.ts';
import type {HostFinding} from '../types.ts';
import {bad, good, partly} from './find.ts';
import {compareVersions, moduleThere} from './kernel.ts';

/**
 * The root of a user namespace may mount an overlay since 5.11, with its marks as user.* attributes (overlayfs.rst); the stage
 * is a tmpfs, which keeps such attributes from here on (tmpfs(5)).
 */
const userOverlay = '6.6';

export function filesystemFindings(filesystems: readonly string[], release: string, root: boolean): HostFinding[] {
  return [
    overlayFinding(filesystems, release),
    userOverlayFinding(filesystems, release, root),
    aufsFinding(filesystems),
  ];
}

function overlayFinding(filesystems: readonly string[], release: string): HostFinding {
  const id = 'filesystem.overlay';
  if (filesystems.includes('overlay')) return good(id, 'overlay', 'host.overlay.ok');
  const params = {release, config: 'CONFIG_OVERLAY_FS', command: 'modprobe overlay'};
  // An update that waits for its restart has taken the running kernel's modules away; containers bring none.
  return moduleThere(release, 'overlayfs', 'overlay') === undefined
    ? bad(id, '', 'host.overlay.no-modules', params, 'host.cure.restart')
    : bad(id, '', 'host.overlay.missing', params, 'host.cure.kernel-config');
}

function userOverlayFinding(filesystems: readonly string[], release: string, root: boolean): HostFinding {
  const id = 'filesystem.overlay-user';
  const params = {need: userOverlay, have: release};
  if (!filesystems.includes('overlay')) return partly(id, '', 'host.overlay.missing');
  // Debian and Ubuntu had it before, by a patch and a switch of the module.
  const patched = slurp('/sys/module/overlay/parameters/permit_mounts_in_userns')?.trim() === 'Y';
  if (patched || compareVersions(release, userOverlay) >= 0) return good(id, release, 'host.overlay.user', params);
  return root
    ? partly(id, release, 'host.overlay.user-old', params)
    : bad(id, release, 'host.overlay.user-old', params, 'host.cure.sudo');
}

function aufsFinding(filesystems: readonly string[]): HostFinding {
  const id = 'filesystem.aufs';
  return filesystems.includes('aufs') ? good(id, 'aufs', 'host.aufs.ok') : partly(id, '', 'host.aufs.missing');
}
