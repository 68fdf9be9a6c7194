export { getAddress, listAddresses } from './address-book.ts';
export { ERASE_CONFIRMATION, eraseCustomer, eraseMyAccount } from './erase-account.ts';
export { erasureJobs } from './erase-remains.ts';
export { EXPORT_VERSION, exportMyData, type PersonalData, personalData } from './export-my-data.ts';
export * from './model.ts';
export { getPreferences, updatePreferences, wantsMail } from './preferences.ts';
export { preferredRegion } from './preferred-region.ts';
export { getProfile, updateProfile } from './profile.ts';
export * from './recently-viewed.ts';
export { cartReminderJobs } from './remind-of-cart.ts';
export { removeAddress } from './remove-address.ts';
export { createAddress, makeDefaultAddress, updateAddress } from './save-address.ts';
export {
  createWishlist,
  removeWishlist,
  renameWishlist,
} from './wishlists-change.ts';
export { addToWishlist, moveBetweenWishlists, removeFromWishlist } from './wishlists-items.ts';
export * from './wishlists-model.ts';
export { getWishlist, listWishlists } from './wishlists-read.ts';
export { changeSharing, sharedWishlist } from './wishlists-share.ts';
export { sharedWishlistToCart, wishlistToCart } from './wishlists-to-cart.ts';
