/** What `glassbox handout` says on the command line. */
import type {WordTable} from '../../course/index.ts';

export const handoutCliWords: WordTable = {
  'cmd.handout': {
    en: 'write a page to hand out: the lesson with the outputs, tables and system calls of a run on this machine',
    zh: '生成讲义：课文，加上在本机运行得到的输出、对照表和系统调用',
  },
  'opt.handout.lang': {
    en: 'language: en, zh, or both on one page (default: by locale)',
    zh: '语言：en、zh，或 both（同一页两种语言）；默认按区域设置',
  },
  'opt.handout.out': {
    en: 'folder, or file, to write to (default: here, glassbox-03-pid.html and .md)',
    zh: '写到哪个目录或文件（默认当前目录，glassbox-03-pid.html 和 .md）',
  },
  'opt.handout.force': {en: 'overwrite what is there', zh: '覆盖已有的文件'},
  'opt.handout.instructor': {
    en: "the instructor's edition: with answers, reasons, notes, hints and solutions",
    zh: '教师版：带答案、理由、讲者备注、提示和解法',
  },
  'opt.handout.format': {en: 'html, md, or both', zh: 'html、md，或 both（两种都要）'},
  'opt.handout.from': {
    en: 'a recording instead of a run: needs no root and no kernel feature',
    zh: '用录制文件代替现场运行：不需要 root，也不需要内核功能',
  },
  'usage.handout.lang': {
    en: "expected --lang en, zh or both, got '{got}'.",
    zh: "--lang 应为 en、zh 或 both，得到的是 '{got}'。",
  },
  'usage.handout.format': {
    en: "expected --format html, md or both, got '{got}'.",
    zh: "--format 应为 html、md 或 both，得到的是 '{got}'。",
  },
  'usage.handout.ending': {
    en: "'{out}' ends otherwise than --format {format}: name it .{format}, or leave --format out.",
    zh: "'{out}' 的扩展名与 --format {format} 不符：改成 .{format}，或者不写 --format。",
  },
  'usage.handout.one-file': {
    en: "{count} labs do not fit into one file '{out}': name a folder with --out.",
    zh: "{count} 个实验放不进一个文件 '{out}'：请用 --out 指定目录。",
  },
  'usage.handout.missing': {
    en: "which lab? 'glassbox handout 03', or --from RECORDING; 'glassbox labs' lists the labs.",
    zh: "哪个实验？写成 'glassbox handout 03'，或用 --from 指定录制文件；'glassbox labs' 列出所有实验。",
  },
  'usage.handout.both': {
    en: 'a recording holds its own labs: leave out either --from or the numbers.',
    zh: '录制文件里已经有实验：--from 和编号只写一个。',
  },
  'handout.exists': {
    en: '{file} is there already and stays as it is; nothing was run. --force overwrites it, --out writes elsewhere.',
    zh: '{file} 已经存在，不去动它，也没有运行。--force 可以覆盖，--out 可以写到别处。',
  },
  'handout.unwritable': {en: 'cannot write {file}: {why}.', zh: '写不了 {file}：{why}。'},
  'handout.running': {en: 'lab {number}: step {index} of {of} …', zh: '实验 {number}：第 {index} 步，共 {of} 步……'},
  'handout.wrote': {en: 'wrote {file}', zh: '已写出 {file}'},
  'handout.broken': {
    en: 'the run of lab {number} was ended or could not begin; nothing was written.',
    zh: '实验 {number} 的运行被中断或没能开始，没有写出任何文件。',
  },
  'handout.unsound': {
    en: 'the run of lab {number} did not go as the lab expects ({passed} of {checks} checks passed); the page says so.',
    zh: '实验 {number} 的运行没有达到预期（{checks} 项检查通过了 {passed} 项），讲义上也写明了。',
  },
  'handout.not-run': {en: 'lab {number} is not run here: {why}', zh: '实验 {number} 在本机不运行：{why}'},
};
