/** What a real `vagrant up` takes, and what of it is missing here. */
import {accessSync, constants, readdirSync} from 'node:fs';
import path from 'node:path';

const PROGRAMS = [
  'vagrant',
  'libvirtd',
  'virsh',
  'dnsmasq',
  'iptables',
  'qemu-system-x86_64',
  'qemu-img',
  'mmdebstrap',
  'grub-mkimage',
  'sfdisk',
  'mke2fs',
  'rsync',
  'ssh',
  'ip',
  'unshare',
  'setpriv',
];
const PLUGIN_FOLDER = '/usr/share/rubygems-integration/all/specifications';

/** Names of what is missing; empty: all is there. */
export function missingNeeds(): string[] {
  const missing = PROGRAMS.filter(name => !onPath(name));
  if (process.arch !== 'x64') missing.push('an x86-64 machine');
  if (process.getuid?.() !== 0) missing.push('root');
  if (!pluginThere()) missing.push('vagrant-libvirt');
  return missing;
}

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function pluginThere(): boolean {
  try {
    return readdirSync(PLUGIN_FOLDER).some(name => name.startsWith('vagrant-libvirt-'));
  } catch {
    return false;
  }
}
