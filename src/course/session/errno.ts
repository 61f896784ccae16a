/** What programs print for an errno (strerror(3) of glibc in the C locale; musl's and busybox's texts where they differ). */
const texts: Record<string, string[]> = {
  EPERM: ['Operation not permitted'],
  ENOENT: ['No such file or directory'],
  ESRCH: ['No such process'],
  EINTR: ['Interrupted system call'],
  EIO: ['Input/output error', 'I/O error'],
  ENXIO: ['No such device or address'],
  E2BIG: ['Argument list too long'],
  ENOEXEC: ['Exec format error'],
  EBADF: ['Bad file descriptor'],
  ECHILD: ['No child process'],
  EAGAIN: ['Resource temporarily unavailable'],
  ENOMEM: ['Cannot allocate memory', 'Out of memory'],
  EACCES: ['Permission denied'],
  EBUSY: ['Device or resource busy', 'Resource busy'],
  EEXIST: ['File exists'],
  EXDEV: ['Invalid cross-device link', 'Cross-device link'],
  ENODEV: ['No such device'],
  ENOTDIR: ['Not a directory'],
  EISDIR: ['Is a directory'],
  EINVAL: ['Invalid argument'],
  EMFILE: ['Too many open files'],
  ENOTTY: ['Inappropriate ioctl for device', 'Not a tty'],
  ETXTBSY: ['Text file busy'],
  EFBIG: ['File too large'],
  ENOSPC: ['No space left on device'],
  EROFS: ['Read-only file system'],
  EMLINK: ['Too many links'],
  EPIPE: ['Broken pipe'],
  ERANGE: ['Numerical result out of range', 'Result not representable'],
  ENAMETOOLONG: ['File name too long', 'Filename too long'],
  ENOSYS: ['Function not implemented'],
  ENOTEMPTY: ['Directory not empty'],
  ELOOP: ['Too many levels of symbolic links', 'Symbolic link loop'],
  EOVERFLOW: ['Value too large for defined data type', 'Value too large for data type'],
  EOPNOTSUPP: ['Operation not supported', 'Not supported'],
  ENOTSUP: ['Operation not supported', 'Not supported'],
  EADDRINUSE: ['Address already in use', 'Address in use'],
  EADDRNOTAVAIL: ['Cannot assign requested address', 'Address not available'],
  ENETDOWN: ['Network is down'],
  ENETUNREACH: ['Network is unreachable', 'Network unreachable'],
  ECONNREFUSED: ['Connection refused'],
  EHOSTUNREACH: ['No route to host', 'Host is unreachable'],
  ETIMEDOUT: ['Connection timed out', 'Operation timed out'],
  EDQUOT: ['Disk quota exceeded', 'Quota exceeded'],
};

/** Whether `output` tells of the errno: by its name as a word, or by the text that programs print for it. */
export function tellsErrno(output: string, errno: string): boolean {
  if (new RegExp(`\\b${errno}\\b`).test(output)) return true;
  const folded = output.toLowerCase();
  return (texts[errno] ?? []).some(text => folded.includes(text.toLowerCase()));
}
