/** Countries that a card's bill may go to. */
export const countries = (
  'AE AR AT AU BE BG BR CA CH CL CN CO CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IL IN IS IT JP KR LI LT LU LV MT MX MY ' +
  'NL NO NZ PE PH PL PT RO SA SE SG SI SK TH TR TW UA US UY VN ZA'
).split(' ');
