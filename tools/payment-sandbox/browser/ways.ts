import { brandName } from './card-input.ts';
import { view } from './frame-view.ts';
import type { Words } from './words.ts';

export interface SavedCard {
  id: string;
  brand: string;
  last4: string;
}

/** What is chosen: a kind of payment, or a saved card. */
export interface Way {
  type: string;
  savedId?: string;
}

const labels: Record<string, string> = {
  link: 'Link',
  klarna: 'Klarna',
  afterpay_clearpay: 'Afterpay / Clearpay',
  paypal: 'PayPal',
};

/** Kinds that this form can ask for; others are for other forms. */
export function shownTypes(types: readonly string[]): string[] {
  return types.filter((type) => type === 'card' || type in labels);
}

/**
 * Lists the ways to pay as radio buttons, with the card form below "card". With nothing to choose there is no list.
 *
 * @returns the way that is chosen at first
 */
export function listWays(
  types: readonly string[],
  saved: readonly SavedCard[],
  words: Words,
  chosen: Way | undefined,
  onChoice: (way: Way) => void,
): Way {
  const ways: (Way & { label: string })[] = [
    ...saved.map((card) => ({ type: 'card', savedId: card.id, label: labelOf(card, words) })),
    ...types.map((type) => ({ type, label: nameOf(type, saved.length > 0, words) })),
  ];
  const first: Way = ways.find((way) => isSame(way, chosen)) ?? ways[0] ?? { type: 'card' };
  view.legend.textContent = words.ways;
  view.ways.hidden = ways.length < 2;
  const cardHome = document.createElement('div');
  view.wayList.replaceChildren(
    ...ways.map((way, index) => {
      const row = document.createElement('div');
      const label = document.createElement('label');
      const radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = 'way';
      radio.id = `way-${index}`;
      radio.checked = isSame(way, first);
      radio.addEventListener('change', () => onChoice(way));
      label.append(radio, way.label);
      row.className = 'way';
      row.append(label);
      if (way.type === 'card' && way.savedId === undefined) row.append(cardHome);
      return row;
    }),
  );
  if (ways.length < 2) view.form.prepend(view.card);
  else cardHome.append(view.card);
  return first;
}

function nameOf(type: string, hasSaved: boolean, words: Words): string {
  if (type === 'card') return hasSaved ? words.newCard : words.card;
  return labels[type] ?? type;
}

function labelOf(card: SavedCard, words: Words): string {
  return `${brandName(card.brand)}, ${words.saved.toLowerCase()} ${card.last4}`;
}

function isSame(way: Way, other: Way | undefined): boolean {
  return way.type === other?.type && way.savedId === other.savedId;
}
