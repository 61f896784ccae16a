/**
 * A libvirtd of our own, for machines without systemd. It is started where network, mounts and processes are private (main.ts), so
 * that the bridges, iptables chains, pools and settings that it makes end with that place, and the machine's own libvirt is not met.
 */
import {spawn} from 'node:child_process';
import {appendFileSync, mkdirSync, openSync} from 'node:fs';
import path from 'node:path';
import {$} from 'zx';

const QEMU_CONF = `
user = "root"
group = "root"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
remember_owner = 0
stdio_handler = "file"
`;
const DAEMON_CONF = `
auth_unix_ro = "none"
auth_unix_rw = "none"
`;
/** Tries until the daemon answers, each a fifth of a second. */
const TRIES = 150;

/** @throws Error with the daemon's last words where it does not come up */
export async function startLibvirt(scratch: string): Promise<void> {
  const quiet = $({quiet: true});
  const own = async (folder: string, seed: boolean) => {
    const ours = path.join(scratch, 'own', folder.replaceAll('/', '_'));
    mkdirSync(ours, {recursive: true});
    mkdirSync(folder, {recursive: true});
    if (seed) await quiet`cp -a ${folder}/. ${ours}/`;
    await quiet`mount --bind ${ours} ${folder}`;
  };
  await quiet`ip link set lo up`;
  await quiet`mount -t tmpfs -o mode=755 tmpfs /run`;
  mkdirSync('/run/lock');
  await own('/etc/libvirt', true);
  for (const folder of ['/var/lib/libvirt', '/var/cache/libvirt', '/var/log/libvirt']) await own(folder, false);
  // Seeded from the machine's own settings; what is said last counts.
  appendFileSync('/etc/libvirt/qemu.conf', QEMU_CONF);
  appendFileSync('/etc/libvirt/libvirtd.conf', DAEMON_CONF);
  await quiet`rm -rf /etc/libvirt/qemu/networks/autostart /etc/libvirt/storage/autostart`;

  const log = path.join(scratch, 'libvirtd.log');
  const out = openSync(log, 'a');
  const daemon = spawn('libvirtd', [], {stdio: ['ignore', out, out]});
  for (let tries = 0; tries < TRIES; tries++) {
    if (daemon.exitCode !== null) break;
    if ((await quiet`virsh -c qemu:///system version`.nothrow()).exitCode === 0) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`libvirtd did not come up:\n${(await quiet`tail -n 20 ${log}`.nothrow()).stdout}`);
}
