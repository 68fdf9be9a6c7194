/** So many of them, spread over the whole list. */
export function evenly<Thing>(things: readonly Thing[], many: number): Thing[] {
  if (things.length <= many) return [...things];
  return things.filter(
    (_, index) =>
      Math.floor((index * many) / things.length) !== Math.floor(((index - 1) * many) / things.length),
  );
}

/** `mug` and `harbour mug` of `/p/harbour-mug`: what somebody types who wants such a thing, by its kind or by its name. */
export function wordsOf(products: readonly string[]): string[] {
  const words = products.flatMap((product) => {
    const name = product.slice(product.lastIndexOf('/') + 1).split('-');
    return [name.at(-1) ?? '', name.join(' ')];
  });
  return [...new Set(words.filter((word) => word.length > 2))];
}
