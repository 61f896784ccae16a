/** The schema of what `glassbox engine` prints as JSON, as its readers use it. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {root} from '../../support/glassbox.ts';

export const schema = JSON.parse(readFileSync(path.join(root, 'docs/engine.schema.json'), 'utf8')) as object;
const ajv = new Ajv2020({allErrors: true, allowUnionTypes: true}).addSchema(schema, 'engine');

/** What does not fit, in words. */
export function faults(part: 'inspect' | 'ps' | 'stats' | 'event', value: unknown): string {
  const validate = ajv.getSchema(`engine#/$defs/${part}`)!;
  validate(value);
  return ajv.errorsText(validate.errors);
}
export const fits = 'No errors';
