/** The export process: writes one model in another format, ends. Its parent is src/services/exports.ts. */
import { answerOnce } from '../src/run/answer-once.js';
import { type ExportTask, exportModel } from '../src/run/export.js';
import { orRefusal } from '../src/run/refusal.js';

answerOnce((task: ExportTask) => orRefusal(() => exportModel(task)));
