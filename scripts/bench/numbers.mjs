/** The p-th percentile of `list` (nearest rank). */
export function percentile(list, p) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
}

export const median = list => percentile(list, 50);

/** [what, 'more than this'] → 'what 1.27 (to reach: 1.30)' */
export const goal = (what, value, limit) =>
  `  ${what.padEnd(34)} ${value.toFixed(2).padStart(6)}   to reach: ${limit.toFixed(2)}   ${value <= limit ? 'reached' : 'missed'}`;

/** Prints times by name: 10th percentiles (hardly disturbed by others), medians, 95th percentiles, and the medians' ratio to the one named `base`. */
export function table(title, times, base) {
  console.log(`\n${title}`);
  console.log(`  ${'way'.padEnd(34)}   p10 ms median ms   p95 ms   × ${base}`);
  for (const [name, list] of Object.entries(times)) {
    if (!list) {
      console.log(`  ${name.padEnd(34)} not installed`);
      continue;
    }
    const ratio = median(list) / median(times[base]);
    const cells = [
      percentile(list, 10).toFixed(2).padStart(8),
      median(list).toFixed(2).padStart(9),
      percentile(list, 95).toFixed(2).padStart(8),
      ratio.toFixed(2).padStart(8),
    ];
    console.log(`  ${name.padEnd(34)} ${cells.join(' ')}`);
  }
}
