/** Edit distance with neighbours swapped counting once (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({length: b.length + 1}, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/**
 * The known word that `word` was probably meant to be, ignoring case; undefined when none is near (more than a third of
 * its letters differ, at least two may). A known word that begins with `word` counts as near.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const near = wanted.length > 1 && lower.startsWith(wanted) ? 1 : distance(wanted, lower);
    // A word of two letters is two edits away from any other.
    if (near < bestDistance && near < Math.max(wanted.length, lower.length)) {
      best = candidate;
      bestDistance = near;
    }
  }
  return best;
}
