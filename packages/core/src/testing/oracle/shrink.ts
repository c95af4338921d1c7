/**
 * Drops parts of a failing journal as long as what is left still fails: halves first, then ever smaller pieces. Stops at a journal
 * from which no single command can be dropped, or when it is late.
 */
export function shrink<T>(
  journal: readonly T[],
  { fails, isLate }: { readonly fails: (some: readonly T[]) => boolean; readonly isLate: () => boolean },
): readonly T[] {
  let left = journal;
  for (let piece = Math.ceil(left.length / 2); piece >= 1 && !isLate(); piece = Math.floor(piece / 2)) {
    for (let at = 0; at < left.length && !isLate(); ) {
      const without = [...left.slice(0, at), ...left.slice(at + piece)];
      if (fails(without)) left = without;
      else at += piece;
    }
  }
  return left;
}
