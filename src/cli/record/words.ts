/** What recordings and replays say on the command line and on a screen's last line. */
import type {WordTable} from '../../course/index.ts';

export const recordWords: WordTable = {
  'cmd.replay': {
    en: 'play a recording in the same screens, on any machine, without root',
    zh: '在同样的界面里播放一份录制，任何机器都行，不需要 root',
  },
  'arg.recording': {
    en: 'a recording made with --record: FILE.glassbox',
    zh: '用 --record 录下的文件：FILE.glassbox',
  },
  'opt.record': {
    en: 'record: FILE for asciinema, and FILE.glassbox for `glassbox replay`',
    zh: '录制：FILE 给 asciinema 播放，FILE.glassbox 给 `glassbox replay` 播放',
  },
  'record.exists': {
    en: '{file} is there already, and a recording never overwrites. Name another file, or move this one away.',
    zh: '{file} 已经存在，录制不会覆盖任何文件。请换一个文件名，或先把它移走。',
  },
  'record.unwritable': {
    en: 'no recording can be written to {file}: {why}. Name a file in a folder that you can write to.',
    zh: '无法把录制写到 {file}：{why}。请指定一个可写目录里的文件。',
  },
  'record.failed': {
    en: 'The recording {file} ends here: {why}. What came before is kept, and the lab goes on.',
    zh: '录制 {file} 到此为止：{why}。之前录下的都在，实验照常进行。',
  },
  'record.full': {
    en: 'The recording {file} has reached {mib} MiB and ends here. What came before is kept, and the lab goes on.',
    zh: '录制 {file} 已达到 {mib} MiB，到此为止。之前录下的都在，实验照常进行。',
  },
  'record.bytes-full': {
    en: 'The recording {file} has reached {mib} MiB: from here on it leaves out what terminals print.',
    zh: '录制 {file} 已达到 {mib} MiB：从这里起不再记录终端的输出。',
  },
  'record.why.ENOSPC': {en: 'the disk is full', zh: '磁盘满了'},
  'record.why.EDQUOT': {en: 'your quota on that disk is used up', zh: '你在这块磁盘上的配额用完了'},
  'record.why.EFBIG': {en: 'files may not become larger here', zh: '这里不允许更大的文件'},
  'record.why.EIO': {en: 'the disk reports an error', zh: '磁盘报告出错'},
  'record.why.EROFS': {en: 'the file system is read-only', zh: '文件系统是只读的'},
  'record.why.EACCES': {en: 'you may not write there', zh: '没有写权限'},
  'record.why.EPERM': {en: 'you may not write there', zh: '没有写权限'},
  'record.why.ENOENT': {en: 'its folder is not there, or the name is empty', zh: '它所在的目录不存在，或文件名为空'},
  'record.why.ENOTDIR': {en: 'its folder is no folder', zh: '它所在的“目录”不是目录'},
  'record.why.EISDIR': {en: 'that is a folder', zh: '那是一个目录'},
  'record.why.ENAMETOOLONG': {en: 'the name is too long', zh: '文件名太长'},
  'record.why.ELOOP': {en: 'its symbolic links lead in a circle', zh: '符号链接绕成了圈'},
  'record.why.other': {en: 'the system says {errno}', zh: '系统报告 {errno}'},

  'recording.none': {
    en: '{file} is no recording of Glassbox. Expected a file that --record has written (FILE.glassbox).',
    zh: '{file} 不是 Glassbox 的录制。应为 --record 写出的文件（FILE.glassbox）。',
  },
  'recording.screen': {
    en: '{file} is the recording of the screen, for asciinema (asciinema play {file}). The one to replay is {file}.glassbox, and it is not there.',
    zh: '{file} 是给 asciinema 的屏幕录制（用 asciinema play {file} 播放）。回放用的是 {file}.glassbox，但它不在。',
  },
  'recording.newer': {
    en: '{file} is a recording of version {version}; this Glassbox plays version 1. Play it with a newer Glassbox.',
    zh: '{file} 是版本 {version} 的录制，这个 Glassbox 只能播放版本 1。请用更新的 Glassbox 播放。',
  },
  'recording.empty': {
    en: '{file} is a recording in which nothing has happened yet: there is nothing to play.',
    zh: '{file} 是一份还什么都没发生的录制，没有可播放的内容。',
  },
  'recording.unreadable': {
    en: 'the recording {file} cannot be read: {why}.',
    zh: '无法读取录制 {file}：{why}。',
  },
  'recording.why.ENOENT': {en: 'there is no such file', zh: '没有这个文件'},
  'recording.why.EACCES': {en: 'you may not read it', zh: '没有读权限'},
  'recording.torn': {
    en: 'This recording was cut off in line {line} of its file. It is played up to there.',
    zh: '这份录制在文件的第 {line} 行断了，播放到那里为止。',
  },
  'replay.head': {
    en: 'REPLAY of {date}, Linux {kernel}. Nothing of this happens here and now.',
    zh: '回放：{date} 录制，Linux {kernel}。以下都不是此时此地发生的。',
  },
};

/** What an errno of open(2), read(2) or write(2) means here, in one clause. */
export function whyCode(error: unknown, reading: boolean): {code: string; errno: string} {
  const errno = String((error as NodeJS.ErrnoException | null)?.code ?? error);
  const own = reading ? `recording.why.${errno}` : '';
  const code = own in recordWords ? own : `record.why.${errno}`;
  return {code: code in recordWords ? code : 'record.why.other', errno};
}
