import { describe, expect, it } from 'vitest';
import { declineMessage, messageFor, orderEventMessage } from './messages.ts';

describe('messages for refusals', () => {
  it('says how many are left', () => {
    expect(messageFor({ code: 'out_of_stock', data: { available: 3 } })).toMatch(
      /^Only 3 left\. Choose 3 or fewer/,
    );
    expect(messageFor({ code: 'out_of_stock', data: { available: 1 } })).toMatch(/Choose one/);
    expect(messageFor({ code: 'out_of_stock', data: { available: 0 } })).toMatch(/sold out/);
    expect(messageFor({ code: 'out_of_stock' })).toMatch(/sold out/);
  });

  it('says the limit', () => {
    expect(messageFor({ code: 'quantity_limit', data: { limit: 12 } })).toContain('12');
  });

  it('tells a decline by its reason', () => {
    const refused = { code: 'payment_declined', data: { reason: 'insufficient_funds' } };
    expect(messageFor(refused)).toBe(declineMessage('insufficient_funds'));
  });

  it.each(['no_such_code', 'constructor', '__proto__', 'toString'])(
    'has a sentence for the unknown: %s',
    (code) => {
      expect(messageFor({ code })).toMatch(/our fault/);
      expect(declineMessage(code)).toMatch(/Nothing was charged/);
    },
  );

  it('words an event that it does not know', () => {
    expect(orderEventMessage('ORDER_CREATED')).toBe('Order placed');
    expect(orderEventMessage('PARCEL_HANDED_OVER')).toBe('Parcel handed over');
  });
});
