/** Datasets: an upload becomes a file on disk, the file an artifact to train from, and at last a row: what has a row is whole. */
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { datasetKey } from '../artifacts/keys.js';
import type { Config } from '../config.js';
import { formatOfName, withoutGz } from '../data/formats.js';
import type { ImageSize } from '../data/images/decode-image.js';
import { ingest } from '../data/ingest.js';
import { fieldProblem } from '../errors.js';
import { type Dataset, type DatasetFormat, datasetFormats } from '../schemas/dataset.js';
import { inTransaction } from '../store/database.js';
import {
  type DatasetRow,
  deleteDataset,
  findDataset,
  getDataset,
  insertDataset,
  listDatasets,
} from '../store/datasets.js';
import { newId } from '../store/ids.js';
import type { PageRequest } from '../store/page.js';
import { takeQuota } from '../store/quotas.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import { uploadProblem } from './problems.js';
import { receiveUpload, type Upload, type UploadPart } from './upload.js';

type Owned = { tenantId: string; id: string };

/** Of files that are being received or read; what a killed process left there goes when they are stale. */
export const uploadFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'uploads');
const staleMilliseconds = 24 * 3_600_000;

/** At start: what uploads left behind whose process was killed. Other processes may be receiving into the same folder. */
export async function removeStaleUploads(config: Pick<Config, 'dataDir'>): Promise<void> {
  const folder = uploadFolder(config);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return { mtimeMs: Date.now() }; // its upload has ended meanwhile
      throw error;
    });
    if (Date.now() - mtimeMs > staleMilliseconds) await rm(path, { recursive: true, force: true });
  }
}

export function datasetService({ db, artifacts, config }: Parts) {
  const uploads = uploadFolder(config);

  /** Reads the files in `folder` and stores what they hold. */
  async function store(tenantId: string, folder: string, upload: Upload, signal: AbortSignal) {
    const { bytes, sha256, fileName, fields } = upload;
    const format = formatOf(upload);
    const earlier = await findDataset(db, { tenantId, sha256, format });
    if (earlier) return { dataset: earlier, created: false };
    const path = upload.ofImages ? folder : join(folder, 'file');
    const output = join(folder, 'read');
    const { maxDatasetRows: rows, maxDatasetBytes } = config;
    const limits = { rows, tableBytes: maxDatasetBytes, unpackedBytes: maxDatasetBytes };
    const imageSize = imageSizeOf(upload, format);
    const { contents } = await ingest({ path, format, imageSize, output, limits, signal }).catch((error: unknown) => {
      throw uploadProblem(error);
    });
    const id = newId('dataset');
    const key = datasetKey(id);
    const artifact = await artifacts.put(key, createReadStream(output));
    const result = await inTransaction(db, async (trx) => {
      await takeQuota(trx, tenantId, { bytes: artifact.bytes });
      return insertDataset(trx, {
        ...{ tenantId, id, format, bytes, sha256, contents },
        ...{ artifactKey: key, artifactBytes: artifact.bytes, artifactSha256: artifact.sha256 },
        name: fields.name ?? nameOf(fileName),
      });
    }).catch(async (error: unknown) => {
      await artifacts.remove(key);
      throw error;
    });
    if (!result.created) await artifacts.remove(key);
    return result;
  }

  return {
    /** `created: false` where the tenant uploaded the same bytes in the same format before. */
    async create({
      tenantId,
      parts,
      signal,
    }: {
      tenantId: string;
      parts: AsyncIterable<UploadPart>;
      signal: AbortSignal;
    }) {
      await inTransaction(db, (trx) => takeQuota(trx, tenantId, { bytes: 1 })); // before it is read
      await mkdir(uploads, { recursive: true });
      const folder = await mkdtemp(join(uploads, 'upload-'));
      try {
        const upload = await receiveUpload(parts, { folder, maxBytes: config.maxUploadBytes, signal });
        const { dataset, created } = await store(tenantId, folder, upload, signal);
        return { dataset: toDataset(dataset), created };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    async list(request: PageRequest & { tenantId: string }) {
      const { items, nextCursor } = await listDatasets(db, request);
      return { items: items.map(toDataset), nextCursor };
    },

    async get({ tenantId, id }: Owned): Promise<Dataset> {
      return toDataset(found(await getDataset(db, { tenantId, id }), 'dataset', id));
    },

    async delete(owned: Owned): Promise<void> {
      const { artifactKey } = await deleteDataset(db, owned);
      await artifacts.remove(artifactKey);
    },
  };
}

/** Format and contents go together: they were stored by one ingest. */
const toDataset = ({ id, name, format, bytes, sha256, contents, createdAt }: DatasetRow): Dataset =>
  ({ id, name, format, bytes, sha256, ...contents, createdAt: createdAt.toISOString() }) as Dataset;

/** `penguins` of `C:\data\penguins.csv.gz`: browsers may send paths. */
const nameOf = (fileName: string): string =>
  parse(withoutGz(fileName.replaceAll('\\', '/'))).name.slice(0, 200) || 'dataset';

const contentTypes: Readonly<Record<string, DatasetFormat>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'application/vnd.apache.parquet': 'parquet',
  'text/plain': 'text',
  'application/zip': 'zip',
  'application/x-tar': 'tar',
};

function imageSizeOf({ fields: { imageSize } }: Upload, format: DatasetFormat): ImageSize | undefined {
  if (imageSize === undefined) return undefined;
  if (format !== 'zip' && format !== 'tar') {
    const expected = 'zip or tar';
    const message = `expected the format ${expected}, whose images may be stretched`;
    throw fieldProblem('invalid_request', { path: '/imageSize', message, expected, got: format });
  }
  const [height, width] = imageSize.split('x').map(Number) as [number, number];
  return { height, width };
}

/** What the client says, else the file's name, else its content type. Images have one format. */
function formatOf({ ofImages, fields, fileName, contentType }: Upload): DatasetFormat {
  if (fields.format !== undefined && (fields.format === 'idx') !== ofImages) {
    const expected = ofImages ? 'idx, the format of images' : 'images and labels, not file';
    const error = {
      path: ofImages ? '/format' : '/file',
      message: `expected ${expected}`,
      expected,
      got: fields.format,
    };
    throw fieldProblem('invalid_request', error);
  }
  if (ofImages) return 'idx';
  const format = fields.format ?? formatOfName(fileName) ?? contentTypes[contentType.toLowerCase()];
  if (format) return format;
  throw fieldProblem(
    'unsupported_media_type',
    {
      path: '/file',
      message: 'neither file name nor content type says a format that is read',
      expected: datasetFormats,
      got: `${fileName} (${contentType})`.slice(0, 200),
    },
    'send the field format',
  );
}
