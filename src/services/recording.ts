/**
 * Records what is predicted: of each model a sample, by chance, of the rows of a minute, then counted column by column and
 * stored. An API that is killed loses the minute; of several, each stores its own.
 */
import {
  columnStatistics,
  type Field,
  fieldOf,
  predictionField,
  recordedFeatures,
  type Statistics,
} from '../run/drift/statistics.js';
import type { Prediction } from '../schemas/run.js';
import type { ModelRow } from '../store/models.js';
import { addStatistics } from '../store/prediction-statistics.js';
import { addUsage } from '../store/quotas.js';
import type { Parts } from './index.js';

const intervalMs = 60_000;
/** Of a model in a minute: rows, and fields of them. */
const [mostRows, mostFields] = [100, 20_000];
const mostModels = 200;

/** A row's fields, its prediction last. */
type Sampled = Field[];

interface Minute {
  predicted: number;
  rows: Sampled[];
}

export type Recording = ReturnType<typeof predictionRecording>;

export function predictionRecording({ db, config, log }: Pick<Parts, 'db' | 'config' | 'log'>) {
  let minutes = new Map<string, Minute>();
  /** Rows by tenant. */
  let counts = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;

  /** Stores what has come; what the database does not take is lost. */
  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const open = minutes;
    minutes = new Map();
    const rows = counts;
    counts = new Map();
    for (const [tenantId, predictions] of rows) {
      await addUsage(db, tenantId, { predictions }).catch((err: unknown) =>
        log.warn({ err }, 'predictions are not counted'),
      );
    }
    for (const [modelId, { predicted, rows }] of open) {
      await addStatistics(db, { modelId, predicted, statistics: counted(rows) }).catch((err: unknown) =>
        log.warn({ err, modelId }, 'statistics of predictions are lost'),
      );
    }
  }

  return {
    flush,

    /** `rows` were predicted, in that order. */
    add(
      { id, tenantId, card }: Pick<ModelRow, 'id' | 'tenantId' | 'card'>,
      rows: readonly Readonly<Record<string, unknown>>[],
      predictions: readonly Prediction[],
    ): void {
      counts.set(tenantId, (counts.get(tenantId) ?? 0) + rows.length);
      timer ??= setTimeout(() => void flush(), intervalMs).unref();
      if (!config.recordPredictions) return;
      const features = recordedFeatures(card);
      const most = Math.max(1, Math.min(mostRows, Math.floor(mostFields / (features.length + 1))));
      const minute = minutes.get(id) ?? { predicted: 0, rows: [] };
      minutes.set(id, minute);
      rows.forEach((row, index) => {
        // Each of the minute's rows is as likely to stay (Vitter 1985, algorithm R).
        const place = minute.predicted < most ? minute.predicted : Math.floor(Math.random() * (minute.predicted + 1));
        minute.predicted++;
        if (place >= most) return;
        const fields = features.map(({ name, type }) => fieldOf(type, Object.hasOwn(row, name) ? row[name] : null));
        minute.rows[place] = [...fields, predictionField(predictions[index]!)];
      });
      if (minutes.size >= mostModels) void flush();
    },
  };
}

function counted(rows: readonly Sampled[]): Statistics {
  const columns = rows[0]!.map((_, at) => columnStatistics(rows.map((row) => row[at]!)));
  return { rows: rows.length, features: columns.slice(0, -1), predictions: columns.at(-1)! };
}
