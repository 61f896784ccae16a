/** What can be wrong with a file of a quiz, as a code with parameters (words/quiz.ts). */
export class QuizError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;

  constructor(code: string, params: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

/** Text of what was thrown, as a parameter. */
export const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
