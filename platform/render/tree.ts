/** What the renderer makes: files by path, each with the object it holds and the source its header names. */

/** The part of a Kubernetes object that the renderer itself looks at; the typed models are assignable to it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface RenderedFile {
  /** Path below the deploy folder, with forward slashes. */
  readonly path: string;
  /** The model file to edit instead of this one. */
  readonly source: string;
  readonly value: object;
}

/** path -> file, in the order of the paths. */
export type Tree = ReadonlyMap<string, RenderedFile>;

/** `NetworkPolicy` -> `network-policy`. */
export const kebab = (kind: string): string =>
  kind
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** Drops undefined fields, so that optional parts can be written inline under exact optional types. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/**
 * Names a file per object after its kind; where a folder holds several of a kind, the object's own name follows.
 * @returns the files and their names relative to `folder`, in a stable order.
 */
export function filesOf(
  folder: string,
  source: string,
  objects: readonly KubeObject[],
): readonly { readonly name: string; readonly file: RenderedFile }[] {
  const count = new Map<string, number>();
  for (const { kind } of objects) count.set(kind, (count.get(kind) ?? 0) + 1);
  return objects
    .map((object) => {
      const several = (count.get(object.kind) ?? 0) > 1;
      const name = `${kebab(object.kind)}${several ? `-${object.metadata?.name ?? ''}` : ''}.yaml`;
      return { name, file: { path: `${folder}/${name}`, source, value: object } };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Joins the rooms' files into one tree; two rooms that write one path are a bug of the renderer. */
export function treeOf(files: Iterable<RenderedFile>): Tree {
  const tree = new Map<string, RenderedFile>();
  for (const file of files) {
    if (tree.has(file.path)) throw new Error(`Two rooms render ${file.path}.`);
    tree.set(file.path, file);
  }
  return new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1)));
}
