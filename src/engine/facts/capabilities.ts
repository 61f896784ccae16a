/** Capabilities by number (include/uapi/linux/capability.h); the numbers are ABI and only ever grow. */
const names = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE ' +
  'NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN ' +
  'SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE ' +
  'MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
).split(' ');

/**
 * Names of the capabilities in a mask, lowest number first: ['CAP_CHOWN', …]. A number newer than this table shows as
 * 'CAP_63'. Source: capabilities(7).
 */
export function capabilityNames(mask: bigint): string[] {
  const found: string[] = [];
  for (let bit = 0; bit < 64; bit++) if ((mask >> BigInt(bit)) & 1n) found.push(`CAP_${names[bit] ?? bit}`);
  return found;
}

/** The highest number that has a name here. */
export const lastCapability = names.length - 1;

/** Number of "CAP_CHOWN"; undefined where there is no such capability. */
export function capabilityNumber(name: string): number | undefined {
  const number = name.startsWith('CAP_') ? names.indexOf(name.slice(4)) : -1;
  return number < 0 ? undefined : number;
}
