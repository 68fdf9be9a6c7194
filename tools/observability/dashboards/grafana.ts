/** How a number is written: Grafana's names of units. */
export type Unit = 'short' | 'reqps' | 's' | 'percentunit' | 'bytes' | 'ops' | 'currencyUSD' | 'none';

/** Where a colour begins. The first step has no limit. */
export type Step = readonly [limit: number | null, colour: 'green' | 'orange' | 'red' | 'blue' | 'text'];

/**
 * What a line is called, with labels such as `{{service}}`, and its PromQL: `$namespace` is the shop's, `$__rate_interval` and `$__range`
 * are Grafana's.
 */
export type Query = readonly [legend: string, expr: string];

type Kind = 'timeseries' | 'stat' | 'bargauge' | 'table';

/** One question that a dashboard answers. */
export interface Panel {
  /** Lines over time, unless said. */
  readonly kind?: Kind;
  /** The question's subject, as few words as will do. */
  readonly title: string;
  /** How to read it, and what is good. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Of the 24 columns; 8 unless said. */
  readonly width?: number;
  readonly steps?: readonly Step[];
  readonly decimals?: number;
  readonly max?: number;
  readonly isStacked?: boolean;
  /** Names of alerts whose runbooks it leads to. */
  readonly alerts?: readonly string[];
}

export interface Row {
  readonly title: string;
  readonly height: number;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Its address in Grafana: `/d/<uid>`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

const COLUMNS = 24;
const datasource = { type: 'prometheus', uid: '$datasource' } as const;

/** `SoukPagesFailing` → `docs/runbooks/pages-failing.md`: where the page of an alert lies in the repository. */
export function runbookOf(alert: string): string {
  const name = alert.replace(/^Souk/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-');
  return `docs/runbooks/${name.toLowerCase()}.md`;
}

/** A dashboard as Grafana reads it. @throws Error when the panels of a row do not fill its 24 columns */
export function renderDashboard(dashboard: Dashboard): object {
  const { uid, title, description } = dashboard;
  return {
    uid,
    title,
    description,
    tags: ['souk'],
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [datasourceVariable, namespaceVariable] },
    annotations: { list: [releases, pages] },
    links: [
      {
        type: 'dashboards',
        title: 'Souk',
        tags: ['souk'],
        asDropdown: false,
        includeVars: true,
        keepTime: true,
      },
      { type: 'link', title: 'Runbooks', icon: 'doc', url: 'docs/runbooks/README.md', targetBlank: true },
    ],
    panels: placeRows(dashboard.rows),
  };
}

const datasourceVariable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  current: {},
};

const namespaceQuery = 'label_values(build_info{service="bff"}, namespace)';
const namespaceVariable = {
  name: 'namespace',
  label: 'Shop',
  type: 'query',
  datasource,
  definition: namespaceQuery,
  query: { query: namespaceQuery, refId: 'namespaces' },
  refresh: 2,
  sort: 1,
  current: { text: 'souk', value: 'souk' },
};

const releases = {
  name: 'Releases',
  datasource,
  enable: true,
  iconColor: 'blue',
  expr: 'count by (service, version) (build_info{namespace="$namespace"}) unless count by (service, version) (build_info{namespace="$namespace"} offset 5m)',
  titleFormat: '{{service}} {{version}}',
  step: '60s',
};

const pages = {
  name: 'Pages',
  datasource,
  enable: true,
  iconColor: 'red',
  expr: 'ALERTS{namespace="$namespace",alertname=~"Souk.+",alertstate="firing",severity="page"}',
  titleFormat: '{{alertname}}',
  step: '60s',
};

const widthOf = ({ width = 8 }: Panel) => width;

function placeRows(rows: readonly Row[]): object[] {
  const placed: object[] = [];
  let y = 0;
  const nextId = () => placed.length + 1;
  for (const row of rows) {
    const width = row.panels.reduce((sum, panel) => sum + widthOf(panel), 0);
    if (width % COLUMNS !== 0) throw new Error(`the panels of "${row.title}" are ${width} columns wide`);
    placed.push({
      id: nextId(),
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      panels: [],
    });
    y += 1;
    let x = 0;
    for (const panel of row.panels) {
      placed.push(renderPanel(panel, nextId(), { x, y, w: widthOf(panel), h: row.height }));
      x += widthOf(panel);
      if (x >= COLUMNS) {
        x = 0;
        y += row.height;
      }
    }
  }
  return placed;
}

function renderPanel(panel: Panel, id: number, gridPos: object): object {
  const { kind = 'timeseries', title, description, queries, alerts = [] } = panel;
  return {
    id,
    type: kind,
    title,
    description,
    datasource,
    gridPos,
    fieldConfig: { defaults: fieldDefaults(panel), overrides: [] },
    options: optionsOf(kind),
    ...(kind === 'table'
      ? { transformations: [{ id: 'organize', options: { excludeByName: { Time: true } } }] }
      : {}),
    targets: queries.map(([legend, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource,
      expr,
      legendFormat: legend,
      ...(kind === 'timeseries' ? { range: true } : { instant: true, range: false }),
      ...(kind === 'table' ? { format: 'table' } : {}),
    })),
    links: alerts.map((alert) => ({ title: alert, url: runbookOf(alert), targetBlank: true })),
  };
}

function fieldDefaults({
  kind = 'timeseries',
  unit,
  steps,
  decimals,
  max,
  isStacked = false,
}: Panel): object {
  const thresholds = steps ?? [[null, kind === 'stat' ? 'text' : 'green'] as const];
  return {
    unit,
    min: 0,
    ...(decimals === undefined ? {} : { decimals }),
    ...(max === undefined ? {} : { max }),
    color: { mode: kind === 'timeseries' ? 'palette-classic' : 'thresholds' },
    thresholds: { mode: 'absolute', steps: thresholds.map(([value, color]) => ({ value, color })) },
    ...(kind === 'timeseries'
      ? {
          custom: {
            lineWidth: 1,
            fillOpacity: isStacked ? 25 : 5,
            showPoints: 'never',
            spanNulls: false,
            stacking: { mode: isStacked ? 'normal' : 'none' },
            thresholdsStyle: { mode: steps === undefined ? 'off' : 'dashed' },
          },
        }
      : {}),
  };
}

const lastOnly = { calcs: ['lastNotNull'], fields: '', values: false };

function optionsOf(kind: Kind): object {
  switch (kind) {
    case 'timeseries':
      return {
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
        tooltip: { mode: 'multi', sort: 'desc' },
      };
    case 'stat':
      return {
        reduceOptions: lastOnly,
        colorMode: 'value',
        graphMode: 'none',
        textMode: 'auto',
        wideLayout: true,
      };
    case 'bargauge':
      return { reduceOptions: lastOnly, displayMode: 'basic', orientation: 'horizontal', showUnfilled: true };
    case 'table':
      return { showHeader: true, cellHeight: 'sm' };
  }
}
