/** Text that scrolls, in pieces with names, so that a screen can bring the piece that matters into view. */

export interface Segment {
  key: string;
  lines: string[];
}

export interface Window {
  lines: string[];
  /** First line shown, and the largest it can be. */
  top: number;
  last: number;
}

/**
 * `height` lines: from `top` where the learner has scrolled there, else so that the piece called `attention` (or the last
 * one) is seen: whole where it fits, with as much as possible of what stands before it.
 */
export function windowOf(segments: Segment[], height: number, attention: string, top?: number): Window {
  const lines = segments.flatMap(segment => segment.lines);
  const last = Math.max(0, lines.length - height);
  let first = top;
  if (first === undefined) {
    const at = Math.max(
      segments.findIndex(segment => segment.key === attention),
      0,
    );
    const start = segments.slice(0, at).reduce((sum, segment) => sum + segment.lines.length, 0);
    const size = segments[at]?.lines.length ?? 0;
    first = size > height ? start : start + size - height;
  }
  const shown = Math.max(0, Math.min(first, last));
  return {lines: lines.slice(shown, shown + height), top: shown, last};
}
