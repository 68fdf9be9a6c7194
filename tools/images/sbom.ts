import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { z } from 'zod';

/** What tools/images/inventory.ts prints. */
const inventory = z.object({
  node: z.string(),
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      // old packages say it as { type, url }
      license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
    }),
  ),
  debian: z.string(),
});

export interface ImageIdentity {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  /** Seconds since 1970. */
  readonly epoch: number;
}

interface Part {
  readonly name: string;
  readonly version: string;
  /** https://github.com/package-url/purl-spec: what scanners look up */
  readonly purl: string;
  readonly license?: string | undefined;
}

/** Writes what an image holds as CycloneDX 1.6 in JSON: the same image makes the same text. */
export function writeSbom(image: ImageIdentity, printed: string): string {
  const { node, packages, debian } = inventory.parse(JSON.parse(printed));
  const parts = [
    { name: 'node', version: node, purl: `pkg:generic/node@${node}`, license: 'MIT' },
    ...packages.map(npmPart),
    ...debianParts(debian),
  ];
  const bom = new Models.Bom();
  bom.metadata.timestamp = new Date(image.epoch * 1_000);
  bom.metadata.component = new Models.Component(Enums.ComponentType.Container, image.name, {
    version: image.version,
    bomRef: `${image.name}@${image.version}`,
    properties: new Models.PropertyRepository([new Models.Property('souk:commit', image.commit)]),
  });
  for (const part of new Map(parts.map((each) => [each.purl, each])).values()) {
    const { name, version, purl, license } = part;
    bom.components.add(
      new Models.Component(Enums.ComponentType.Library, name, {
        version,
        purl,
        bomRef: purl,
        licenses: new Models.LicenseRepository(license ? [new Models.NamedLicense(license)] : []),
      }),
    );
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function npmPart({ name, version, license }: z.infer<typeof inventory>['packages'][number]): Part {
  const said = typeof license === 'string' ? license : license?.type;
  return { name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, license: said };
}

/** The installed packages of a Debian status file: paragraphs of fields. */
function debianParts(status: string): Part[] {
  return status.split(/\n\n+/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph)?.[1];
    const [name, version, arch] = [field('Package'), field('Version'), field('Architecture')];
    if (!name || !version || field('Status')?.startsWith('deinstall')) return [];
    return [
      { name, version, purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${arch ?? 'all'}` },
    ];
  });
}
