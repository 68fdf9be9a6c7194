import type { Call } from '../call.ts';
import { numberOf, textOf } from '../state/database.ts';

export interface Sum {
  currency: string;
  available: number;
  pending: number;
}

/** An owner's balance: one sum a currency, from all the bookings. */
export function balanceOf(call: Call, owner: string): Sum[] {
  const rows = call.sandbox.db.all(
    `select json_extract(body, '$.currency') as currency,
       sum(case when json_extract(body, '$.available_on') <= ?2 then json_extract(body, '$.net') else 0 end) as available,
       sum(case when json_extract(body, '$.available_on') > ?2 then json_extract(body, '$.net') else 0 end) as pending
     from objects where kind = 'balance_transaction' and tag = ?1 group by 1 order by 1`,
    owner,
    call.now,
  );
  return rows.map((row) => ({
    currency: textOf(row, 'currency'),
    available: numberOf(row, 'available'),
    pending: numberOf(row, 'pending'),
  }));
}

export function availableIn(call: Call, owner: string, currency: string): number {
  return balanceOf(call, owner).find((sum) => sum.currency === currency)?.available ?? 0;
}
