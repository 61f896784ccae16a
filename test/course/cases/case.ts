/** One broken lab for each thing that can be found: the sample lab with one change, ‸ where the finding must point. */
export interface Case {
  code: string;
  file?: 'lab.md' | 'lab.zh.md' | 'quiz.md' | 'quiz.zh.md';
  from: string;
  to: string;
  /** Parameters that must be among the finding's. */
  /** A second change of the same file. */
  more?: [from: string, to: string];
  params?: Record<string, string | number>;
  /** Further codes that the same fault brings about. */
  also?: string[];
}
