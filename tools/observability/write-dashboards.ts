import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDashboard } from './dashboards/grafana.ts';
import { dashboards } from './dashboards/index.ts';
import { dashboardsDirectory, filesIn } from './files.ts';

export interface DashboardFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** The files that the sources make, not written yet. */
export function dashboardFiles(): DashboardFile[] {
  return dashboards.map((dashboard) => {
    const name = `${dashboard.uid.replace(/^souk-/, '')}.json`;
    const text = `${JSON.stringify(renderDashboard(dashboard), null, 2)}\n`;
    return { name, path: join(dashboardsDirectory, name), text };
  });
}

/** Writes the dashboards into the chart, and removes those that there are no more. @returns their names */
export function writeDashboards(): string[] {
  mkdirSync(dashboardsDirectory, { recursive: true });
  for (const path of filesIn(dashboardsDirectory, '.json')) rmSync(path);
  return dashboardFiles().map(({ name, path, text }) => {
    writeFileSync(path, text);
    return name;
  });
}
