/**
 * One walk over a condition's syntax tree: which facts it names, and the same condition without CEL's forgiving operators.
 * CEL's `||`, `&&`, all() and exists() swallow an error of one operand when the other decides; here an error is an
 * answer that nobody has, so they are rewritten to `?:` and filter(), which don't. has() becomes a value looked up before.
 */
import {type ASTNode, serialize} from '@marcbachmann/cel-js';
import {nearest} from '../format/nearest.ts';
import {type ConditionSchema, type FactTree, HAS} from './schema.ts';

export interface ConditionError {
  /** 'cel.syntax', 'cel.unknown-fact' … (src/course/words/lab.ts) */
  code: string;
  params: Record<string, string | number>;
  /** Where in the expression, 0-based, in UTF-16 code units. */
  start: number;
  end: number;
}

/** A fact that a condition names. */
export interface FactUse {
  /** As values and reasons show it: 'before.host.hostname', 'host.nspids[0]'. */
  path: string;
  keys: (string | bigint)[];
  /** Asked by has(): its absence is an answer. */
  optional: boolean;
}

const TYPE_NAMES = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type'];
const MACROS = ['all', 'exists', 'exists_one', 'map', 'filter'];

export class Walk {
  readonly uses: FactUse[] = [];
  readonly errors: ConditionError[] = [];
  /** Paths that has() asks for, in the order of `__has`. */
  readonly asked: string[] = [];
  private readonly schema: ConditionSchema;
  private readonly allowRun: boolean;

  constructor(schema: ConditionSchema, allowRun: boolean) {
    this.schema = schema;
    this.allowRun = allowRun;
  }

  /** The strict text of `node`; facts and errors are collected on the way. `locals`: variables of macros around it. */
  text(node: ASTNode, locals: ReadonlySet<string> = new Set()): string {
    const sub = (inner: ASTNode) => `(${this.text(inner, locals)})`;
    const list = (nodes: ASTNode[]) => nodes.map(inner => this.text(inner, locals)).join(', ');
    switch (node.op) {
      case 'value':
        return serialize(node);
      case 'id':
      case '.':
      case '[]':
        return this.chain(node, locals);
      case '||':
        return `${sub(node.args[0])} ? true : ${sub(node.args[1])}`;
      case '&&':
        return `${sub(node.args[0])} ? ${sub(node.args[1])} : false`;
      case '?:':
        return `${sub(node.args[0])} ? ${sub(node.args[1])} : ${sub(node.args[2])}`;
      case '!_':
      case '-_':
        return `${node.op[0]}${sub(node.args)}`;
      case 'list':
        return `[${list(node.args)}]`;
      case 'map':
        return `{${node.args.map(([key, value]) => `${sub(key)}: ${sub(value)}`).join(', ')}}`;
      case 'call':
        if (node.args[0] === 'has') return this.has(node, locals);
        return `${node.args[0]}(${list(node.args[1])})`;
      case 'rcall':
        return this.method(node, locals);
      case '.?':
      case '[?]':
        // The parser refuses these unless they are switched on.
        this.error('cel.syntax', node, {message: node.op});
        return 'true';
      default:
        return `${sub(node.args[0])} ${node.op} ${sub(node.args[1])}`;
    }
  }

  private error(code: string, node: {start: number; end: number}, params: ConditionError['params']): void {
    this.errors.push({code, params, start: node.start, end: node.end});
  }

  private method(node: Extract<ASTNode, {op: 'rcall'}>, locals: ReadonlySet<string>): string {
    const [name, receiver, args] = node.args;
    const target = `(${this.text(receiver, locals)})`;
    const variable = args[0]?.op === 'id' && MACROS.includes(name) ? args[0].args : undefined;
    if (variable === undefined) return `${target}.${name}(${args.map(arg => this.text(arg, locals)).join(', ')})`;
    const inner = new Set([...locals, variable]);
    const bodies = args.slice(1).map(arg => this.text(arg, inner));
    if (name === 'exists') return `${target}.filter(${variable}, ${bodies[0]}).size() > 0`;
    if (name === 'all') return `${target}.filter(${variable}, !(${bodies[0]})).size() == 0`;
    return `${target}.${name}(${[variable, ...bodies].join(', ')})`;
  }

  private has(node: Extract<ASTNode, {op: 'call'}>, locals: ReadonlySet<string>): string {
    const asked = node.args[1][0];
    const keys = asked && this.keysOf(asked, locals);
    if (!keys || node.args[1].length !== 1 || asked.op === 'id') {
      this.error('cel.has', node, {});
      return 'true';
    }
    const use = this.use(keys, asked, true);
    if (!use) return 'true';
    this.asked.push(use.path);
    return `${HAS}[${this.asked.length - 1}]`;
  }

  /** `a.b.c["d"]`: a fact when `a` is one of the roots, else a field of something computed. */
  private chain(node: Extract<ASTNode, {op: 'id' | '.' | '[]'}>, locals: ReadonlySet<string>): string {
    const keys = this.keysOf(node, locals);
    if (keys) {
      this.use(keys, node, false);
      return serialize(node);
    }
    if (node.op === 'id') return node.args;
    if (node.op === '.') return `(${this.text(node.args[0], locals)}).${node.args[1]}`;
    const [target, index] = node.args;
    // An index that is computed cannot be looked up before, so its absence would show only while evaluating.
    if (this.keysOf(target, locals)) this.error('cel.index', index, {});
    return `(${this.text(target, locals)})[${this.text(index, locals)}]`;
  }

  /** The keys of a chain of fields and literal indices that begins with a global name; undefined for anything else. */
  private keysOf(node: ASTNode, locals: ReadonlySet<string>): (string | bigint)[] | undefined {
    if (node.op === 'id') return locals.has(node.args) || TYPE_NAMES.includes(node.args) ? undefined : [node.args];
    if (node.op !== '.' && node.op !== '[]') return undefined;
    const before = this.keysOf(node.args[0], locals);
    const key = node.op === '.' ? node.args[1] : node.args[1].op === 'value' ? node.args[1].args : undefined;
    return before && (typeof key === 'string' || typeof key === 'bigint') ? [...before, key] : undefined;
  }

  private use(keys: (string | bigint)[], node: ASTNode, optional: boolean): FactUse | undefined {
    const path = pathText(keys);
    const known = this.known(keys, path, node);
    if (!known) return undefined;
    const use = {path, keys, optional};
    if (!this.uses.some(other => other.path === path && other.optional === optional)) this.uses.push(use);
    return use;
  }

  private known(keys: (string | bigint)[], path: string, node: ASTNode): boolean {
    const {roots} = this.schema;
    const root = keys[0] as string;
    if (!Object.hasOwn(roots, root)) {
      this.error('cel.unknown-name', startOf(node, root), {
        name: root,
        nearest: nearest(root, Object.keys(roots)) ?? '',
        known: Object.keys(roots).join(', '),
      });
      return false;
    }
    if (root === 'run' && !this.allowRun) {
      this.error('cel.run', node, {path});
      return false;
    }
    let at: FactTree = roots;
    for (const [i, key] of keys.entries()) {
      if (typeof at === 'string') return this.inside(at, keys.slice(i), node, path);
      const next: FactTree | undefined = typeof key === 'string' && Object.hasOwn(at, key) ? at[key] : undefined;
      if (next === undefined) {
        const near = typeof key === 'string' ? nearest(key, Object.keys(at)) : undefined;
        const suggestion = near ? pathText([...keys.slice(0, i), near]) : '';
        this.error('cel.unknown-fact', node, {path, nearest: suggestion, known: Object.keys(at).join(', ')});
        return false;
      }
      at = next;
    }
    if (typeof at === 'object') this.error('cel.group', node, {path, known: Object.keys(at).join(', ')});
    return typeof at === 'string';
  }

  /** Keys behind a fact: one into a map, one number into a list. Others are for the type checker to refuse. */
  private inside(type: string, rest: (string | bigint)[], node: ASTNode, path: string): boolean {
    const fits =
      rest.length === 1 &&
      (type.startsWith('map') ? typeof rest[0] === 'string' : type.startsWith('list') && typeof rest[0] === 'bigint');
    if (!fits) this.error('cel.inside', node, {path, type});
    return fits;
  }
}

function startOf(node: ASTNode, root: string): {start: number; end: number} {
  let at: ASTNode = node;
  while (at.op === '.' || at.op === '[]') at = at.args[0];
  return {start: at.start, end: at.start + root.length};
}

/** 'host.nspids[0]', 'run["first-look"].output' */
function pathText(keys: (string | bigint)[]): string {
  return keys
    .map((key, i) => {
      if (typeof key === 'bigint') return `[${key}]`;
      if (!/^[A-Za-z_]\w*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return i === 0 ? key : `.${key}`;
    })
    .join('');
}
