/** Keeps the files that are given to runs in this browser, so that they are there after a reload. */

const DATABASE = "snakepen";
const STORE = "given";

export interface KeptFile {
  readonly path: string;
  readonly content: Blob;
}

/** Nothing, where the browser keeps nothing. */
export async function recallFiles(): Promise<readonly KeptFile[]> {
  try {
    const found = await inStore("readonly", (store) => store.getAll() as IDBRequest<KeptFile[]>);
    return found.filter((file) => typeof file.path === "string" && file.content instanceof Blob);
  } catch {
    return [];
  }
}

/** In place of those before; whether they will be there. */
export async function rememberFiles(files: readonly KeptFile[]): Promise<boolean> {
  try {
    await inStore("readwrite", (store) => {
      store.clear();
      for (const { path, content } of files) store.put({ path, content }, path);
      return store.count();
    });
    return true;
  } catch {
    return false;
  }
}

async function inStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await answer(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const request = use(transaction.objectStore(STORE));
    await new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done();
      transaction.onabort = transaction.onerror = () => fail(transaction.error ?? new Error("not kept"));
    });
    return request.result;
  } finally {
    database.close();
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("not opened"));
  });
}
