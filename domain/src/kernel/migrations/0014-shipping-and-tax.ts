import { type Kysely, sql } from 'kysely';

/**
 * Shipping and tax as data: zones with methods and their rates, working calendars, places to pick up; tax rules of jurisdictions, dated.
 * `shipping_rates` and `tax_rates` stay for the release before this one, and nothing else reads them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createShippingTables(db);
  await moveShippingRates(db);
  await seedShipping(db);
  await createTaxTables(db);
  await seedTax(db);
}

async function createShippingTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- where and when somebody works: warehouses and carriers
    create table shipping_calendars (
      code text primary key check (code ~ '^[a-z][a-z0-9-]*$'),
      name text not null,
      -- IANA, such as Europe/Berlin
      time_zone text not null,
      -- orders from this minute on wait for the next working day
      cutoff_time time not null default '12:00',
      -- ISO: 1 is Monday
      working_days integer[] not null default '{1,2,3,4,5}' check (
        cardinality(working_days) > 0 and working_days <@ '{1,2,3,4,5,6,7}'
      )
    );
    create table shipping_holidays (
      calendar_code text not null references shipping_calendars on delete cascade,
      -- 12-25 each year, 2026-03-14 once, easter-2, 11/4/4 the fourth Thursday in November, 5/-1/1 the last Monday in May
      rule text not null check (rule ~ '^([0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}|easter([+-][0-9]{1,3})?|[0-9]{1,2}/(-1|[1-5])/[1-7])$'),
      name text not null,
      primary key (calendar_code, rule)
    );

    create table pickup_points (
      id uuid primary key,
      location_id uuid references locations,
      name text not null,
      address jsonb not null,
      -- one line of text a row, as shoppers read them
      hours text[] not null default '{}'
    );

    create table shipping_zones (
      id uuid primary key,
      code text not null unique check (code ~ '^[a-z][a-z0-9-]*$'),
      name text not null,
      position integer not null default 0,
      is_active boolean not null default true
    );
    create table shipping_zone_areas (
      zone_id uuid not null references shipping_zones on delete cascade,
      -- ISO 3166, or * for everywhere
      country text not null check (country ~ '^([A-Z]{2}|[*])$'),
      -- the code of a state; empty for the whole country
      region text not null default '',
      -- both bounds belong to it and compare as far as they are long: 945 to 945 is a prefix; empty for all
      postcode_from text not null default '',
      postcode_to text not null default '',
      is_excluded boolean not null default false,
      primary key (zone_id, country, region, postcode_from, postcode_to),
      check (length(postcode_from) = length(postcode_to) and postcode_from <= postcode_to)
    );
    create index shipping_zone_areas_by_country on shipping_zone_areas (country);

    create table shipping_methods (
      id uuid primary key,
      zone_id uuid not null references shipping_zones on delete cascade,
      code text not null,
      kind text not null default 'delivery' check (kind in ('delivery', 'pickup')),
      name text not null,
      description text not null default '',
      -- whole working days from the order to the courier
      handling_days integer not null default 0 check (handling_days >= 0),
      -- working days of the courier
      min_days integer not null check (min_days >= 0),
      max_days integer not null,
      handling_calendar text not null references shipping_calendars,
      carrier_calendar text not null references shipping_calendars,
      pickup_point_id uuid references pickup_points,
      position integer not null default 0,
      is_active boolean not null default true,
      check (max_days >= min_days),
      check ((kind = 'pickup') = (pickup_point_id is not null))
    );
    create index shipping_methods_by_zone on shipping_methods (zone_id);
    create table shipping_method_rates (
      id uuid primary key,
      method_id uuid not null references shipping_methods on delete cascade,
      currency char(3) not null,
      -- from, and up to but without
      min_weight_grams integer not null default 0 check (min_weight_grams >= 0),
      max_weight_grams integer,
      min_subtotal_amount bigint not null default 0 check (min_subtotal_amount >= 0),
      max_subtotal_amount bigint,
      amount bigint not null check (amount >= 0),
      -- on top, for each kilogram begun beyond min_weight_grams
      amount_per_kg bigint not null default 0 check (amount_per_kg >= 0),
      -- null: as the method says
      description text,
      min_days integer,
      max_days integer,
      position integer not null default 0,
      check (max_weight_grams > min_weight_grams),
      check (max_subtotal_amount > min_subtotal_amount),
      check ((min_days is null) = (max_days is null) and max_days >= min_days)
    );
    create index shipping_method_rates_by_method on shipping_method_rates (method_id);

    create table shipping_labels (
      id uuid primary key,
      -- the same request buys one label, however often it is sent
      request_id text not null unique,
      order_id uuid not null,
      status text not null check (status in ('buying', 'bought', 'failed')),
      -- noted before it is bought: by it a label whose answer was lost is found again
      provider_rate_id text unique,
      provider_id text unique,
      service text not null,
      tracking_number text,
      tracking_url text,
      label_url text,
      problem text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (status <> 'bought' or (provider_id is not null and label_url is not null))
    );
    create index shipping_labels_by_order on shipping_labels (order_id);
  `.execute(db);
}

/** The rates that a shop has become methods of zones; a method takes the id of its first rate, so that a choice made before still counts. */
async function moveShippingRates(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into shipping_calendars (code, name, time_zone, cutoff_time, working_days) values
      ('warehouse-us', 'Warehouse in the US', 'America/Los_Angeles', '12:00', '{1,2,3,4,5}'),
      ('warehouse-eu', 'Warehouse in the EU', 'Europe/Berlin', '14:00', '{1,2,3,4,5}'),
      ('carrier-us', 'Carriers in the US', 'America/New_York', '17:00', '{1,2,3,4,5}'),
      ('carrier-eu', 'Carriers in the EU', 'Europe/Berlin', '17:00', '{1,2,3,4,5,6}');
    insert into shipping_holidays (calendar_code, rule, name)
    select calendar.code, holiday.rule, holiday.name
    from (values ('warehouse-us'), ('carrier-us')) as calendar (code), (values
      ('01-01', 'New Year’s Day'), ('1/3/1', 'Martin Luther King Jr. Day'), ('2/3/1', 'Presidents’ Day'),
      ('5/-1/1', 'Memorial Day'), ('06-19', 'Juneteenth'), ('07-04', 'Independence Day'), ('9/1/1', 'Labor Day'),
      ('10/2/1', 'Columbus Day'), ('11-11', 'Veterans Day'), ('11/4/4', 'Thanksgiving'), ('12-25', 'Christmas Day')
    ) as holiday (rule, name);
    insert into shipping_holidays (calendar_code, rule, name)
    select calendar.code, holiday.rule, holiday.name
    from (values ('warehouse-eu'), ('carrier-eu')) as calendar (code), (values
      ('01-01', 'Neujahr'), ('easter-2', 'Karfreitag'), ('easter+1', 'Ostermontag'), ('05-01', 'Tag der Arbeit'),
      ('easter+39', 'Christi Himmelfahrt'), ('easter+50', 'Pfingstmontag'), ('10-03', 'Tag der Deutschen Einheit'),
      ('12-25', 'Erster Weihnachtstag'), ('12-26', 'Zweiter Weihnachtstag')
    ) as holiday (rule, name);

    create temporary table moving on commit drop as
    select rate.*,
      (select array_agg(country order by country) from unnest(rate.countries) as country) as area,
      first_value(id) over (
        partition by (select array_agg(country order by country) from unnest(rate.countries) as country)
        order by position, id
      ) as zone_id,
      first_value(id) over (
        partition by (select array_agg(country order by country) from unnest(rate.countries) as country), method
        order by position, id
      ) as method_id
    from shipping_rates as rate;

    insert into shipping_zones (id, code, name, position)
    select zone_id, 'to-' || lower(array_to_string(area, '-')), array_to_string(area, ', '), min(position)
    from moving group by zone_id, area;
    insert into shipping_zone_areas (zone_id, country)
    select distinct zone_id, unnest(area) from moving;
    insert into shipping_methods
      (id, zone_id, code, name, description, min_days, max_days, handling_calendar, carrier_calendar, position)
    select id, zone_id, method, name, description, min_days, max_days, 'warehouse-us', 'carrier-us', position
    from moving where id = method_id;
    insert into shipping_method_rates
      (id, method_id, currency, min_weight_grams, max_weight_grams, min_subtotal_amount, max_subtotal_amount, amount,
       description, min_days, max_days, position)
    select id, method_id, currency, min_weight_grams, max_weight_grams, min_subtotal_amount, max_subtotal_amount, amount,
      description, min_days, max_days, position
    from moving;
  `.execute(db);
}

/** What a new shop starts with beyond what it had: Europe in euros, and desks to pick up from. */
async function seedShipping(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into pickup_points (id, location_id, name, address, hours) values
      ('01900000-0000-7000-8000-000000000301', '01900000-0000-7000-8000-000000000002', 'Main warehouse, Oakland',
       '{"fullName":"Souk, pick-up desk","line1":"2000 Frontage Road","line2":"Gate 3","city":"Oakland","region":"CA","postcode":"94607","country":"US","phone":""}',
       '{"Monday to Friday 9:00–18:00","Saturday 10:00–14:00"}'),
      ('01900000-0000-7000-8000-000000000302', '01900000-0000-7000-8000-000000000002', 'Main warehouse, Berlin desk',
       '{"fullName":"Souk, Abholung","line1":"Westhafenstraße 1","line2":"Tor 3","city":"Berlin","region":"","postcode":"13353","country":"DE","phone":""}',
       '{"Monday to Friday 9:00–18:00","Saturday 10:00–14:00"}');

    insert into shipping_zones (id, code, name, position) values
      ('01900000-0000-7000-8000-000000000311', 'germany', 'Germany', 50),
      ('01900000-0000-7000-8000-000000000312', 'european-union', 'European Union', 60);
    insert into shipping_zone_areas (zone_id, country)
    values ('01900000-0000-7000-8000-000000000311', 'DE');
    insert into shipping_zone_areas (zone_id, country)
    select '01900000-0000-7000-8000-000000000312', unnest(
      '{AT,BE,BG,HR,CY,CZ,DK,EE,FI,FR,GR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE}'::text[]
    );

    insert into shipping_methods
      (id, zone_id, code, kind, name, description, min_days, max_days, handling_calendar, carrier_calendar, pickup_point_id, position)
    values
      ('01900000-0000-7000-8000-000000000321', '01900000-0000-7000-8000-000000000311', 'standard', 'delivery',
       'Standard', 'Tracked, to your door', 2, 4, 'warehouse-eu', 'carrier-eu', null, 10),
      ('01900000-0000-7000-8000-000000000322', '01900000-0000-7000-8000-000000000311', 'express', 'delivery',
       'Express', 'Next working day when ordered by 2 pm', 1, 1, 'warehouse-eu', 'carrier-eu', null, 20),
      ('01900000-0000-7000-8000-000000000323', '01900000-0000-7000-8000-000000000311', 'pickup', 'pickup',
       'Pick-up', 'Free; we write when it is ready', 0, 0, 'warehouse-eu', 'warehouse-eu', '01900000-0000-7000-8000-000000000302', 90),
      ('01900000-0000-7000-8000-000000000324', '01900000-0000-7000-8000-000000000312', 'standard', 'delivery',
       'Standard', 'Tracked, to your door', 4, 7, 'warehouse-eu', 'carrier-eu', null, 10);
    insert into shipping_method_rates
      (id, method_id, currency, min_weight_grams, max_weight_grams, min_subtotal_amount, max_subtotal_amount, amount, amount_per_kg, description, position)
    values
      ('01900000-0000-7000-8000-000000000321', '01900000-0000-7000-8000-000000000321', 'EUR', 0, 31500, 0, 7000, 495, 0, null, 10),
      ('01900000-0000-7000-8000-000000000331', '01900000-0000-7000-8000-000000000321', 'EUR', 0, 31500, 7000, null, 0, 0, 'Free, tracked, to your door', 11),
      ('01900000-0000-7000-8000-000000000332', '01900000-0000-7000-8000-000000000321', 'EUR', 31500, null, 0, null, 495, 50, 'As freight, to your kerb', 12),
      ('01900000-0000-7000-8000-000000000322', '01900000-0000-7000-8000-000000000322', 'EUR', 0, 31500, 0, null, 1295, 0, null, 20),
      ('01900000-0000-7000-8000-000000000323', '01900000-0000-7000-8000-000000000323', 'EUR', 0, null, 0, null, 0, 0, null, 90),
      ('01900000-0000-7000-8000-000000000324', '01900000-0000-7000-8000-000000000324', 'EUR', 0, 31500, 0, null, 995, 0, null, 10),
      ('01900000-0000-7000-8000-000000000334', '01900000-0000-7000-8000-000000000324', 'EUR', 31500, null, 0, null, 995, 90, 'As freight, to your kerb', 11);

    -- territories and military posts of the US have the country's post, but not its times
    insert into shipping_zones (id, code, name, position) values
      ('01900000-0000-7000-8000-000000000313', 'us-remote', 'US territories and military posts', 20);
    insert into shipping_zone_areas (zone_id, country, region)
    select '01900000-0000-7000-8000-000000000313', 'US', unnest('{AA,AE,AP,AS,FM,GU,MH,MP,PW,VI}'::text[]);
    insert into shipping_methods
      (id, zone_id, code, kind, name, description, min_days, max_days, handling_calendar, carrier_calendar, position)
    values
      ('01900000-0000-7000-8000-000000000326', '01900000-0000-7000-8000-000000000313', 'standard', 'delivery',
       'Standard', 'By the post, tracked', 7, 21, 'warehouse-us', 'carrier-us', 10);
    insert into shipping_method_rates (id, method_id, currency, max_weight_grams, amount, amount_per_kg, position) values
      ('01900000-0000-7000-8000-000000000326', '01900000-0000-7000-8000-000000000326', 'USD', 30000, 995, 300, 10);

    -- the desk in the US stands in the zone that ships there, if the shop still has one
    insert into shipping_methods
      (id, zone_id, code, kind, name, description, min_days, max_days, handling_calendar, carrier_calendar, pickup_point_id, position)
    select '01900000-0000-7000-8000-000000000325', zone.id, 'pickup', 'pickup',
      'Pick-up', 'Free; we write when it is ready', 0, 0, 'warehouse-us', 'warehouse-us', '01900000-0000-7000-8000-000000000301'::uuid, 90
    from shipping_zones as zone where zone.code = 'to-us';
    insert into shipping_method_rates (id, method_id, currency, amount, position)
    select id, id, 'USD', 0, 90 from shipping_methods where id = '01900000-0000-7000-8000-000000000325';
  `.execute(db);
}

async function createTaxTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tax_rules (
      id uuid primary key,
      -- who levies it, such as US-CA: of each the rule of the smallest area counts, and the jurisdictions of a place add up
      jurisdiction text not null,
      level text not null check (level in ('country', 'state', 'county', 'city', 'district')),
      name text not null,
      country char(2) not null,
      -- the code of a state; empty for the whole country
      region text not null default '',
      -- both bounds belong to it and compare as far as they are long: 945 to 945 is a prefix; empty for all
      postcode_from text not null default '',
      postcode_to text not null default '',
      tax_class text not null default 'standard',
      rate_ppm integer not null check (rate_ppm between 0 and 1000000),
      -- how shipping is taxed: not at all, at this rate, or as the goods in the parcel are
      shipping text not null default 'goods' check (shipping in ('none', 'always', 'goods')),
      valid_from date not null default '0001-01-01',
      -- the first day that it holds no more
      valid_to date,
      unique (jurisdiction, country, region, postcode_from, postcode_to, tax_class, valid_from),
      check (length(postcode_from) = length(postcode_to) and postcode_from <= postcode_to),
      check (valid_to > valid_from)
    );
    create index tax_rules_by_place on tax_rules (country, region);

    create table tax_documents (
      order_id uuid primary key,
      provider text not null,
      code text not null unique,
      status text not null check (status in ('committed', 'voided')),
      committed_at timestamptz,
      voided_at timestamptz
    );
  `.execute(db);
}

async function seedTax(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into tax_rules (id, jurisdiction, level, name, country, region, tax_class, rate_ppm, shipping)
    select gen_random_uuid(), country || case region when '' then '' else '-' || region end,
      case region when '' then 'country' else 'state' end,
      name, country, region, tax_class, rate_ppm, case when taxes_shipping then 'always' else 'none' end
    from tax_rates;

    -- examples of counties, cities and districts; a merchant with more than a few uses a tax service
    insert into tax_rules
      (id, jurisdiction, level, name, country, region, postcode_from, postcode_to, rate_ppm, shipping, valid_from, valid_to)
    select gen_random_uuid(), jurisdiction, level, name, 'US', region, postcode_from, postcode_to, rate_ppm, shipping,
      coalesce(valid_from::date, '0001-01-01'), valid_to::date
    from (values
      ('US-NY-NYC', 'city', 'New York City sales tax', 'NY', '100', '104', 45000, 'always', null, null),
      ('US-NY-NYC', 'city', 'New York City sales tax', 'NY', '111', '114', 45000, 'always', null, null),
      ('US-NY-NYC', 'city', 'New York City sales tax', 'NY', '116', '116', 45000, 'always', null, null),
      ('US-NY-MCTD', 'district', 'Metropolitan Commuter District', 'NY', '100', '104', 3750, 'always', null, null),
      ('US-NY-MCTD', 'district', 'Metropolitan Commuter District', 'NY', '111', '114', 3750, 'always', null, null),
      ('US-NY-MCTD', 'district', 'Metropolitan Commuter District', 'NY', '116', '116', 3750, 'always', null, null),
      ('US-IL-COOK', 'county', 'Cook County sales tax', 'IL', '606', '606', 17500, 'none', null, null),
      ('US-IL-CHICAGO', 'city', 'Chicago sales tax', 'IL', '606', '606', 12500, 'none', null, null),
      ('US-IL-RTA', 'district', 'Regional Transportation Authority', 'IL', '606', '606', 10000, 'none', null, null),
      ('US-CA-LA', 'county', 'Los Angeles County sales tax', 'CA', '900', '900', 22500, 'none', null, '2025-04-01'),
      ('US-CA-LA', 'county', 'Los Angeles County sales tax', 'CA', '900', '900', 25000, 'none', '2025-04-01', null),
      ('US-CO-DENVER', 'city', 'Denver sales tax', 'CO', '802', '802', 51500, 'none', '2025-01-01', null),
      ('US-CO-RTD', 'district', 'Regional Transportation District', 'CO', '802', '802', 10000, 'none', null, null),
      ('US-CO-CD', 'district', 'Scientific and Cultural Facilities District', 'CO', '802', '802', 1000, 'none', null, null)
    ) as row (jurisdiction, level, name, region, postcode_from, postcode_to, rate_ppm, shipping, valid_from, valid_to);
  `.execute(db);
  for (const [country, taxClass, percent, from = null, to = null] of vatRates) {
    await addVat(db, { country, taxClass, percent, from, to, postcodes: ['', ''] });
  }
  for (const [country, postcodes, classes] of vatExceptions) {
    for (const [taxClass, percent] of Object.entries(classes)) {
      for (const [first, last] of postcodes) {
        await addVat(db, { country, taxClass, percent, from: null, to: null, postcodes: [first, last] });
      }
    }
  }
}

interface Vat {
  readonly country: string;
  readonly taxClass: string;
  readonly percent: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly postcodes: readonly [string, string];
}

async function addVat(db: Kysely<unknown>, vat: Vat): Promise<void> {
  await sql`
    insert into tax_rules
      (id, jurisdiction, level, name, country, postcode_from, postcode_to, tax_class, rate_ppm, valid_from, valid_to)
    values
      (gen_random_uuid(), ${vat.country}, 'country', 'VAT', ${vat.country}, ${vat.postcodes[0]}, ${vat.postcodes[1]},
       ${vat.taxClass}, ${Math.round(vat.percent * 10_000)}, coalesce(${vat.from}::date, '0001-01-01'), ${vat.to}::date)
  `.execute(db);
}

/** The rates of value-added tax in the EU, in percent; `reduced_2` is the higher of two reduced rates. From, and up to but without. */
const vatRates: readonly (readonly [string, string, number, (string | null)?, string?])[] = [
  ['AT', 'standard', 20],
  ['AT', 'reduced', 10],
  ['AT', 'reduced_2', 13],
  ['BE', 'standard', 21],
  ['BE', 'reduced', 6],
  ['BE', 'reduced_2', 12],
  ['BG', 'standard', 20],
  ['BG', 'reduced', 9],
  ['CY', 'standard', 19],
  ['CY', 'super_reduced', 3],
  ['CY', 'reduced', 5],
  ['CY', 'reduced_2', 9],
  ['CZ', 'standard', 21],
  ['CZ', 'reduced', 12, '2024-01-01'],
  ['CZ', 'reduced', 10, null, '2024-01-01'],
  ['CZ', 'reduced_2', 15, null, '2024-01-01'],
  ['DE', 'standard', 19, '2021-01-01'],
  ['DE', 'standard', 16, '2020-07-01', '2021-01-01'],
  ['DE', 'standard', 19, null, '2020-07-01'],
  ['DE', 'reduced', 7, '2021-01-01'],
  ['DE', 'reduced', 5, '2020-07-01', '2021-01-01'],
  ['DE', 'reduced', 7, null, '2020-07-01'],
  ['DK', 'standard', 25],
  ['EE', 'standard', 24, '2025-07-01'],
  ['EE', 'standard', 22, '2024-01-01', '2025-07-01'],
  ['EE', 'standard', 20, null, '2024-01-01'],
  ['EE', 'reduced', 9],
  ['EE', 'reduced_2', 13, '2025-01-01'],
  ['ES', 'standard', 21],
  ['ES', 'reduced', 10],
  ['ES', 'super_reduced', 4],
  ['FI', 'standard', 25.5, '2024-09-01'],
  ['FI', 'standard', 24, null, '2024-09-01'],
  ['FI', 'reduced', 10],
  ['FI', 'reduced_2', 13.5, '2026-01-01'],
  ['FI', 'reduced_2', 14, null, '2026-01-01'],
  ['FR', 'standard', 20],
  ['FR', 'reduced', 5.5],
  ['FR', 'reduced_2', 10],
  ['FR', 'super_reduced', 2.1],
  ['GR', 'standard', 24],
  ['GR', 'reduced', 6],
  ['GR', 'reduced_2', 13],
  ['HR', 'standard', 25],
  ['HR', 'reduced', 5],
  ['HR', 'reduced_2', 13],
  ['HU', 'standard', 27],
  ['HU', 'reduced', 5],
  ['HU', 'reduced_2', 18],
  ['IE', 'standard', 23],
  ['IE', 'reduced', 9],
  ['IE', 'reduced_2', 13.5],
  ['IE', 'super_reduced', 4.8],
  ['IT', 'standard', 22],
  ['IT', 'reduced', 5],
  ['IT', 'reduced_2', 10],
  ['IT', 'super_reduced', 4],
  ['LT', 'standard', 21],
  ['LT', 'reduced', 5],
  ['LT', 'reduced_2', 12, '2026-01-01'],
  ['LT', 'reduced_2', 9, null, '2026-01-01'],
  ['LU', 'standard', 17, '2024-01-01'],
  ['LU', 'standard', 16, '2023-01-01', '2024-01-01'],
  ['LU', 'standard', 17, null, '2023-01-01'],
  ['LU', 'reduced', 8, '2024-01-01'],
  ['LU', 'reduced', 7, '2023-01-01', '2024-01-01'],
  ['LU', 'reduced', 8, null, '2023-01-01'],
  ['LU', 'super_reduced', 3],
  ['LV', 'standard', 21],
  ['LV', 'reduced', 5],
  ['LV', 'reduced_2', 12],
  ['MT', 'standard', 18],
  ['MT', 'reduced', 5],
  ['MT', 'reduced_2', 7],
  ['NL', 'standard', 21],
  ['NL', 'reduced', 9],
  ['PL', 'standard', 23],
  ['PL', 'reduced', 5],
  ['PL', 'reduced_2', 8],
  ['PT', 'standard', 23],
  ['PT', 'reduced', 6],
  ['PT', 'reduced_2', 13],
  ['RO', 'standard', 21, '2025-08-01'],
  ['RO', 'standard', 19, null, '2025-08-01'],
  ['RO', 'reduced', 11, '2025-08-01'],
  ['RO', 'reduced', 5, null, '2025-08-01'],
  ['RO', 'reduced_2', 9, null, '2025-08-01'],
  ['SE', 'standard', 25],
  ['SE', 'reduced', 6],
  ['SE', 'reduced_2', 12],
  ['SI', 'standard', 22],
  ['SI', 'reduced', 5],
  ['SI', 'reduced_2', 9.5],
  ['SK', 'standard', 23, '2025-01-01'],
  ['SK', 'standard', 20, null, '2025-01-01'],
  ['SK', 'reduced', 5, '2025-01-01'],
  ['SK', 'reduced', 10, null, '2025-01-01'],
  ['SK', 'reduced_2', 19, '2025-01-01'],
];

const none = { standard: 0, reduced: 0, reduced_2: 0, super_reduced: 0 };

/** Places of those countries where other rates hold, by their postcodes; most are no part of the tax area at all. */
const vatExceptions: readonly (readonly [
  string,
  readonly (readonly [string, string])[],
  Readonly<Record<string, number>>,
])[] = [
  // Jungholz and Mittelberg
  [
    'AT',
    [
      ['6691', '6691'],
      ['6991', '6993'],
    ],
    { standard: 19 },
  ],
  // Büsingen and Heligoland
  [
    'DE',
    [
      ['78266', '78266'],
      ['27498', '27498'],
    ],
    none,
  ],
  // the Canary Islands, Ceuta and Melilla
  [
    'ES',
    [
      ['35', '35'],
      ['38', '38'],
      ['51', '52'],
    ],
    none,
  ],
  // Åland
  ['FI', [['22', '22']], none],
  // Guadeloupe, Martinique and Réunion; Guiana and Mayotte
  [
    'FR',
    [
      ['971', '972'],
      ['974', '974'],
    ],
    { standard: 8.5, reduced: 2.1, reduced_2: 2.1, super_reduced: 2.1 },
  ],
  [
    'FR',
    [
      ['973', '973'],
      ['976', '976'],
    ],
    none,
  ],
  // Mount Athos
  ['GR', [['63086', '63087']], none],
  // Livigno; Campione has left the tax area as well
  [
    'IT',
    [
      ['23041', '23041'],
      ['22061', '22061'],
    ],
    none,
  ],
  // Madeira and the Azores
  ['PT', [['90', '94']], { standard: 22, reduced: 4, reduced_2: 12 }],
  ['PT', [['95', '99']], { standard: 16, reduced: 4, reduced_2: 9 }],
];
