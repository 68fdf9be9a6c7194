import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { eventsOf, type Level } from './locked-levels.ts';
import { stockStrategy } from './strategy.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'expected a country code such as DE');

export const locationInput = z.strictObject({
  /** Null: a new one. */
  id: z.uuid().nullable().default(null),
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and hyphens')
    .max(40),
  name: z.string().trim().min(1).max(120),
  country,
  /** Where it delivers to; empty: everywhere. */
  countries: z.array(country).max(250).default([]),
  /** Among those equally near, the lower is taken first. */
  priority: z.int().min(-1_000).max(1_000).default(0),
  /** Whether shoppers may fetch things there. */
  isPickup: z.boolean().default(false),
  /** Whether it sells. */
  isActive: z.boolean().default(true),
});

export const locationView = locationInput.extend({ id: z.uuid() });
export type LocationView = z.infer<typeof locationView>;

/** How many variants are looked at together when a location opens or closes. */
const CHUNK = 1_000;

/** All locations, by priority. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listLocations(ctx: Context): Promise<LocationView[]> {
  authorise(ctx, 'stock:update');
  const rows = await ctx.db.selectFrom('locations').selectAll().orderBy('priority').orderBy('code').execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    country: row.country,
    countries: row.countries,
    priority: row.priority,
    isPickup: row.is_pickup,
    isActive: row.is_active,
  }));
}

/**
 * Makes a location, or changes one. When one opens or closes, what can be bought changes with it; what is promised from it stays promised.
 *
 * @returns its id
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`, `name_taken` when another has the code
 */
export async function saveLocation(
  ctx: Context,
  input: z.infer<typeof locationInput>,
): Promise<{ id: string }> {
  authorise(ctx, 'stock:update');
  const { id, isPickup, isActive, ...plain } = input;
  try {
    return await ctx.transaction(async (tx) => {
      const row = { ...plain, is_pickup: isPickup, is_active: isActive, updated_at: tx.clock.now() };
      const saved = id === null ? await insert(tx, row) : await update(tx, id, row);
      const { id: locationId } = saved;
      await recordAudit(tx, {
        action: 'stock.location-saved',
        target: { kind: 'location', id: locationId },
        after: { ...plain, isPickup, isActive },
      });
      return { id: locationId };
    });
  } catch (error) {
    const isTaken =
      error instanceof Error && 'constraint' in error && error.constraint === 'locations_code_key';
    if (!isTaken) throw error;
    throw new DomainError('name_taken', `another location is ${input.code}`, {}, { cause: error });
  }
}

type LocationRow = Omit<z.infer<typeof locationInput>, 'id' | 'isPickup' | 'isActive'> & {
  is_pickup: boolean;
  is_active: boolean;
  updated_at: Date;
};

async function insert(tx: TransactionContext, row: LocationRow): Promise<{ id: string }> {
  const id = tx.ids.next();
  await tx.db
    .insertInto('locations')
    .values({ id, ...row, created_at: row.updated_at })
    .execute();
  return { id };
}

async function update(tx: TransactionContext, id: string, row: LocationRow): Promise<{ id: string }> {
  const before = await tx.db
    .selectFrom('locations')
    .select('is_active')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw new DomainError('not_found', `there is no location ${id}`);
  await tx.db.updateTable('locations').set(row).where('id', '=', id).execute();
  if (before.is_active !== row.is_active) await tellOpening(tx, id, row.is_active);
  return { id };
}

/** Tells what can be bought now and could not before, or the other way round. Whoever hears it looks at the stock again. */
async function tellOpening(tx: TransactionContext, locationId: string, isOpen: boolean): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<Level & { is_active: boolean; low_threshold: number | null }>`
      with concerned as (
        select variant_id from stock_levels
        where location_id = ${locationId}::uuid and variant_id > ${after}::uuid
        order by variant_id limit ${CHUNK}::int
      )
      select level.*, location.is_active, policy.low_threshold
      from concerned join stock_levels level using (variant_id)
      join locations location on location.id = level.location_id
      left join stock_policies policy using (variant_id)
      where location.is_active or location.id = ${locationId}::uuid
      order by level.variant_id
    `.execute(tx.db);
    const last = rows.at(-1);
    if (!last) return;
    const events = [...Map.groupBy(rows, (level) => level.variant_id)].flatMap(([variantId, open]) => {
      const others = open.filter((level) => level.location_id !== locationId);
      const threshold = open[0]?.low_threshold ?? stockStrategy.lowThreshold;
      return isOpen
        ? eventsOf(variantId, others, open, threshold)
        : eventsOf(variantId, open, others, threshold);
    });
    await tx.emit(...events);
    after = last.variant_id;
  }
}
