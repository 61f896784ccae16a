/** The variables of a run, drawn from a seed so that a run can be repeated and answers cannot be copied. */
import {createHash, randomBytes} from 'node:crypto';
import type {Lab} from '../lab.ts';

/** A fresh seed: eight hexadecimal digits. */
export function newSeed(): string {
  return randomBytes(4).toString('hex');
}

/**
 * Draws one value for each variable. The same seed gives the same values, also when other variables are added.
 * @param vars name -> values to pick from (never empty: the lab's schema sees to that)
 * @param seed any text
 */
export function drawVars(vars: Lab['vars'], seed: string): Record<string, string> {
  const drawn: Record<string, string> = {};
  for (const [name, {pick}] of Object.entries(vars)) {
    const number = createHash('sha256').update(`${seed}\0${name}`).digest().readUInt32BE(0);
    drawn[name] = pick[number % pick.length] as string;
  }
  return drawn;
}
