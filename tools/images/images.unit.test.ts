import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../stack/paths.ts';
import { type BuildPlan, buildArguments, builders, imageFolders, imageName } from './builders.ts';
import { writeSbom } from './sbom.ts';

const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const dockerfileOf = (folder: string) => read(`${folder}/Dockerfile`);
const finalStage = (folder: string) =>
  dockerfileOf(folder)
    .split(/^FROM /m)
    .at(-1) ?? '';

describe.each(imageFolders)('the Dockerfile of %s', (folder) => {
  const final = finalStage(folder);

  test('lets everybody choose what it is built on', () => {
    expect(dockerfileOf(folder)).toMatch(
      /^ARG NODE_IMAGE=node:24-slim\nARG RUNTIME_IMAGE=\$\{NODE_IMAGE\}$/m,
    );
    expect(
      dockerfileOf(folder)
        .match(/^FROM .*/gm)
        ?.at(-1),
    ).toMatch(/^FROM \$\{RUNTIME_IMAGE\}$/);
  });

  test('ends in a stage that needs no shell, as nobody in particular', () => {
    expect(final).not.toMatch(/^(RUN|SHELL|ADD) /m);
    expect(final).toMatch(/^USER 10001:10001$/m);
    expect(final).toMatch(/^ENTRYPOINT \[\]\nCMD \["[a-z-]+"\]$/m);
    expect(final.match(/^COPY .*/gm)).toEqual(['COPY --from=app /app /app']);
  });

  test('takes the pnpm of the lockfile, and nothing that the lockfile does not hold', () => {
    const pnpm = /^const pnpmVersion = '(.+)';$/m.exec(read('tools/bootstrap.mjs'))?.[1];
    expect(dockerfileOf(folder)).toContain(`ARG PNPM_VERSION=${pnpm}\n`);
    for (const install of dockerfileOf(folder).match(/pnpm install .*/g) ?? []) {
      expect(install).toContain('--frozen-lockfile');
    }
  });

  test('says what it is, and keeps no secret', () => {
    for (const label of ['title', 'description', 'licenses', 'version', 'revision']) {
      expect(final).toContain(`org.opencontainers.image.${label}=`);
    }
    expect(final).toMatch(/^ENV SOUK_VERSION=\$\{SOUK_VERSION\} SOUK_COMMIT=\$\{SOUK_COMMIT\}$/m);
    expect(dockerfileOf(folder)).not.toMatch(/(SECRET|PASSWORD|TOKEN|API_KEY|DATABASE_URL)=/);
  });
});

test('what is for production has a health check, and writes to /tmp alone', () => {
  for (const folder of ['storefront', 'bff']) expect(finalStage(folder)).toMatch(/^HEALTHCHECK /m);
  expect(finalStage('bff')).toContain('MEDIA_DIR=/tmp/media');
});

test('builds see the sources and nothing else', () => {
  const lines = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('*');
  const seen = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(seen).toEqual([
    ...['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tsconfig.base.json'],
    ...['telemetry', 'domain', 'bff', 'storefront', 'tools'],
  ]);
  for (const never of ['node_modules', 'build', '.souk', '.cache', '.env*', '*.test.ts', 'testing']) {
    expect(lines).toContain(`**/${never}`);
  }
});

describe('the arguments of a build', () => {
  const plan: BuildPlan = {
    folder: 'bff',
    nodeImage: 'node:24-slim',
    name: 'souk-bff:1.2.0',
    version: '1.2.0',
    commit: 'abc',
    epoch: 1_700_000_000,
    secrets: { ca: '/etc/ca.pem' },
    useCache: true,
  };

  test.each(builders)('date everything by the commit with %s, and hand secrets over as files', (builder) => {
    const line = buildArguments(builder, plan).join(' ');
    expect(line).toMatch(/--timestamp 1700000000|SOURCE_DATE_EPOCH=1700000000.*/);
    expect(line).toContain('--secret id=ca,src=/etc/ca.pem');
    expect(line).not.toContain('RUNTIME_IMAGE');
    expect(line).toMatch(/--file bff\/Dockerfile --tag souk-bff:1\.2\.0 \.$/);
  });

  test('put the image upon another one', () => {
    const distroless = { runtimeImage: 'distroless', nodeBinary: '/nodejs/bin/node' };
    const line = buildArguments('docker', { ...plan, ...distroless, useCache: false }).join(' ');
    expect(line).toContain('--build-arg RUNTIME_IMAGE=distroless --build-arg NODE_BINARY=/nodejs/bin/node');
    expect(line).toContain('--no-cache');
  });

  test('name the image with or without a registry', () => {
    expect(imageName('bff', { registry: '', tag: '1' })).toBe('souk-bff:1');
    expect(imageName('tools', { registry: 'example.test/shop/', tag: '1' })).toBe(
      'example.test/shop/souk-tools:1',
    );
  });
});

test('the bill of materials names every part once, by what scanners look up', () => {
  const image = { name: 'souk-bff', version: '1.2.0', commit: 'abc', epoch: 0 };
  const packages = [
    { name: '@aws-sdk/core', version: '3.1.0', license: 'Apache-2.0' },
    { name: 'pg', version: '8.0.0', license: { type: 'MIT' } },
    { name: 'pg', version: '8.0.0' },
  ];
  const debian = `Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9+deb12u1\n
Package: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n`;
  const text = writeSbom(image, JSON.stringify({ node: '24.1.0', packages, debian }));
  const { components, metadata, bomFormat } = JSON.parse(text);
  expect(bomFormat).toBe('CycloneDX');
  expect(metadata.component).toMatchObject({ type: 'container', name: 'souk-bff', version: '1.2.0' });
  expect(components.map(({ purl }: { purl: string }) => purl).sort()).toEqual([
    'pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=amd64',
    'pkg:generic/node@24.1.0',
    'pkg:npm/%40aws-sdk/core@3.1.0',
    'pkg:npm/pg@8.0.0',
  ]);
  expect(writeSbom(image, JSON.stringify({ node: '24.1.0', packages, debian }))).toBe(text);
});
