import {vi} from "vitest";

/** A stand-in for a browser's own files, with so many bytes of room. */
export function fakeFiles(room = Infinity): FileSystemDirectoryHandle & {readonly content: Map<string, Blob>} {
  const content = new Map<string, Blob>();
  const missing = () => new DOMException("There is no such file.", "NotFoundError");
  const used = () => [...content.values()].reduce((sum, {size}) => sum + size, 0);
  const handle = (name: string) => ({
    getFile: async () => content.get(name)!,
    async createWritable() {
      let next = new Blob();
      return {
        write: async (blob: Blob) => void (next = blob),
        async close() {
          if (used() - content.get(name)!.size + next.size > room) throw new DOMException("No room.", "QuotaExceededError");
          content.set(name, next);
        },
        abort: async () => {}
      };
    }
  });
  const folder = {
    content,
    getDirectoryHandle: async () => folder,
    async *keys() {
      yield* content.keys();
    },
    async getFileHandle(name: string, {create = false} = {}) {
      if (!content.has(name) && !create) throw missing();
      if (!content.has(name)) content.set(name, new Blob());
      return handle(name);
    },
    async removeEntry(name: string) {
      if (!content.delete(name)) throw missing();
    }
  };
  return folder as unknown as FileSystemDirectoryHandle & {content: Map<string, Blob>};
}

/** A browser that has these files, until the test file's globals are taken back. */
export function browserWith(files: ReturnType<typeof fakeFiles>): void {
  vi.stubGlobal("navigator", {storage: {getDirectory: async () => files}});
  vi.stubGlobal(
    "FileSystemFileHandle",
    class {
      createWritable() {}
    }
  );
}
