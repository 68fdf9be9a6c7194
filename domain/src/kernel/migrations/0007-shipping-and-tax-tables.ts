import { type Kysely, sql } from 'kysely';

/**
 * What a new shop starts with: three ways to ship and the general state sales-tax rates of the US. Merchants change them;
 * this is data of the shop from here on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into shipping_rates
      (id, method, name, description, countries, currency, min_weight_grams, max_weight_grams,
       min_subtotal_amount, max_subtotal_amount, amount, min_days, max_days, position)
    values
      ('01900000-0000-7000-8000-000000000101', 'standard', 'Standard', 'Tracked, to your door', '{US}', 'USD', 0, 5000, 0, 7500, 595, 3, 5, 10),
      ('01900000-0000-7000-8000-000000000102', 'standard', 'Standard', 'Tracked, to your door', '{US}', 'USD', 5000, null, 0, 7500, 1295, 3, 6, 11),
      ('01900000-0000-7000-8000-000000000103', 'standard', 'Standard', 'Free, tracked, to your door', '{US}', 'USD', 0, null, 7500, null, 0, 3, 6, 12),
      ('01900000-0000-7000-8000-000000000104', 'express', 'Express', 'Next working day when ordered by noon', '{US}', 'USD', 0, 5000, 0, null, 1495, 1, 2, 20),
      ('01900000-0000-7000-8000-000000000105', 'express', 'Express', 'For parcels over 5 kg', '{US}', 'USD', 5000, 30000, 0, null, 2995, 1, 2, 21),
      ('01900000-0000-7000-8000-000000000106', 'international', 'International', 'Tracked; duties may be due on arrival', '{CA,GB,DE,FR}', 'USD', 0, 5000, 0, null, 1995, 6, 12, 30),
      ('01900000-0000-7000-8000-000000000107', 'international', 'International', 'Tracked; duties may be due on arrival', '{CA,GB,DE,FR}', 'USD', 5000, 30000, 0, null, 4495, 6, 14, 31);

    insert into tax_rates (country, region, name, rate_ppm, taxes_shipping)
    select 'US', row.region, 'Sales tax (' || row.region || ')', row.rate_ppm, row.taxes_shipping
    from (values
      ('AL', 40000, false), ('AK', 0, false), ('AZ', 56000, false), ('AR', 65000, true), ('CA', 72500, false),
      ('CO', 29000, false), ('CT', 63500, true), ('DE', 0, false), ('DC', 60000, true), ('FL', 60000, false),
      ('GA', 40000, true), ('HI', 40000, true), ('ID', 60000, false), ('IL', 62500, false), ('IN', 70000, true),
      ('IA', 60000, false), ('KS', 65000, true), ('KY', 60000, true), ('LA', 50000, false), ('ME', 55000, false),
      ('MD', 60000, false), ('MA', 62500, false), ('MI', 60000, true), ('MN', 68750, true), ('MS', 70000, true),
      ('MO', 42250, false), ('MT', 0, false), ('NE', 55000, true), ('NV', 68500, false), ('NH', 0, false),
      ('NJ', 66250, true), ('NM', 48750, true), ('NY', 40000, true), ('NC', 47500, true), ('ND', 50000, true),
      ('OH', 57500, true), ('OK', 45000, false), ('OR', 0, false), ('PA', 60000, true), ('PR', 105000, true),
      ('RI', 70000, true), ('SC', 60000, true), ('SD', 42000, true), ('TN', 70000, true), ('TX', 62500, true),
      ('UT', 48500, false), ('VT', 60000, true), ('VA', 43000, false), ('WA', 65000, true), ('WV', 60000, true),
      ('WI', 50000, true), ('WY', 40000, false)
    ) as row (region, rate_ppm, taxes_shipping);
  `.execute(db);
}
