/** `yaml container #box`: an excerpt of an OCI config.json, with the course's defaults. */
import {z} from 'zod';
import type {ContainerSpec} from '../../engine/index.ts';
import type {Findings} from './findings.ts';
import {NAMESPACES} from './schema.ts';
import {validate} from './validate.ts';
import type {YamlText} from './yaml.ts';

/** Nothing is inherited by a container, so a lab's shell gets the least that it needs to be usable. */
export const DEFAULT_ENV = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'TERM=xterm-256color',
  'HOME=/root',
  'LANG=C.UTF-8',
];

const text = z.string().min(1);
const count = z.int().min(0);
const mapping = z.strictObject({containerID: count, hostID: count, size: z.int().min(1)});

const spec = z.strictObject({
  ociVersion: text.optional(),
  process: z
    .strictObject({
      args: z.array(z.string()).min(1).default(['sh']),
      env: z.array(text).optional(),
      cwd: text.optional(),
      terminal: z.boolean().optional(),
      consoleSize: z.strictObject({height: z.int().min(1), width: z.int().min(1)}).optional(),
      user: z
        .strictObject({uid: count, gid: count, additionalGids: z.array(count).optional(), umask: count.optional()})
        .optional(),
      noNewPrivileges: z.boolean().optional(),
    })
    .default({args: ['sh']}),
  hostname: text.optional(),
  domainname: text.optional(),
  root: z.strictObject({path: text, readonly: z.boolean().optional()}).optional(),
  mounts: z
    .array(
      z.strictObject({
        destination: text,
        type: text.optional(),
        source: text.optional(),
        options: z.array(text).optional(),
      }),
    )
    .optional(),
  annotations: z.record(text, z.string()).optional(),
  linux: z
    .strictObject({
      namespaces: z.array(z.strictObject({type: z.enum(NAMESPACES), path: text.optional()})).optional(),
      uidMappings: z.array(mapping).optional(),
      gidMappings: z.array(mapping).optional(),
      rootfsPropagation: z.enum(['private', 'slave', 'shared', 'unbindable']).optional(),
    })
    .optional(),
  without: z.array(z.enum(NAMESPACES)).default([]),
});

/**
 * The container of a block: process.args ["sh"], a terminal, cwd "/" and DEFAULT_ENV (variables that the lab names win)
 * where the lab says nothing. Undefined, with errors, when it is no such excerpt or `without` names a namespace that the
 * container doesn't make new.
 */
export function readContainer(
  yaml: YamlText,
  findings: Findings,
): {spec: ContainerSpec; without: string[]} | undefined {
  const data = validate(yaml, spec, findings);
  if (!data) return undefined;
  const {without, ...rest} = data;
  const fresh = rest.linux?.namespaces?.filter(n => n.path === undefined).map(n => n.type) ?? [];
  without.forEach((name, i) => {
    if (!fresh.includes(name))
      findings.error('container.without', yaml.placeOf(['without', i]), {came: name, fresh: fresh.join(', ') || '–'});
  });
  const own = rest.process.env ?? [];
  const names = new Set(own.map(entry => entry.split('=')[0]));
  const env = [...DEFAULT_ENV.filter(entry => !names.has(entry.split('=')[0])), ...own];
  return {spec: {...rest, process: {cwd: '/', terminal: true, ...rest.process, env}}, without};
}
