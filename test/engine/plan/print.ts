/** A plan as text, for snapshots that a person can read and review. */
import {openFlags} from '../../../src/engine/plan/decode.ts';
import type {Arg, Op, Plan} from '../../../src/engine/plan/types.ts';

function arg(value: Arg): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return value > 9n ? `0x${value.toString(16)}` : String(value);
  if (value instanceof Uint8Array) return `<${Buffer.from(value).toString('hex')}>`;
  if ('slot' in value) return `$${value.slot}`;
  if ('buffer' in value) return `&${value.buffer}${value.offset ? `+${value.offset}` : ''}`;
  if ('strings' in value) return `[${value.strings.map(s => JSON.stringify(s)).join(', ')}]`;
  return `{${value.cells.map(arg).join(', ')}}`;
}

/** Flags of open(2) have other numbers on arm64, so they are printed by name. */
function args(op: Op): string[] {
  return op.args.map((value, i) => {
    if (op.call === 'openat' && i === 2) return openFlags(BigInt(value as number));
    // A filter names the architecture.
    if (op.call === 'seccomp' && i === 2) return '<filter>';
    if (op.call !== 'openat2' || i !== 2 || !value || typeof value !== 'object' || !('cells' in value))
      return arg(value);
    const [flags, ...rest] = value.cells;
    return `{${[openFlags(BigInt(flags as number)), ...rest.map(arg)].join(', ')}}`;
  });
}

function line(op: Op): string {
  const flags = [op.fd ? 'fd' : '', op.out ? 'out' : '', op.tolerate ? `tolerate ${op.tolerate}` : ''].filter(Boolean);
  const result = op.as ? ` -> ${op.as}` : '';
  return `  ${op.call}(${args(op).join(', ')})${result}${flags.length > 0 ? ` [${flags.join(', ')}]` : ''}  # ${op.purpose}`;
}

export function printPlan(plan: Plan): string {
  const parts = [
    plan.fds?.length ? `fds: ${plan.fds.join(', ')}` : '',
    ...Object.entries(plan.buffers ?? {}).map(([name, spec]) =>
      'size' in spec
        ? `&${name}: ${spec.size} bytes`
        : 'bytes' in spec
          ? `&${name}: <${Buffer.from(spec.bytes).toString('hex')}>`
          : `&${name}: ${arg(spec)}`,
    ),
    'main:',
    ...plan.main.map(line),
    plan.child?.length ? 'child:' : '',
    ...(plan.child ?? []).map(line),
    plan.final?.length ? 'final:' : '',
    ...(plan.final ?? []).map(line),
    plan.out?.length ? `out: ${plan.out.join(', ')}` : '',
  ];
  return `${parts.filter(Boolean).join('\n')}\n`;
}
