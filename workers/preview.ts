/** The preview process: reads one dataset, answers with some of its rows, ends. Its parent is src/services/previews.ts. */
import { answerOfDataset } from '../src/run/answer-of-dataset.js';
import { type PreviewReply, type PreviewTask, previewDataset } from '../src/run/preview.js';

answerOfDataset((stored, task: PreviewTask): Promise<PreviewReply> => previewDataset(stored, task));
