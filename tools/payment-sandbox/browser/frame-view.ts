/** The parts of the frame's page, found once; a part that is missing is a fault of the page. */
function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

export const view = {
  form: part('form', HTMLFormElement),
  ways: part('ways', HTMLFieldSetElement),
  legend: part('ways-legend', HTMLLegendElement),
  wayList: part('way-list', HTMLDivElement),
  card: part('card', HTMLDivElement),
  number: part('number', HTMLInputElement),
  brand: part('brand', HTMLSpanElement),
  expiry: part('expiry', HTMLInputElement),
  cvc: part('cvc', HTMLInputElement),
  country: part('country', HTMLSelectElement),
  postcode: part('postcode', HTMLInputElement),
  save: part('save', HTMLInputElement),
  saveRow: part('save-row', HTMLLabelElement),
  note: part('note', HTMLParagraphElement),
  tests: part('tests', HTMLDetailsElement),
};

/** Puts words into an element of this id. */
export function say(id: string, text: string): void {
  part(id, HTMLElement).textContent = text;
}

/** Shows or hides the row that holds a control. */
export function showRow(id: string, isShown: boolean): void {
  part(`${id}-row`, HTMLDivElement).hidden = !isShown;
}

/** Says below a field what is wrong with it, or takes it away. */
export function showProblem(input: HTMLInputElement, message: string | undefined): void {
  const line = part(`${input.id}-error`, HTMLParagraphElement);
  line.textContent = message ?? '';
  line.hidden = message === undefined;
  input.setAttribute('aria-invalid', String(message !== undefined));
}

/** Lets the shop's colours and type in; only what is a value of CSS has an effect. */
export function applyAppearance(appearance: { theme?: string; variables?: Record<string, string> }): void {
  const root = document.documentElement;
  root.dataset.theme = appearance.theme === 'night' ? 'night' : 'light';
  const names: Record<string, string> = {
    colorPrimary: '--accent',
    colorBackground: '--field',
    colorText: '--ink',
    colorTextSecondary: '--soft',
    colorTextPlaceholder: '--placeholder',
    colorDanger: '--bad',
    borderRadius: '--radius',
    fontFamily: '--font',
    fontSizeBase: '--size',
  };
  for (const [variable, value] of Object.entries(appearance.variables ?? {})) {
    const name = names[variable];
    if (name !== undefined) root.style.setProperty(name, value);
  }
}

/** Country names in the shopper's language, in its order. */
export function nameCountries(locale: string): void {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region' });
  const sorted = [...view.country.options].map((option) => {
    option.text = names.of(option.value) ?? option.value;
    return option;
  });
  sorted.sort((one, other) => one.text.localeCompare(other.text, locale));
  const chosen = view.country.value;
  view.country.append(...sorted);
  view.country.value = chosen;
}
