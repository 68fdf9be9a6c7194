import { describe, expect, it } from 'vitest';
import { bodyOf, formsOf, formWith } from './forms.ts';

const page = `
<form method="get" action="/search"><input name="q" value=""><input name="colour" type="hidden" value="x"></form>
<form method="post" action="/p/mug?a=1&amp;b=2" class="mt-4 has-[>_p]:x">
  <input type="hidden" name="requestId" value="9c34"/>
  <label><input type="radio" name="colour" checked="" value="Clay &amp; ash"/></label>
  <label><input type="radio" name="colour" value="Ink"/></label>
  <input type="checkbox" name="gift"/>
  <input type="checkbox" name="wrap" checked/>
  <input name="code" value="a > b" disabled=""/>
  <input name="off" value="1" disabled=""/>
  <select name="quantity"><option selected="">1</option><option>2</option></select>
  <select name="country"><option value="AT">Austria</option><option value="US" selected="">United States</option></select>
  <textarea name="note">Leave &lt;here&gt;</textarea>
  <button type="submit" name="intent" value="save">Save</button>
  <input type="submit" name="go" value="Go"/>
  <input type="text" value="nameless"/>
</form>
<form method=post><input name=number type=text required></form>`;

const sent = (body: string) =>
  Object.fromEntries(body.split('&').map((pair) => pair.split('=').map(decodeURIComponent)));

describe('the forms of a page', () => {
  it('have where they lead and how', () => {
    expect(formsOf(page).map(({ action, method }) => [action, method])).toEqual([
      ['/search', 'get'],
      ['/p/mug?a=1&b=2', 'post'],
      ['', 'post'],
    ]);
  });

  it('send what a browser would: hidden fields, what is ticked and chosen, nothing disabled, no button', () => {
    const form = formWith(page, 'quantity');
    expect(form && sent(bodyOf(form, {}))).toEqual({
      requestId: '9c34',
      colour: 'Clay & ash',
      wrap: 'on',
      quantity: '1',
      country: 'US',
      note: 'Leave <here>',
    });
  });

  it('send what is typed in place of what was there', () => {
    const form = formWith(page, 'quantity');
    expect(form && sent(bodyOf(form, { quantity: '3', colour: 'Ink', gift: 'on' }))).toMatchObject({
      quantity: '3',
      colour: 'Ink',
      gift: 'on',
    });
  });

  it('have no fields that the page does not have', () => {
    const form = formWith(page, 'number');
    expect(form && bodyOf(form, { number: '4242 4242' })).toBe('number=4242%204242');
    expect(() => form && bodyOf(form, { cvc: '1' })).toThrow('no field cvc');
  });

  it('are found by what they post', () => {
    expect(formWith(page, 'q')).toBeUndefined();
    expect(formWith(page, 'colour')?.action).toBe('/p/mug?a=1&b=2');
  });
});
