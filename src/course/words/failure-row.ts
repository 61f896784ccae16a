/** The form of the words for failed calls. */

/** Why such a call fails in this way, and what to do about it. Of several rows that fit, the first one counts. */
export interface FailureRow {
  calls: readonly string[];
  errno: string;
  /** Where only some of these calls are meant: found in "PURPOSE ARGUMENTS" of the journal's entry. */
  where?: RegExp;
  en: string;
  zh: string;
}
