/** The shape of what `glassbox doctor --json` prints: where docs/doctor.schema.json comes from. */
import {z} from 'zod';
import type {Lang} from '../lab.ts';
import {hostWords} from '../words/host.ts';
import {render} from '../words/say.ts';
import {allRun} from './checkup.ts';
import {sayCure, sayHostFinding, sayUnmet, sayVerdict} from './say.ts';
import type {Checkup} from './types.ts';

const words = z.strictObject({en: z.string(), zh: z.string()});
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const labNumber = z.string().describe('Number of a lab: "01".');
const command = z
  .string()
  .describe('Run it as root (a line that begins with "export": in the shell) and the fault is mended.');
const namespaces = ['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const;

const finding = z.strictObject({
  id: z.string().describe('What was looked at; ids stay: docs/doctor.md lists them.'),
  ok: z.enum(['yes', 'partly', 'no']),
  found: z.string().describe('What was found, in no language.'),
  meaning: z.string().describe('Code of what it means.'),
  params: params.optional().describe('Values that the words hold.'),
  cure: z.string().optional().describe('Code of what mends it.'),
  command: command.optional(),
  labs: z.union([z.array(labNumber), z.literal('all')]).describe('Labs that it matters to.'),
  words: z.strictObject({meaning: words, cure: words.optional()}),
});

const unmet = z.strictObject({
  code: z.string(),
  params,
  cure: z.string().optional(),
  command: command.optional(),
  words,
});

const lab = z.strictObject({
  number: labNumber,
  id: z.string(),
  title: z.object({en: z.string(), zh: z.string().optional()}),
  runs: z.enum(['yes', 'mapped', 'no', 'broken']).describe('mapped: without root, in a user namespace.'),
  unmet: z.array(unmet).describe('What keeps it from running.'),
  words,
});

export const doctorSchema = z.strictObject({
  format: z.literal('glassbox-doctor'),
  version: z.literal(1),
  app: z.string().describe('Version of Glassbox.'),
  ok: z.boolean().describe('All labs run and nothing that is needed is missing: exit status 0, else 1.'),
  kernel: z.string(),
  arch: z.string(),
  root: z.boolean().describe('User 0 with CAP_SYS_ADMIN.'),
  mapped: z.boolean().describe('Not root, but may become the root of a user namespace.'),
  namespaces: z.strictObject(Object.fromEntries(namespaces.map(name => [name, z.boolean()]))),
  cgroup: z.enum(['v1', 'v2', 'hybrid', 'none']),
  controllers: z.array(z.string()),
  filesystems: z.array(z.string()),
  findings: z.array(finding),
  labs: z.array(lab),
});

/** JSON Schema, draft 2020-12: docs/doctor.schema.json. */
export function doctorJsonSchema(): object {
  return {
    ...z.toJSONSchema(doctorSchema, {target: 'draft-2020-12', io: 'input'}),
    title: 'glassbox doctor --json',
    description: 'What a machine can do, what each finding means, what mends it, and which labs run. Version 1.',
  };
}

const both = (say: (lang: Lang) => string): {en: string; zh: string} => ({en: say('en'), zh: say('zh')});

/** The command among a cure's parameters. Codes without a cure, and cures that are advice, have none. */
function commandOf(cure: string | undefined, values: Record<string, string | number> = {}): {command?: string} {
  const {command} = values;
  return cure && typeof command === 'string' && render(hostWords, 'en', cure, values).includes(command)
    ? {command}
    : {};
}

/** The value to print: everything that was found, with its words in both languages. */
export function doctorJson(all: Checkup, app: string): z.input<typeof doctorSchema> {
  const {findings, labs, ...host} = all;
  return {
    format: 'glassbox-doctor',
    version: 1,
    app,
    ok: allRun(all),
    ...host,
    findings: findings.map(one => ({
      ...one,
      ...commandOf(one.cure, one.params),
      words: {
        meaning: both(lang => sayHostFinding(one, lang)),
        ...(one.cure && {cure: both(lang => sayCure(one, lang) ?? '')}),
      },
    })),
    labs: labs.map(one => ({
      ...one,
      unmet: one.unmet.map(each => ({
        ...each,
        ...commandOf(each.cure, each.params),
        words: both(lang => sayUnmet(each, lang)),
      })),
      words: both(lang => sayVerdict(one, lang)),
    })),
  };
}
