export { categoryTree, getCategory } from './category-tree.ts';
export { describeCategories } from './describe-categories.ts';
export * from './events.ts';
export { getProduct } from './get-product.ts';
export { csvFormat } from './import/csv.ts';
export { type CsvMapping, parseCsvMapping } from './import/csv-mapping.ts';
export { type ImportSummary, importProducts } from './import/import-products.ts';
export type { CsvRow, ImportFormat, Reject, RowProblem } from './import/model.ts';
export { shopifyFormat } from './import/shopify.ts';
export {
  type IndexableProduct,
  indexableProducts,
  listProductIds,
  offerOf,
  type ProductOffer,
} from './indexable-products.ts';
export { catalogJobs } from './jobs.ts';
export { putImage, type StoredImage } from './media/put-image.ts';
export { type Rendition, rendition } from './media/rendition.ts';
export * from './model.ts';
export { productIdsOfHandles } from './product-ids-of-handles.ts';
export { productIdsOfVariants } from './product-ids-of-variants.ts';
export { productTitles } from './product-titles.ts';
export { renameProduct } from './rename-product.ts';
export { type SavedProduct, saveProducts } from './save-products.ts';
export { sellableQuestion, sellableVariants } from './sellable-variants.ts';
export { listPricesInput, listPricesSet, setListPrices } from './set-list-prices.ts';
export { type SitemapEntry, sitemapEntries } from './sitemap-entries.ts';
export { slugify } from './slugs.ts';
export { variantIdsOfProducts } from './variant-ids-of-products.ts';
export { variantIdsOfSkus } from './variant-ids-of-skus.ts';
export * from './variants-for-sale.ts';
