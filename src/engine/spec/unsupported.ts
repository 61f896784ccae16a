/** Keys that the OCI runtime-spec has and the engine does not carry out: refused by name. docs/engine.md says why. */
const resources =
  'blockIO.leafWeight blockIO.weightDevice devices hugepageLimits network rdma cpu.realtimePeriod cpu.realtimeRuntime ' +
  'memory.checkBeforeUpdate memory.kernel memory.kernelTCP memory.swappiness memory.useHierarchy';

const unsupported = new Set([
  ...'freebsd hooks solaris vm windows zos'.split(' '),
  ...'mounts.gidMappings mounts.uidMappings'.split(' '),
  ...'apparmorProfile commandLine execCPUAffinity selinuxLabel user.username'.split(' ').map(key => `process.${key}`),
  ...'intelRdt memoryPolicy mountLabel netDevices personality.flags seccomp.listenerMetadata seccomp.listenerPath'
    .split(' ')
    .map(key => `linux.${key}`),
  ...resources.split(' ').map(key => `linux.resources.${key}`),
]);

/** Whether a key that no shape knows is one of the runtime-spec's. */
export const isUnsupported = (path: readonly PropertyKey[]): boolean =>
  unsupported.has(path.filter(key => typeof key !== 'number').join('.'));
