export { ensureIndex } from './ensure-index.ts';
export { isSearchFallingBack, searchHealth } from './health.ts';
export { catchUp, searchJobs } from './jobs.ts';
export * from './model.ts';
export { productCards } from './product-cards.ts';
export { type Reindexed, type ReindexProgress, reindex } from './reindex.ts';
export { searchProducts } from './search-products.ts';
