import { type Meilisearch, MeilisearchApiError } from 'meilisearch';
import { PRIMARY_KEY, waitForTasks } from './push-documents.ts';
import { hasCurrentSettings, indexSettings } from './settings.ts';

export type IndexState = 'current' | 'missing' | 'outdated';

/** Tells whether an index is there, and has the settings of this release. */
export async function indexState(meili: Meilisearch, uid: string): Promise<IndexState> {
  try {
    return hasCurrentSettings(await meili.index(uid).getSettings()) ? 'current' : 'outdated';
  } catch (error) {
    if (isNotFound(error)) return 'missing';
    throw error;
  }
}

/** Makes an index with our settings. Nothing happens when it is there already. */
export async function createIndex(meili: Meilisearch, uid: string): Promise<void> {
  const created = await meili.createIndex(uid, { primaryKey: PRIMARY_KEY });
  await waitForTasks(meili, [created.taskUid], { unless: 'index_already_exists' });
  const { taskUid } = await meili.index(uid).updateSettings(indexSettings);
  await waitForTasks(meili, [taskUid]);
}

/** The index that shoppers search and the one that was built change names, at one moment. */
export async function swapIndexes(meili: Meilisearch, live: string, build: string): Promise<number> {
  const { taskUid } = await meili.swapIndexes([{ indexes: [live, build], rename: false }]);
  return taskUid;
}

/** Removes an index; one that is not there is none to remove. */
export async function dropIndex(meili: Meilisearch, uid: string): Promise<void> {
  const dropped = await meili.deleteIndex(uid);
  await waitForTasks(meili, [dropped.taskUid], { unless: 'index_not_found' });
}

/** The names of indexes that begin with `prefix`. */
export async function indexesNamed(meili: Meilisearch, prefix: string): Promise<string[]> {
  const { results } = await meili.getRawIndexes({ limit: 1_000 });
  return results.map((index) => index.uid).filter((uid) => uid.startsWith(prefix));
}

function isNotFound(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
}
