import { decoded, startTags, type Tag } from './tags.ts';

/** Something in a form that has a name. `isSent` as the page has it: of boxes and choices, only what is ticked is sent. */
interface Control {
  readonly name: string;
  readonly value: string;
  readonly isSent: boolean;
}

/** A form of a page. */
export interface Form {
  /** As written; empty where it leads to the page's own address. */
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly controls: readonly Control[];
}

/** All forms of a page, in order. */
export function formsOf(html: string): Form[] {
  return startTags(html, 'form').map((tag) => {
    const end = html.indexOf('</form>', tag.to);
    return {
      action: tag.attributes.get('action') ?? '',
      method: tag.attributes.get('method')?.toLowerCase() === 'post' ? 'post' : 'get',
      controls: controlsOf(html, tag.to, end === -1 ? html.length : end),
    };
  });
}

/** The first form that posts and has a control of this name. */
export function formWith(html: string, name: string): Form | undefined {
  return formsOf(html).find(
    (form) => form.method === 'post' && form.controls.some((control) => control.name === name),
  );
}

/**
 * The body that a browser posts for a form: its own values, hidden ones included, with `typed` in place of what the page had.
 *
 * @param typed by name; a name that the form does not have is a mistake of the shopper model, not a field to add
 * @throws when the form has no control of that name
 */
export function bodyOf(form: Form, typed: Readonly<Record<string, string>>): string {
  for (const name of Object.keys(typed)) {
    if (!form.controls.some((control) => control.name === name)) {
      throw new Error(`the form to ${form.action || 'its own page'} has no field ${name}`);
    }
  }
  const kept = form.controls.filter(({ name, isSent }) => isSent && typed[name] === undefined);
  const pairs = [...kept.map(({ name, value }) => [name, value] as const), ...Object.entries(typed)];
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

function controlsOf(html: string, from: number, to: number): Control[] {
  const tags = ['input', 'select', 'textarea', 'button']
    .flatMap((name) => startTags(html, name, from, to))
    .sort((a, b) => a.from - b.from);
  return tags.flatMap((tag) => {
    const name = tag.attributes.get('name');
    return name === undefined || name === '' ? [] : [{ name, ...stateOf(html, tag) }];
  });
}

function stateOf(html: string, tag: Tag): { value: string; isSent: boolean } {
  const isEnabled = !tag.attributes.has('disabled');
  const given = tag.attributes.get('value');
  if (tag.name === 'select') return { value: chosenOption(html, tag), isSent: isEnabled };
  if (tag.name === 'textarea') {
    return {
      value: decoded(html.slice(tag.to, html.indexOf('</textarea>', tag.to))),
      isSent: isEnabled,
    };
  }
  // a button is sent by who presses it
  if (tag.name === 'button') return { value: given ?? '', isSent: false };
  const type = tag.attributes.get('type')?.toLowerCase() ?? 'text';
  if (type === 'checkbox' || type === 'radio') {
    return { value: given ?? 'on', isSent: isEnabled && tag.attributes.has('checked') };
  }
  return { value: given ?? '', isSent: isEnabled && type !== 'submit' && type !== 'image' };
}

function chosenOption(html: string, select: Tag): string {
  const options = startTags(html, 'option', select.to, html.indexOf('</select>', select.to));
  const chosen = options.find(({ attributes }) => attributes.has('selected')) ?? options[0];
  if (chosen === undefined) return '';
  return chosen.attributes.get('value') ?? decoded(html.slice(chosen.to, html.indexOf('<', chosen.to)));
}
