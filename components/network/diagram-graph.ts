/** One operation of a network, as a diagram shows it. */
export interface DiagramItem {
  readonly id: string;
  /** Ids of the items that it reads; they stand before it in the list. */
  readonly inputs: readonly string[];
  /** The group that it is part of; null where it stands alone. */
  readonly group: string | null;
  /** Lines under its box. */
  readonly label: readonly string[];
  /** What a screen reader says. */
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Cells along the longer side of its output. */
  readonly side: number;
  readonly channels: number;
  /** Whether it has no weights: drawn as an outline. */
  readonly hollow: boolean;
}

/** A box of the diagram, by what it reads and what reads it. */
export interface Vertex {
  readonly id: string;
  readonly members: DiagramItem[];
  readonly inputs: string[];
  readonly consumers: string[];
}

/** Items joined to one box where their group is closed, with what each box reads and what reads it. */
export function verticesOf(items: readonly DiagramItem[], isOpen: (group: string) => boolean): Map<string, Vertex> {
  const vertexOf = new Map(items.map(({id, group}) => [id, group === null || isOpen(group) ? id : group]));
  const vertices = new Map<string, Vertex>();
  for (const item of items) {
    const id = vertexOf.get(item.id)!;
    const vertex = vertices.get(id) ?? {id, members: [], inputs: [], consumers: []};
    vertices.set(id, vertex);
    vertex.members.push(item);
    for (const input of item.inputs.map((name) => vertexOf.get(name)!)) {
      if (input === id || vertex.inputs.includes(input)) continue;
      vertex.inputs.push(input);
      vertices.get(input)!.consumers.push(id);
    }
  }
  return vertices;
}

/** Columns from the left: each vertex as late as what reads it allows, so that branches end together where they join. */
export function columnsOf(vertices: ReadonlyMap<string, Vertex>): Map<string, number> {
  const fromEnd = new Map<string, number>();
  for (const {id, consumers} of [...vertices.values()].reverse()) {
    fromEnd.set(
      id,
      consumers.reduce((most, consumer) => Math.max(most, fromEnd.get(consumer)! + 1), 0)
    );
  }
  const last = Math.max(0, ...fromEnd.values());
  return new Map([...fromEnd].map(([id, distance]) => [id, last - distance]));
}

/** A path from a fork to a join without forks or joins on it, in the order of the flow. */
interface Chain {
  readonly fork: string;
  readonly ids: readonly string[];
}

function chainsInto(join: Vertex, vertices: ReadonlyMap<string, Vertex>): Chain[] {
  return join.inputs.map((input) => {
    const ids: string[] = [];
    let vertex = vertices.get(input)!;
    while (vertex.inputs.length === 1 && vertex.consumers.length === 1) {
      ids.unshift(vertex.id);
      vertex = vertices.get(vertex.inputs[0]!)!;
    }
    return {fork: vertex.id, ids};
  });
}

/**
 * Rows, 0 for the trunk: branches that part at one place and meet at another are spread around it; a branch that
 * comes from further back runs beneath everything that it passes.
 */
export function rowsOf(
  vertices: ReadonlyMap<string, Vertex>,
  columns: ReadonlyMap<string, number>
): {rows: Map<string, number>; beneath: ReadonlySet<string>} {
  const rows = new Map([...vertices.keys()].map((id) => [id, 0]));
  const beneath: {chain: Chain; columns: readonly [number, number]}[] = [];
  for (const vertex of vertices.values()) {
    if (vertex.inputs.length < 2) continue;
    const chains = chainsInto(vertex, vertices).filter(({ids}) => ids.length > 0);
    const forks = new Set(chains.map(({fork}) => fork));
    if (forks.size === 1) {
      chains.forEach(({ids}, index) => ids.forEach((id) => rows.set(id, index - (chains.length - 1) / 2)));
      continue;
    }
    for (const chain of chains) {
      const passed = [columns.get(chain.fork)! + 1, columns.get(vertex.id)! - 1] as const;
      if (columns.get(chain.ids[0]!)! > passed[0]) beneath.push({chain, columns: passed});
    }
  }
  for (const {
    chain,
    columns: [from, to]
  } of beneath) {
    const passed = [...rows].filter(([id]) => !chain.ids.includes(id) && columns.get(id)! >= from && columns.get(id)! <= to);
    const row = Math.max(...passed.map(([, row]) => row)) + 1;
    for (const id of chain.ids) rows.set(id, row);
  }
  return {rows, beneath: new Set(beneath.flatMap(({chain}) => chain.ids))};
}
