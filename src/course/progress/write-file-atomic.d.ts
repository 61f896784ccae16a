/** The part of write-file-atomic 7 that is used here; the package brings no types. */
declare module 'write-file-atomic' {
  export default function writeFileAtomic(
    file: string,
    data: string | Uint8Array,
    options?: {mode?: number; chown?: {uid: number; gid: number}; fsync?: boolean},
  ): Promise<void>;
}
