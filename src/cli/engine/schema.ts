/** The shape of what `glassbox engine inspect|ps|stats|events --json` prints: where docs/engine.schema.json comes from. */
import {z} from 'zod';
import {HAPPENINGS} from './events/types.ts';

const id = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .describe('Twelve hex digits.');
const name = z.string();
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  .describe('ISO 8601, UTC.');
const command = z.array(z.string()).describe('argv of the first process.');
const count = z.union([z.int(), z.string().regex(/^\d+$/)]).describe('A string where a double cannot hold it.');
const status = z.enum(['creating', 'created', 'running', 'paused', 'stopped', 'ended']);
const counters = z.record(z.string(), z.number()).describe('Facts of this name; -1: no limit.');
const statistics = {
  cpu: counters.optional().describe('Microseconds; absent without a group of its own.'),
  memory: counters.optional().describe('Bytes.'),
  pids: counters.optional(),
};

const inspect = z.object({
  format: z.literal('glassbox-container'),
  version: z.literal(1),
  id,
  name,
  created: time,
  command,
  detached: z.boolean(),
  rm: z.boolean(),
  state: z.object({
    status,
    pid: z.int().describe('On the machine; 0: none.'),
    started: time.nullable(),
    finished: time.nullable(),
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    lost: z.boolean().describe('Its keeper was killed, and everything with it.'),
    userUs: z.number().optional().describe('Of one that has ended, as the next two.'),
    systemUs: z.number().optional(),
    maxRssBytes: z.number().optional(),
  }),
  supervisor: z
    .object({pid: z.int(), keeper: z.int()})
    .optional()
    .describe('Absent when it has ended, as the next five.'),
  stage: z.object({id: z.string(), kind: z.enum(['private', 'real-host']), folder: z.string()}).optional(),
  namespaces: z.record(z.string(), count).optional().describe('Inode of each.'),
  cgroup: z
    .object({
      paths: z.record(z.string(), z.string()),
      dir: z.string().optional(),
      pids: z.array(z.int()).optional(),
      statistics: z.object(statistics),
    })
    .optional(),
  mounts: z
    .array(
      z.object({
        destination: z.string(),
        type: z.string(),
        source: z.string(),
        root: z.string(),
        options: z.array(z.string()),
        superOptions: z.array(z.string()),
      }),
    )
    .optional(),
  facts: z.record(z.string(), z.unknown()).optional().describe('docs/writing-labs.md lists them.'),
  spec: z
    .object({process: z.object({args: z.array(z.string())})})
    .describe('As of the OCI runtime-spec, docs/engine.md.'),
  journal: z.array(
    z.object({
      who: z.enum(['keeper', 'child']),
      call: z.string(),
      args: z.array(z.string()),
      result: z.union([z.int(), z.string()]).optional().describe('Absent: it never ran.'),
      errno: z.string().optional(),
      tolerated: z.boolean().optional(),
      startNs: count,
      durationNs: count,
      purpose: z.string(),
    }),
  ),
});

const ps = z.array(
  z.object({
    id,
    name,
    command,
    created: time,
    detached: z.boolean(),
    state: z.enum([...status.options, 'unknown']).describe('unknown: its supervisor does not answer.'),
    pid: z.int(),
    exitStatus: z.int().nullable().describe('128 + N for signal N.'),
  }),
);

const stats = z.array(z.object({name, ...statistics}));

const event = z.object({
  time,
  event: z.enum(HAPPENINGS),
  id,
  name,
  pid: z.int().optional().describe('Of started and exec.'),
  command: command.optional().describe('Of created and exec.'),
  kills: z.int().optional().describe('Of oom: processes killed in its group so far.'),
  exitStatus: z.int().optional().describe('Of died: 128 + N for signal N.'),
  signal: z.string().nullable().optional(),
  lost: z.boolean().optional().describe('Of died: keeper or supervisor was killed.'),
});

export const engineShapes = {inspect, ps, stats, event};

const WHAT: Readonly<Record<keyof typeof engineShapes, string>> = {
  inspect: 'glassbox engine inspect',
  ps: 'glassbox engine ps --json',
  stats: 'glassbox engine stats --json',
  event: 'One line of glassbox engine events --json',
};

/** JSON Schema, draft 2020-12: docs/engine.schema.json. New keys may come; those that are there stay. */
export function engineJsonSchema(): object {
  const names = Object.keys(WHAT) as (keyof typeof engineShapes)[];
  const parts = names.map(part => {
    const {$schema: _, ...shape} = z.toJSONSchema(engineShapes[part], {target: 'draft-2020-12', io: 'input'});
    return [part, {title: WHAT[part], ...shape}];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'glassbox engine',
    description: 'What `glassbox engine` prints as JSON. Version 1.',
    anyOf: names.map(part => ({$ref: `#/$defs/${part}`})),
    $defs: Object.fromEntries(parts),
  };
}
