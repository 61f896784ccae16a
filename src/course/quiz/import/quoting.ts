/** Text as YAML reads it in double quotes: as JSON has it, which YAML 1.2 holds, on one line. */

/** Control characters of Latin-1 and marks of line ends, which JSON leaves as they are. */
const ODD = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

export const quoted = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(ODD, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
