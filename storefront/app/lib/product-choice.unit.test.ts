import { describe, expect, it } from 'vitest';
import {
  type Choosable,
  exactVariant,
  optionParam,
  readChoice,
  shownVariant,
  standingOf,
  variantAfter,
  variantQuery,
} from './product-choice.ts';

const variant = (id: string, colour: string, size: string, available: number) => ({
  id,
  available,
  options: { Colour: colour, 'Shoe size': size },
});
const shoe: Choosable = {
  options: [
    { name: 'Colour', values: [{ value: 'Navy' }, { value: 'Rust' }] },
    { name: 'Shoe size', values: [{ value: '40' }, { value: '41' }] },
  ],
  variants: [
    variant('n40', 'Navy', '40', 0),
    variant('n41', 'Navy', '41', 5),
    variant('r40', 'Rust', '40', 2),
  ],
};

describe('choosing a variant', () => {
  it.each([
    ['Shoe size', 'shoe-size'],
    ['Farbe/Größe', 'farbe-größe'],
    ['Quantity', 'option-quantity'],
    ['!', 'option-'],
  ])('names the option %s %s in URLs', (name, param) => {
    expect(optionParam(name)).toBe(param);
  });

  it('reads what the URL chooses, and leaves out what does not exist', () => {
    const choice = readChoice(shoe, new URLSearchParams('colour=Rust&shoe-size=99&evil=1'));
    expect(choice).toEqual({ Colour: 'Rust' });
  });

  it('finds the exact variant only of a whole choice that exists', () => {
    expect(exactVariant(shoe, { Colour: 'Navy', 'Shoe size': '40' })?.id).toBe('n40');
    expect(exactVariant(shoe, { Colour: 'Rust', 'Shoe size': '41' })).toBeNull();
    expect(exactVariant(shoe, { Colour: 'Rust' })).toBeNull();
  });

  it('shows the first in stock when nothing is chosen', () => {
    expect(shownVariant(shoe, {}).id).toBe('n41');
  });

  it('shows what is chosen although it is sold out', () => {
    expect(shownVariant(shoe, { Colour: 'Navy', 'Shoe size': '40' }).id).toBe('n40');
  });

  it('holds on to the first option when a combination does not exist', () => {
    expect(shownVariant(shoe, { Colour: 'Rust', 'Shoe size': '41' }).id).toBe('r40');
  });

  it('goes to another variant when the combination does not exist', () => {
    const current = { Colour: 'Navy', 'Shoe size': '41' };
    expect(variantAfter(shoe, current, { name: 'Colour', value: 'Rust' }).id).toBe('r40');
    expect(variantAfter(shoe, current, { name: 'Shoe size', value: '40' }).id).toBe('n40');
  });

  it('tells what can be bought', () => {
    const current = { Colour: 'Navy', 'Shoe size': '41' };
    expect(standingOf(shoe, current, 'Shoe size', '40')).toBe('sold-out');
    expect(standingOf(shoe, current, 'Colour', 'Rust')).toBe('none');
    expect(standingOf(shoe, current, 'Colour', 'Navy')).toBe('in-stock');
  });

  it('writes a URL that leads back to the same variant', () => {
    const options = shoe.options.map((option) => ({ name: option.name, values: [] }));
    for (const one of shoe.variants) {
      const choice = readChoice(shoe, new URLSearchParams(variantQuery({ options }, one)));
      expect(exactVariant(shoe, choice)?.id).toBe(one.id);
    }
  });
});
