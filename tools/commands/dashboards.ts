import { Command } from 'commander';
import { writeDashboards } from '../observability/write-dashboards.ts';

new Command('npm run dashboards')
  .description(
    'Writes charts/souk/dashboards/*.json, as Grafana reads them, from tools/observability/dashboards.',
  )
  .helpOption('-h, --help')
  .parse();

for (const name of writeDashboards()) console.log(`charts/souk/dashboards/${name}`);
