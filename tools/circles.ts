/** For each file the files it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The largest sets of two files and more in which each leads to every other; each sorted, and in the order of their first files. */
export function circlesOf(graph: ImportGraph): string[][] {
  const circles: string[][] = [];
  const numbers = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();

  // Tarjan: when nothing after a file on the path leads to one before it, what has been entered since is a circle of its own.
  const enter = (file: string): number => {
    const own = numbers.size;
    let lowest = own;
    numbers.set(file, own);
    path.push(file);
    onPath.add(file);
    for (const imported of graph.get(file) ?? []) {
      const number = numbers.get(imported);
      if (number === undefined) lowest = Math.min(lowest, enter(imported));
      else if (onPath.has(imported)) lowest = Math.min(lowest, number);
    }
    if (lowest < own) return lowest;
    const circle = path.splice(path.indexOf(file));
    for (const each of circle) onPath.delete(each);
    if (circle.length > 1) circles.push(circle.sort());
    return lowest;
  };

  for (const file of graph.keys()) if (!numbers.has(file)) enter(file);
  return circles.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
}
