/** From openapi/openapi.json, by `npm run openapi`. Do not edit. */
export interface paths {
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to observe of the service
         * @description Prometheus’ text format: requests of this process; jobs, queue, consumers and checkpoints of all.
         */
        get: operations["getServiceMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List datasets
         * @description Newest first.
         */
        get: operations["listDatasets"];
        put?: never;
        /**
         * Upload a dataset
         * @description A CSV, TSV or JSON Lines file with a header, plain text, in UTF-8 and perhaps in gzip, a Parquet file, NumPy’s arrays (.npy, or .npz with x and y, for a table or images), a zip or tar archive of PNG and JPEG images in one folder a class (perhaps below train/ and test/), images and labels in IDX, or weights in safetensors, which jobs begin with. The format is what `format` says, else what the file name ends in, else what the part’s content type says. Bytes that were uploaded before give the dataset made then.
         */
        post: operations["createDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dataset
         * @description What it holds: of a table the columns with their types, missing values and ranges; of a text what was counted.
         */
        get: operations["getDataset"];
        put?: never;
        post?: never;
        /**
         * Delete a dataset
         * @description Refused while any job names it, whatever the job’s state: delete the jobs first.
         */
        delete: operations["deleteDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profile a dataset
         * @description What its columns, texts or images are like, what is in it twice, and its problems: each with the rows concerned, a remedy, and where one can be declared a merge patch for the job’s `dataset`. With a target in `dataset` also what each column tells of it, and which rows the split puts in two parts.
         */
        get: operations["getDatasetProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a dataset
         * @description The first rows of the training split before and after augmentation, as the first epoch of a job with this seed has them. Images are PNG, each a data URI, or with `Accept: image/png` on one sheet with a line for each: before, after. Of a table with neither `dataset` nor `augmentation` its first rows as they stand. Texts are shown in rows of 64 tokens.
         */
        get: operations["getDatasetPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Newest first, of one state, one name or one sweep if asked.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit a job
         * @description Checks the spec against the dataset, plans it, stores it with every default filled in, and answers. Training starts when a consumer is free. A null field takes its default.
         */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan a job without queueing it
         * @description What a job of this spec would cost, or why it is impossible. Nothing is stored.
         */
        post: operations["planJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a job
         * @description Where it stands, and once it has ended what came of it.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Delete a job
         * @description With its metrics, events, checkpoints and model. Only a job that has ended can be deleted.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a job
         * @description A queued job is paused at once; a running one becomes `pausing`, writes a checkpoint and is paused within a moment. It keeps its place by priority, and its time limit counts training alone. Asking twice is asking once.
         */
        post: operations["pauseJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a job
         * @description Queues a paused job, which goes on from its last checkpoint to the same bits as if it had never paused. A job that is queued or running stays as it is; one that is still `pausing` cannot turn back. A job whose checkpoints were written under kernels that no consumer has waits with the reason `fingerprint`, until `allowKernelChange` lets it go on.
         */
        post: operations["resumeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/training": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a job’s training
         * @description The learning rate, the patience of early stopping, the number of steps: of a job that waits, is paused, or runs. A run takes the change up after the step it is at, within a moment, with its optimizer’s state; the job’s `edits` say after which, and an event `edit` tells it. A run that is interrupted and resumed makes each change after the same step again. Asking for what is so already changes nothing. A job takes 1000 changes at most, and of a sweep’s trial the steps stay.
         */
        patch: operations["editTraining"];
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A job that nobody runs is cancelled at once; a running one becomes `cancelling` and stops within a moment, after a last checkpoint unless `mode` is `immediate`. Asking twice is asking once, but `immediate` may follow `checkpoint`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fork a job
         * @description A new job of the patched spec. From a checkpoint (`last`, or one by its id) it goes on with its training, at its step and with its optimizer’s state, where the patch leaves model, loss, `evaluation.best`, batches and the type of the optimizer as they are; where it does not, and from `best`, it begins at step 0 with the weights alone. Its first transition says which. Data, task and seed cannot change then. Paths of errors point into the patched spec.
         */
        post: operations["forkJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a job
         * @description A new job of the same spec for one that failed or was cancelled, from its last checkpoint whose file is whole, or from the start. Without an Idempotency-Key a job has one retry: asked again, it is answered with the same job.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare jobs
         * @description Where their specs differ, what they reached, and their series on one axis, by step or by seconds of training. Where there are more places than `maxPoints`, the axis is cut in equal stretches, and a value is the last of its stretch.
         */
        get: operations["compareJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a job stems from, and what stems from it
         * @description With what each fork changed. A job whose parent was deleted is nobody’s fork any more.
         */
        get: operations["getLineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metrics of a job
         * @description Series by step, readable while the job runs. `Accept: text/csv` gives one row a point: name, step, value; where segments are asked for, name, segment, step, value.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a job
         * @description Oldest first, numbered without gaps: state changes, checkpoints, epochs, findings.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the events of a job
         * @description From its first event, or from behind Last-Event-ID, to its end, when the stream ends too. The `data` of each frame is one event as JSON, its `id` is what the header Last-Event-ID takes to go on behind it: nothing is left out, nothing told twice. Lines that begin with a colon say only that the stream lives.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the events of all jobs
         * @description From now on, or from behind Last-Event-ID. Where two processes write of one job at once, only `seq` tells which came first. The `data` of each frame is one event as JSON, its `id` is what the header Last-Event-ID takes to go on behind it: nothing is left out, nothing told twice. Lines that begin with a colon say only that the stream lives.
         */
        get: operations["streamAllEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is wrong with a job, and what to change
         * @description Looked for in the data before the first step, at evaluations, and at the end, of failed runs too. Each has the numbers it rests on; its `patch` can be sent to `POST /v1/jobs/{id}/fork` as it is.
         */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/remedies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List how remedies did
         * @description Every race of the job as it stands now, readable while it runs.
         */
        get: operations["listRemedies"];
        put?: never;
        /**
         * Try the remedies of a job
         * @description Forks the job once for the patch of each finding, and once without, all from the same weights and for as many steps without early stopping. The forks are ordinary jobs, each with a result of its own; the race ranks them by `evaluation.best` of the job. A patch of which no job can be made from there is told with its reason.
         */
        post: operations["tryRemedies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the checkpoints of a job
         * @description Newest first. Superseded ones are dropped as the job’s `checkpoints` section says.
         */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checkpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a checkpoint
         * @description Its step, its metrics, the hash and size of its file, and whether the file still is what was written.
         */
        get: operations["getCheckpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a checkpoint
         * @description Refused for the last sound one of its job, for one that a model rests on, that is pinned, or that is being downloaded.
         */
        delete: operations["deleteCheckpoint"];
        options?: never;
        head?: never;
        /**
         * Pin or unpin a checkpoint
         * @description A pinned one is not dropped when it is superseded. Those of one job may take as many bytes as the job may keep.
         */
        patch: operations["updateCheckpoint"];
        trace?: never;
    };
    "/v1/checkpoints/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a checkpoint
         * @description A safetensors file: weights, optimizer state, and in its metadata what predicting needs. The whole file is hashed on its way: if it is damaged, the download breaks off before its end.
         */
        get: operations["getCheckpointFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a job
         * @description Trains again from the last checkpoint but one, or the start, to the last one, beside the API, and compares the bytes. That takes the kernels which the job was trained with, and at most 20,000 steps and a minute.
         */
        post: operations["verifyJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Newest first: one of each succeeded job, and those that were registered under a name.
         */
        get: operations["listModels"];
        put?: never;
        /**
         * Register a model
         * @description Gives the weights of a job or a checkpoint a name, and the next version below it. The same weights below the same name are the version that they were. The job, of whatever state, stays for as long as the model does.
         */
        post: operations["registerModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict rows
         * @description Raw rows, as they stood in the dataset: the model imputes, scales and encodes them itself. A category that training did not see is accepted; a field that is no column is refused, and a missing value where training dropped its rows. Calibration, intervals and explanations rest on the splits of the model’s job, which are measured when the first is asked for.
         */
        post: operations["predict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/tokenizer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the tokenizer of a model
         * @description Of a model that reads text: every token with its id, and the merges of byte pairs.
         */
        get: operations["getTokenizer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a model
         * @description As ONNX, the file does what predict does. A table’s has an input a column: float64 [rows, 1] with NaN for what is missing (numbers, booleans as 0 and 1, dates as epoch milliseconds), string [rows, 1] (categories, without white space around them). Images are uint8 [rows, channels, height, width]. Models of text take `input_ids` and `attention_mask`, int64 [rows, time]: see the tokenizer. It answers with `label` and `probabilities`, `value`, or `logits` of each position. A bundle, of a model of columns or images, has `predict(rows)`, which takes and gives what predict does.
         */
        get: operations["exportModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a model
         * @description Which columns it reads and what it predicts; and its card: dataset and split, metrics, the spec that it was trained by, the jobs it stems from, and its preparation as it was fitted.
         */
        get: operations["getModel"];
        put?: never;
        post?: never;
        /**
         * Delete a model
         * @description Its version is not used again. Refused while an alias points to it, and for the result of a job, which goes with the job.
         */
        delete: operations["deleteModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Point an alias to a model
         * @description From then on `name@alias` is this model, wherever an id is asked for, and the one before no longer.
         */
        put: operations["setModelAlias"];
        post?: never;
        /**
         * Remove an alias
         * @description It points nowhere from then on.
         */
        delete: operations["removeModelAlias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Evaluate a model
         * @description Measures the model on every row of a dataset that has the columns of the one it was trained on: all metrics, the confusion matrix, ROC curves and precision over recall, how well probabilities are calibrated, the rows that it is most wrong about, and the same metrics by the values of a column. Of a language model: loss and perplexity of a text. Rows without a target, or of a class that training did not know, are counted and left out.
         */
        post: operations["evaluateModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measure the drift of a model
         * @description Compares what was predicted with what the model was trained on: each feature, and the predictions with those of the validation split. Of every minute a sample is counted, column by column; where there is drift, the fork of the model’s job is told that trains on newer data.
         */
        get: operations["getModelDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate text
         * @description What a language model has follow a prompt. The same request gives the same text. A character that the training text did not hold is refused. With `Accept: text/event-stream` each token is told as it is drawn: `event: token`, its data `{ text, token }`, the texts one after the other being the whole; then `event: done` with what is answered otherwise, or `event: error` with a problem. A client that goes away ends the computation.
         */
        post: operations["generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys
         * @description Of the tenant, newest first, without the secrets.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description Of the tenant whose key makes it. The answer is the only place where it stands.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description It opens nothing from the next request on.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done
         * @description Every request of the tenant’s keys that was not for reading, refused ones included, newest first.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Of the tenant, newest first, without the secrets.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events sent
         * @description Events of the tenant’s jobs from now on, as Standard Webhooks: a POST of `{ type, timestamp, data }`, `data` the event as streams tell it, signed in `webhook-signature`. Anything but 2xx is tried again for three days, 410 disables the webhook. A message may come twice, with the same `webhook-id`, and messages may overtake one another.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook
         * @description Without its secret.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description With its deliveries, those under way included.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Its URL, which events it is sent, or whether it is sent any.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook another secret
         * @description Messages carry the signatures of both, the former’s until `overlapSeconds` are over.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a webhook a message
         * @description Of the type `test`; the answer is its delivery, and the list of deliveries says how it went.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a webhook was sent
         * @description Newest first, each with its last tries. What has ended is kept for 30 days.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again
         * @description The same message under the same `webhook-id`, now, and where it is not taken again for three days.
         */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a session
         * @description Keeps a key in an HttpOnly, SameSite=Strict cookie, which stands for the Authorization header from then on.
         */
        post: operations["openSession"];
        /**
         * Close the session
         * @description Drops the cookie.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sweeps
         * @description Newest first, of one state if asked. How far one is, and what is best in it, is told where it is read alone.
         */
        get: operations["listSweeps"];
        put?: never;
        /**
         * Submit a sweep
         * @description Trains a job many times, each trial with other values of some fields of its spec. Trials are jobs. The values are a function of the seed and the trial’s number, so that a sweep of the same seed tries the same. The job, and jobs with each parameter at its extremes, are checked and planned first.
         */
        post: operations["createSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a sweep
         * @description Where it stands, the best trial so far, and how much each parameter matters; also while it runs.
         */
        get: operations["getSweep"];
        put?: never;
        post?: never;
        /**
         * Delete a sweep
         * @description Only one that has ended. Its jobs and their models stay, as those of no sweep.
         */
        delete: operations["deleteSweep"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps/{id}/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the trials of a sweep
         * @description In the order in which they began, with what each came to at each rung and whether it went on from there.
         */
        get: operations["listSweepTrials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a sweep
         * @description No trial begins; those that are queued or running are paused, with a checkpoint. Asking twice is asking once.
         */
        post: operations["pauseSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a sweep
         * @description The trials that it paused go on to the same bits, and further ones begin. Asking twice is asking once.
         */
        post: operations["resumeSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sweeps/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a sweep
         * @description Cancels its trials, after a last checkpoint. Asking twice is asking once.
         */
        post: operations["cancelSweep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the usage
         * @description Of the tenant. What would go beyond a quota is refused as `quota_exceeded`, with the limit, what is taken and what was asked for: a job by its steps and one checkpoint of it, an upload by its bytes. A sweep waits until there is room.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process lives
         * @description Checks nothing beyond itself: for restarting a process that hangs.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description Fails without database or disk. Without the queue it is degraded: jobs are accepted and start later.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description OpenAPI 3.1, generated from the routes.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi-3.0.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document for older generators
         * @description OpenAPI 3.0.3, derived from the 3.1 document.
         */
        get: operations["getOlderOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where to go from here
         * @description Names the documents and the collections of the API. To a browser, `Accept: text/html`, it is the dashboard.
         */
        get: operations["getIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "type": "type",
         *       "title": "title",
         *       "status": 1,
         *       "detail": "detail",
         *       "code": "code",
         *       "requestId": "requestId"
         *     }
         */
        Problem: {
            /** @description URI reference of the kind of problem */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable: match on this */
            code: string;
            requestId: string;
            errors?: components["schemas"]["FieldError"][];
            retryable?: boolean;
            hint?: string;
            state?: string;
            allowed?: string[];
        };
        FieldError: {
            /** @description JSON pointer into the request, e.g. `/model/hidden/0` */
            path: string;
            code?: string;
            message: string;
            expected?: unknown;
            got?: unknown;
            /** @description 1-based line of the file */
            row?: number;
            column?: string;
            /** @description Name of a file in an archive */
            entry?: string;
        };
        /** @description What led to a value that is not finite */
        PostMortem: {
            /** @description Whose batch, or whose update, it came from */
            step: number;
            layer: string | null;
            tensor: string | null;
            value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
            /** @description Of the step’s batches, in their order; the first 256 */
            rows: number[];
            /**
             * @description What `rows` number, from 0. Of a text: the tokens at which windows of the training split begin
             * @enum {string}
             */
            rowsOf: "dataset" | "trainingSplit";
            /** @description How many rows the step had; 0 where weights were not finite at the start */
            rowCount: number;
            /** @description Of the last steps before, the latest last */
            gradientNorms: {
                step: number;
                value: number;
            }[];
            /** @description That the guard had made before */
            rollbacks: number;
            checkpoint: {
                /** @description Id of a checkpoint */
                id: string;
                step: number;
            } | null;
        };
        RunError: {
            code: string;
            /** @enum {string} */
            category: "data" | "config" | "numeric" | "resource" | "infrastructure";
            title: string;
            detail: string;
            step?: number;
            layer?: string;
            path?: string;
            expected?: unknown;
            got?: unknown;
            postMortem?: components["schemas"]["PostMortem"];
        };
        ColumnInfo: {
            name: string;
            /** @enum {string} */
            type: "number" | "category" | "boolean" | "date" | "text";
            /** @description Rows without a value ("", NA, N/A, NaN, null, ?) */
            missing: number;
            /** @description Distinct values, missing not counted */
            distinct: number;
            /** @description number only: every value is whole */
            integer?: boolean;
            /** @description number; date as epoch milliseconds */
            min?: number;
            max?: number;
            mean?: number;
            /** @description text: code points that differ */
            distinctCharacters?: number;
            /** @description category and boolean: the values, sorted */
            values?: string[];
            /** @description Rows of each of the `values`; of whole numbers, if few differ, ascending */
            counts?: number[];
        };
        /**
         * @example {
         *       "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "format": "csv",
         *       "bytes": 1,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "kind": "table",
         *       "rowCount": 1,
         *       "columns": [
         *         {
         *           "name": "penguins",
         *           "type": "number",
         *           "missing": 1,
         *           "distinct": 1
         *         }
         *       ],
         *       "createdAt": "2026-01-05T09:30:00Z"
         *     }
         */
        Dataset: components["schemas"]["TableDataset"] | components["schemas"]["TextDataset"] | components["schemas"]["ImagesDataset"] | components["schemas"]["WeightsDataset"];
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "format": "csv",
         *           "bytes": 1,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "kind": "table",
         *           "rowCount": 1,
         *           "columns": [
         *             {
         *               "name": "penguins",
         *               "type": "number",
         *               "missing": 1,
         *               "distinct": 1
         *             }
         *           ],
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        DatasetPage: {
            items: components["schemas"]["Dataset"][];
            nextCursor: string | null;
        };
        /** @description Fields that do not fit the dataset are refused */
        DatasetSpec: {
            /** @description Id of a dataset */
            id: string;
            /** @description Tables: the column to predict */
            target?: string;
            /** @description Tables, for bert: the text column to read; default the only one there is */
            text?: string;
            /**
             * @description Tables: columns left out. Text columns, and one that groups or splits rows, are added when the job is accepted
             * @default []
             */
            ignore?: string[];
            /**
             * @description Rows without a value
             * @default {
             *       "type": "impute"
             *     }
             */
            missing?: components["schemas"]["ImputeMissing"] | components["schemas"]["DropMissing"];
            /**
             * @description Numbers far from the others. What is filled in and how it is scaled follows from the clipped values
             * @default {
             *       "type": "keep"
             *     }
             */
            outliers?: components["schemas"]["KeepOutliers"] | components["schemas"]["ClipIqrOutliers"] | components["schemas"]["ClipQuantilesOutliers"];
            /**
             * @description Numbers, by the values that are there
             * @default {
             *       "type": "standard"
             *     }
             */
            scale?: components["schemas"]["StandardScale"] | components["schemas"]["MinMaxScale"] | components["schemas"]["RobustScale"] | components["schemas"]["NoneScale"];
            /**
             * @default {
             *       "type": "oneHot"
             *     }
             */
            categories?: components["schemas"]["OneHotCategories"] | components["schemas"]["OrdinalCategories"] | components["schemas"]["EmbeddingCategories"] | components["schemas"]["OrderedCategories"];
            /**
             * @default {
             *       "type": "timestamp"
             *     }
             */
            dates?: components["schemas"]["TimestampDates"] | components["schemas"]["PartsDates"] | components["schemas"]["CyclicalDates"];
            /**
             * @description By name; each field stands for that of the whole dataset, for this column
             * @default {}
             */
            columns?: {
                [key: string]: components["schemas"]["ColumnSettings"];
            };
            /**
             * @description Rows that are there more than once, perhaps in two parts of the split
             * @default {
             *       "type": "keep"
             *     }
             */
            duplicates?: components["schemas"]["KeepDuplicates"] | components["schemas"]["DropDuplicates"];
            /**
             * @description Rows of each class in the training split. `loss.classWeights` leaves the rows as they are
             * @default {
             *       "type": "none"
             *     }
             */
            balance?: components["schemas"]["NoneBalance"] | components["schemas"]["OversampleBalance"] | components["schemas"]["UndersampleBalance"];
            /**
             * @description How text becomes tokens
             * @default {
             *       "type": "character"
             *     }
             */
            tokenizer?: components["schemas"]["CharacterTokenizer"] | components["schemas"]["ByteTokenizer"] | components["schemas"]["BpeTokenizer"];
            /** @description Default: random for tables, contiguous for a text, given for images of which some are to be tested with */
            split?: components["schemas"]["RandomSplit"] | components["schemas"]["GroupedSplit"] | components["schemas"]["TimeSplit"] | components["schemas"]["ColumnSplit"] | components["schemas"]["ContiguousSplit"] | components["schemas"]["GivenSplit"];
        };
        ProfiledData: {
            /** @description Tables: the column to predict */
            target?: string;
            /** @description Tables, for bert: the text column to read; default the only one there is */
            text?: string;
            /**
             * @description Tables: columns left out. Text columns, and one that groups or splits rows, are added when the job is accepted
             * @default []
             */
            ignore?: string[];
            /**
             * @description Rows without a value
             * @default {
             *       "type": "impute"
             *     }
             */
            missing?: components["schemas"]["ImputeMissing"] | components["schemas"]["DropMissing"];
            /**
             * @description Numbers far from the others. What is filled in and how it is scaled follows from the clipped values
             * @default {
             *       "type": "keep"
             *     }
             */
            outliers?: components["schemas"]["KeepOutliers"] | components["schemas"]["ClipIqrOutliers"] | components["schemas"]["ClipQuantilesOutliers"];
            /**
             * @description Numbers, by the values that are there
             * @default {
             *       "type": "standard"
             *     }
             */
            scale?: components["schemas"]["StandardScale"] | components["schemas"]["MinMaxScale"] | components["schemas"]["RobustScale"] | components["schemas"]["NoneScale"];
            /**
             * @default {
             *       "type": "oneHot"
             *     }
             */
            categories?: components["schemas"]["OneHotCategories"] | components["schemas"]["OrdinalCategories"] | components["schemas"]["EmbeddingCategories"] | components["schemas"]["OrderedCategories"];
            /**
             * @default {
             *       "type": "timestamp"
             *     }
             */
            dates?: components["schemas"]["TimestampDates"] | components["schemas"]["PartsDates"] | components["schemas"]["CyclicalDates"];
            /**
             * @description By name; each field stands for that of the whole dataset, for this column
             * @default {}
             */
            columns?: {
                [key: string]: components["schemas"]["ColumnSettings"];
            };
            /**
             * @description Rows that are there more than once, perhaps in two parts of the split
             * @default {
             *       "type": "keep"
             *     }
             */
            duplicates?: components["schemas"]["KeepDuplicates"] | components["schemas"]["DropDuplicates"];
            /**
             * @description Rows of each class in the training split. `loss.classWeights` leaves the rows as they are
             * @default {
             *       "type": "none"
             *     }
             */
            balance?: components["schemas"]["NoneBalance"] | components["schemas"]["OversampleBalance"] | components["schemas"]["UndersampleBalance"];
            /**
             * @description How text becomes tokens
             * @default {
             *       "type": "character"
             *     }
             */
            tokenizer?: components["schemas"]["CharacterTokenizer"] | components["schemas"]["ByteTokenizer"] | components["schemas"]["BpeTokenizer"];
            /** @description Default: random for tables, contiguous for a text, given for images of which some are to be tested with */
            split?: components["schemas"]["RandomSplit"] | components["schemas"]["GroupedSplit"] | components["schemas"]["TimeSplit"] | components["schemas"]["ColumnSplit"] | components["schemas"]["ContiguousSplit"] | components["schemas"]["GivenSplit"];
        };
        /**
         * @example {
         *       "dataset": {
         *         "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *         "target": "species"
         *       },
         *       "model": {
         *         "type": "mlp"
         *       }
         *     }
         * @example {
         *       "name": "penguins, smaller",
         *       "dataset": {
         *         "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *         "target": "species",
         *         "ignore": [
         *           "island"
         *         ],
         *         "split": {
         *           "type": "random",
         *           "validation": 0.2,
         *           "test": 0.2
         *         }
         *       },
         *       "model": {
         *         "type": "mlp",
         *         "hidden": [
         *           32,
         *           16
         *         ],
         *         "activation": "tanh",
         *         "dropout": 0.1
         *       },
         *       "optimizer": {
         *         "type": "sgd",
         *         "learningRate": 0.05,
         *         "momentum": 0.9
         *       },
         *       "training": {
         *         "epochs": 200,
         *         "batchSize": 16,
         *         "seed": 7
         *       },
         *       "earlyStopping": {
         *         "type": "patience",
         *         "patience": 15
         *       },
         *       "metadata": {
         *         "experiment": "a1"
         *       }
         *     }
         * @example {
         *       "dataset": {
         *         "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *         "target": "species"
         *       },
         *       "model": {
         *         "type": "mlp"
         *       },
         *       "initialize": {
         *         "from": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *         "freeze": [
         *           "hidden.0.*"
         *         ]
         *       }
         *     }
         */
        JobSpec: {
            /** @description Default: the dataset’s name */
            name?: string;
            /**
             * @description auto, of tables: categories, booleans and integers with at most 20 values are classified, the rest is regression. Of a text: what the model does, languageModel for gpt and maskedLanguageModel for bert
             * @default auto
             * @enum {string}
             */
            task?: "auto" | "classification" | "regression" | "languageModel" | "maskedLanguageModel";
            dataset: components["schemas"]["DatasetSpec"];
            augmentation?: components["schemas"]["Augmentations"];
            /** @description What is trained */
            model: components["schemas"]["MlpModel"] | components["schemas"]["SequentialModel"] | components["schemas"]["GptModel"] | components["schemas"]["BertModel"];
            /** @description Default: crossEntropy for classification, mse for regression */
            loss?: components["schemas"]["MseLoss"] | components["schemas"]["MaeLoss"] | components["schemas"]["HuberLoss"] | components["schemas"]["BinaryCrossEntropyLoss"] | components["schemas"]["CrossEntropyLoss"];
            /**
             * @default {
             *       "type": "adam"
             *     }
             */
            optimizer?: components["schemas"]["GradientDescentOptimizer"] | components["schemas"]["SgdOptimizer"] | components["schemas"]["RmspropOptimizer"] | components["schemas"]["AdagradOptimizer"] | components["schemas"]["AdamOptimizer"] | components["schemas"]["AdamwOptimizer"];
            /**
             * @description The learning rate over the run
             * @default {
             *       "type": "constant"
             *     }
             */
            schedule?: components["schemas"]["ConstantSchedule"] | components["schemas"]["StepSchedule"] | components["schemas"]["ExponentialSchedule"] | components["schemas"]["CosineSchedule"] | components["schemas"]["PlateauSchedule"];
            /**
             * @description Penalties on weights, never on biases; reported losses leave them out
             * @default {}
             */
            regularization?: {
                /**
                 * @description Adds l1 · sign(w) to the gradient
                 * @default 0
                 */
                l1?: number;
                /**
                 * @description Adds l2 · w to the gradient
                 * @default 0
                 */
                l2?: number;
            };
            /** @default {} */
            training?: {
                /** @description Passes over the training split; 200 where neither epochs nor steps is given */
                epochs?: number;
                /** @description Updates of the parameters; instead of epochs */
                steps?: number;
                /**
                 * @description Rows computed at once
                 * @default 32
                 */
                batchSize?: number;
                /** @default 1 */
                seed?: number;
                /**
                 * @description epoch: each row once an epoch, in a new order each time. randomWindows: each row of a batch begins anywhere in the text, and an epoch is as many batches as hold the rows once
                 * @default epoch
                 * @enum {unknown}
                 */
                sampling?: "epoch" | "randomWindows";
                /**
                 * @description Greatest Euclidean norm of the whole gradient
                 * @default null
                 */
                clipNorm?: number | null;
                /**
                 * @description Greatest size of each element of the gradient
                 * @default null
                 */
                clipValue?: number | null;
                /**
                 * @description Keeps average = decay · average + (1 − decay) · weights after each update; it is evaluated and becomes the model
                 * @default null
                 */
                emaDecay?: number | null;
                /**
                 * @description Batches an update
                 * @default 1
                 */
                gradientAccumulation?: number;
            };
            /** @default {} */
            evaluation?: {
                /** @description 1 where neither everyEpochs nor everySteps is given */
                everyEpochs?: number;
                /** @description Instead of everyEpochs */
                everySteps?: number;
                /**
                 * @description auto: those that are as good as free. The loss is always reported; when a run ends all are measured
                 * @default auto
                 */
                metrics?: "auto" | ("accuracy" | "precision" | "recall" | "f1" | "rocAuc" | "averagePrecision" | "logLoss" | "perplexity" | "brier" | "top3Accuracy" | "top5Accuracy" | "mse" | "rmse" | "mae" | "r2")[];
                /**
                 * @description Which weights become the model
                 * @default {}
                 */
                best?: {
                    /**
                     * @default validation.loss
                     * @enum {unknown}
                     */
                    metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
                    /**
                     * @description auto: as the metric has it
                     * @default auto
                     * @enum {unknown}
                     */
                    mode?: "auto" | "min" | "max";
                };
            };
            /**
             * @description Needs validation rows; without them nothing stops early
             * @default {
             *       "type": "patience"
             *     }
             */
            earlyStopping?: components["schemas"]["NoneEarlyStopping"] | components["schemas"]["PatienceEarlyStopping"];
            /**
             * @description What a run does where it goes wrong
             * @default {}
             */
            guard?: {
                /**
                 * @description What a NaN or an infinity does. rollback: the run goes on from its last evaluation, or its start, at a lower learning rate; its checkpoints are twice as large
                 * @default fail
                 * @enum {unknown}
                 */
                onNonFinite?: "fail" | "rollback";
                /**
                 * @description The next one fails the run
                 * @default 3
                 */
                maxRollbacks?: number;
                /**
                 * @description What each rollback multiplies the learning rate by
                 * @default 0.1
                 */
                learningRateFactor?: number;
                /**
                 * @description rollback: a logged training loss above the factor is treated as a NaN is
                 * @default {
                 *       "type": "none"
                 *     }
                 */
                lossSpike?: components["schemas"]["NoneLossSpike"] | components["schemas"]["RollbackLossSpike"];
            };
            /** @default {} */
            checkpoints?: {
                /** @description 1 where no other interval is given */
                everyEpochs?: number;
                /** @description Instead of everyEpochs */
                everySteps?: number;
                /** @description Instead of everyEpochs */
                everySeconds?: number;
                /**
                 * @description Least time between periodic checkpoints
                 * @default 2
                 */
                minSeconds?: number;
                /** @default 2 */
                keepLast?: number;
                /** @default 1 */
                keepBest?: number;
            };
            /** @default {} */
            logging?: {
                /**
                 * @description auto: as often as leaves at most 10000 points a series
                 * @default auto
                 */
                everySteps?: number | "auto";
            };
            /** @default null */
            initialize?: {
                /** @description A checkpoint (its best weights) or a model, of any job, by id or as `name@alias`, or a dataset of weights. It may be deleted once the job is accepted */
                from: string;
                /**
                 * @description Name in the source → name of a parameter here. Other names stand for themselves
                 * @default {}
                 */
                names?: {
                    [key: string]: string;
                };
                /**
                 * @description Names in the source whose matrices are [outputs, inputs], as PyTorch’s; here they are [inputs, outputs]
                 * @default []
                 */
                transposed?: string[];
                /**
                 * @description Parameters that stay as they were in the source; statistics of batchNorm go on
                 * @default []
                 */
                freeze?: string[];
                /**
                 * @description All that is taken over stays as it was, but for corrections of low rank; what begins anew learns. They are added to the weights of checkpoints and of the model
                 * @default null
                 */
                lora?: {
                    /** @default 8 */
                    rank?: number;
                    /**
                     * @description The correction is α/rank · A B
                     * @default 16
                     */
                    alpha?: number;
                    /**
                     * @description Weights that are corrected, by name: of dense and attention layers
                     * @default [
                     *       "*"
                     *     ]
                     */
                    targets?: string[];
                } | null;
            } | null;
            /** @default {} */
            limits?: {
                /** @default null */
                maxSeconds?: number | null;
            };
            /**
             * @description Higher runs first
             * @default 0
             */
            priority?: number;
            /**
             * @description Free string pairs kept with the job
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @example {} */
        CancelRequest: {
            /**
             * @description Whether a running job writes a last checkpoint, from which it could be tried again
             * @default checkpoint
             * @enum {string}
             */
            mode?: "checkpoint" | "immediate";
        };
        /**
         * @example {
         *       "from": "best",
         *       "patch": {
         *         "training": {
         *           "epochs": 100
         *         }
         *       }
         *     }
         */
        ForkRequest: {
            /**
             * @description `start`, `best`, `last`, or the id of a checkpoint of the job
             * @default start
             */
            from?: string;
            /**
             * @description JSON merge patch (RFC 7396) on the job’s spec; a part that gets another `type` is replaced
             * @default {}
             */
            patch?: {
                [key: string]: unknown;
            };
        };
        /** @example {} */
        ResumeRequest: {
            /**
             * @description Lets consumers with other kernels take the job from now on. It then ends in other bits than it would have
             * @default false
             */
            allowKernelChange?: boolean;
        };
        /**
         * @example {
         *       "id": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "state": "queued",
         *       "spec": {
         *         "dataset": {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "target": "species"
         *         },
         *         "model": {
         *           "type": "mlp"
         *         }
         *       },
         *       "edits": [],
         *       "progress": null,
         *       "attempt": 1,
         *       "reason": null,
         *       "error": null,
         *       "result": null,
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "startedAt": null,
         *       "finishedAt": null,
         *       "transitions": [
         *         {
         *           "from": null,
         *           "to": "queued",
         *           "at": "2026-01-05T09:30:00Z",
         *           "actor": "client",
         *           "reason": null
         *         }
         *       ],
         *       "metadata": {},
         *       "forkOf": null,
         *       "initialized": null,
         *       "sweepId": null,
         *       "trial": null
         *     }
         */
        Job: {
            /** @description Id of a job */
            id: string;
            name: string;
            /** @enum {string} */
            state: "queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            spec: components["schemas"]["JobSpec"];
            /** @description To its training while it ran, in the order in which they came */
            edits: components["schemas"]["RecordedEdit"][];
            progress: components["schemas"]["Progress"] | null;
            /** @description How many times a consumer has taken it */
            attempt: number;
            reason: string | null;
            error: components["schemas"]["RunError"] | null;
            result: components["schemas"]["JobResult"] | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            transitions: components["schemas"]["Transition"][];
            metadata: {
                [key: string]: string;
            };
            forkOf: string | null;
            initialized: components["schemas"]["Initialized"] | null;
            sweepId: string | null;
            trial: number | null;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "state": "queued",
         *           "spec": {
         *             "dataset": {
         *               "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *               "target": "species"
         *             },
         *             "model": {
         *               "type": "mlp"
         *             }
         *           },
         *           "edits": [],
         *           "progress": null,
         *           "attempt": 1,
         *           "reason": null,
         *           "error": null,
         *           "result": null,
         *           "createdAt": "2026-01-05T09:30:00Z",
         *           "startedAt": null,
         *           "finishedAt": null,
         *           "transitions": [
         *             {
         *               "from": null,
         *               "to": "queued",
         *               "at": "2026-01-05T09:30:00Z",
         *               "actor": "client",
         *               "reason": null
         *             }
         *           ],
         *           "metadata": {},
         *           "forkOf": null,
         *           "initialized": null,
         *           "sweepId": null,
         *           "trial": null
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        JobPage: {
            items: components["schemas"]["Job"][];
            nextCursor: string | null;
        };
        JobResult: {
            /** @description Id of a model */
            modelId: string;
            /** @description Id of a checkpoint */
            bestCheckpointId: string;
            /** @enum {string} */
            reason: "completed" | "earlyStopped" | "timeLimit";
            metrics: {
                train: components["schemas"]["SplitMetrics"];
                validation: components["schemas"]["SplitMetrics"] | null;
                test: components["schemas"]["SplitMetrics"] | null;
            };
            /** @description Of a cross-validated job: how well the best weights of each fold’s run do on the fold. `metrics` are of the last run */
            folds?: {
                /** @description Folds that were run: fewer than asked for where the time was over */
                count: number;
                metrics: {
                    [key: string]: {
                        mean: number | ("NaN" | "Infinity" | "-Infinity");
                        /** @description Of the population */
                        deviation: number | ("NaN" | "Infinity" | "-Infinity");
                        /** @description Of each fold */
                        values: (number | ("NaN" | "Infinity" | "-Infinity"))[];
                    };
                };
            };
        };
        /**
         * @example {
         *       "parameters": 1,
         *       "peakBytes": 1,
         *       "flopsPerStep": 1,
         *       "stepsPerEpoch": 1,
         *       "totalSteps": 1,
         *       "estimatedSeconds": null,
         *       "layers": [
         *         {
         *           "name": "penguins",
         *           "type": "type",
         *           "inputShape": [
         *             1
         *           ],
         *           "outputShape": [
         *             1
         *           ],
         *           "parameters": 1
         *         }
         *       ],
         *       "spec": {
         *         "dataset": {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "target": "species"
         *         },
         *         "model": {
         *           "type": "mlp"
         *         }
         *       },
         *       "initialized": null
         *     }
         */
        Plan: {
            /** @description That learn */
            parameters: number;
            /** @description Of engine memory, dataset included */
            peakBytes: number;
            flopsPerStep: number;
            /** @description At most, where it depends on values that are only read by the run: rows dropped, groups, balanced classes, byte pairs */
            stepsPerEpoch: number;
            /** @description At most; of a cross-validated job over all folds and the last run */
            totalSteps: number;
            estimatedSeconds: number | null;
            layers: {
                name: string;
                type: string;
                inputShape: number[];
                outputShape: number[];
                parameters: number;
            }[];
            spec: components["schemas"]["JobSpec"];
            initialized: components["schemas"]["Initialized"] | null;
        };
        Progress: {
            percent: number;
            epoch: number;
            step: number;
            totalSteps: number;
            stepsPerSecond: number | null;
            etaSeconds: number | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            updatedAt: string;
        };
        SplitMetrics: {
            rows: number;
            /** @description `accuracy`, `f1`, `r2`, … by name, without the split */
            values: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            /** @description [actual][predicted] counts; up to 100 classes, and not in lists */
            confusion?: number[][];
            classes?: {
                name: string;
                precision: number | ("NaN" | "Infinity" | "-Infinity");
                recall: number | ("NaN" | "Infinity" | "-Infinity");
                f1: number | ("NaN" | "Infinity" | "-Infinity");
                support: number;
            }[];
        };
        Transition: {
            from: ("queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled") | null;
            /** @enum {string} */
            to: "queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
            /** @description `client`, `consumer:<id>`, `reconciler`, `supervisor` or `sweep` */
            actor: string;
            reason: string | null;
        };
        /**
         * @example {
         *       "learningRate": 0.0003
         *     }
         */
        TrainingEdit: {
            /** @description Of the optimizer; the schedule goes on from there */
            learningRate?: number;
            /** @description Of early stopping; evaluations waited so far count */
            patience?: number;
            /** @description Updates in all, instead of the epochs or steps so far; a schedule that spans the run spans these */
            steps?: number;
        };
        RecordedEdit: {
            /** @description Of the optimizer; the schedule goes on from there */
            learningRate?: number;
            /** @description Of early stopping; evaluations waited so far count */
            patience?: number;
            /** @description Updates in all, instead of the epochs or steps so far; a schedule that spans the run spans these */
            steps?: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
            step: number | null;
            refused: string | null;
        };
        /** @description `patch` is what `POST /v1/jobs/{id}/fork` takes as it is; null where no field of a spec mends it */
        Finding: {
            /** @enum {string} */
            code: "nonFiniteLoss" | "learningRateTooHigh" | "learningRateTooLow" | "explodingGradients" | "vanishingGradients" | "deadUnits" | "saturatedUnits" | "lossSpikes" | "plateau" | "underfitting" | "overfitting" | "tooShort" | "noSignal" | "tooLittleData" | "validationTooSmall" | "classImbalance" | "missingData" | "outliers" | "constantFeatures" | "unscaledFeatures" | "duplicatesAcrossSplits" | "leakingFeature" | "distributionShift";
            /**
             * @description error: the model is of no use as it is
             * @enum {string}
             */
            severity: "info" | "warning" | "error";
            title: string;
            /** @description At which it was first seen; 0: before the first, in the data */
            step: number;
            evidence: {
                /** @description A metric, a layer’s signal, or what was counted in the data */
                name: string;
                value: number | ("NaN" | "Infinity" | "-Infinity");
                threshold?: number | ("NaN" | "Infinity" | "-Infinity");
                step?: number;
                note?: string;
            }[];
            remedy: string;
            patch: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "code": "nonFiniteLoss",
         *           "severity": "info",
         *           "title": "title",
         *           "step": 0,
         *           "evidence": [
         *             {
         *               "name": "penguins",
         *               "value": 1
         *             }
         *           ],
         *           "remedy": "remedy",
         *           "patch": null
         *         }
         *       ]
         *     }
         */
        Findings: {
            /** @description The gravest first, at most one a code */
            items: components["schemas"]["Finding"][];
        };
        Initialized: {
            /** @description The checkpoint, or dataset, whose weights it began with */
            source: string;
            /** @description Parameters that are the source’s */
            taken: number;
            /** @description Those that begin anew */
            reinitialized: string[];
            /** @description Those that no update moves */
            frozen: string[];
            /** @description Weights with a correction of low rank */
            corrected: string[];
        };
        JobSummary: {
            /** @description Id of a job */
            id: string;
            name: string;
            /** @enum {string} */
            state: "queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            forkOf: string | null;
            metrics: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            } | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        Relative: {
            /** @description Id of a job */
            id: string;
            name: string;
            /** @enum {string} */
            state: "queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            forkOf: string | null;
            metrics: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            } | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            origin: string | null;
            /** @description Where its spec differs from that of the job it was forked from; null is a field that is not there */
            changes: {
                path: string;
                before: unknown;
                after: unknown;
            }[];
        };
        /**
         * @example {
         *       "rootId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "jobs": [
         *         {
         *           "id": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "state": "queued",
         *           "forkOf": null,
         *           "metrics": null,
         *           "createdAt": "2026-01-05T09:30:00Z",
         *           "origin": null,
         *           "changes": [
         *             {
         *               "path": "path",
         *               "before": 1,
         *               "after": 1
         *             }
         *           ]
         *         }
         *       ],
         *       "truncated": true
         *     }
         */
        Lineage: {
            /** @description Id of a job */
            rootId: string;
            /** @description From the root down to the job itself, then whatever else stems from the root, oldest first */
            jobs: components["schemas"]["Relative"][];
            /** @description More than 1000 others stem from the root */
            truncated: boolean;
        };
        /**
         * @example {
         *       "by": "step",
         *       "jobs": [
         *         {
         *           "id": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "state": "queued",
         *           "forkOf": null,
         *           "metrics": null,
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "differences": [
         *         {
         *           "path": "path",
         *           "values": [
         *             1
         *           ]
         *         }
         *       ],
         *       "series": [
         *         {
         *           "name": "penguins",
         *           "axis": [
         *             1
         *           ],
         *           "values": [
         *             [
         *               null
         *             ]
         *           ]
         *         }
         *       ]
         *     }
         */
        Comparison: {
            /** @enum {string} */
            by: "step" | "time";
            /** @description In the order asked for, which is that of all values below */
            jobs: components["schemas"]["JobSummary"][];
            /** @description Fields that are not equal in all specs; null is a field that is not there */
            differences: {
                path: string;
                values: unknown[];
            }[];
            series: {
                name: string;
                /** @description Steps, or seconds */
                axis: number[];
                /** @description [job][place of the axis]; null where the job has no point */
                values: ((number | ("NaN" | "Infinity" | "-Infinity")) | null)[][];
            }[];
        };
        /**
         * @example {
         *       "series": [
         *         {
         *           "name": "penguins",
         *           "steps": [
         *             1
         *           ],
         *           "values": [
         *             1
         *           ]
         *         }
         *       ]
         *     }
         */
        Metrics: {
            series: components["schemas"]["MetricSeries"][];
        };
        MetricSeries: {
            name: string;
            /** @description Where segments were asked for */
            segment?: number;
            steps: number[];
            values: (number | ("NaN" | "Infinity" | "-Infinity"))[];
        };
        Event: {
            /** @description Rises by one within a job */
            seq: number;
            /** @description Id of a job */
            jobId: string;
            /** @enum {string} */
            type: "state" | "initialized" | "checkpoint" | "epoch" | "rollback" | "finding" | "edit" | "warning";
            data: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "seq": 1,
         *           "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "type": "state",
         *           "data": {},
         *           "at": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        EventPage: {
            items: components["schemas"]["Event"][];
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "step": 1,
         *       "epoch": 1,
         *       "kind": "periodic",
         *       "best": true,
         *       "bytes": 1,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "chainSha256": "chainSha256",
         *       "metrics": {},
         *       "pinned": true,
         *       "verified": {
         *         "at": "2026-01-05T09:30:00Z",
         *         "ok": true
         *       },
         *       "createdAt": "2026-01-05T09:30:00Z"
         *     }
         */
        Checkpoint: {
            /** @description Id of a checkpoint */
            id: string;
            /** @description Id of a job */
            jobId: string;
            step: number;
            epoch: number;
            /** @enum {string} */
            kind: "periodic" | "stop" | "final";
            /** @description Its own step is the best so far. Every checkpoint carries the best weights beside the last */
            best: boolean;
            bytes: number;
            sha256: string;
            /** @description SHA-256 of the hexadecimal text: `chainSha256` of the checkpoint before (empty for the first), `sha256` */
            chainSha256: string;
            metrics: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            /** @description Kept until it is unpinned */
            pinned: boolean;
            /** @description When its bytes were last hashed: on their way to the store, or read back */
            verified: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 */
                at: string;
                /** @description False: its bytes are no longer those of `sha256`. It is never loaded */
                ok: boolean;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "pinned": true
         *     }
         */
        CheckpointPatch: {
            pinned: boolean;
        };
        /**
         * @example {
         *       "ok": true,
         *       "from": null,
         *       "to": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "steps": 1,
         *       "expectedSha256": "expectedSha256",
         *       "gotSha256": "gotSha256"
         *     }
         */
        Verification: {
            /** @description Whether the bytes are equal */
            ok: boolean;
            from: string | null;
            /** @description Id of a checkpoint */
            to: string;
            /** @description That were trained again */
            steps: number;
            expectedSha256: string;
            gotSha256: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "step": 1,
         *           "epoch": 1,
         *           "kind": "periodic",
         *           "best": true,
         *           "bytes": 1,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "chainSha256": "chainSha256",
         *           "metrics": {},
         *           "pinned": true,
         *           "verified": {
         *             "at": "2026-01-05T09:30:00Z",
         *             "ok": true
         *           },
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        CheckpointPage: {
            items: components["schemas"]["Checkpoint"][];
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "version": null,
         *       "aliases": [
         *         "aliase"
         *       ],
         *       "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "checkpointId": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "weights": "best",
         *       "task": "classification",
         *       "target": null,
         *       "features": [
         *         {
         *           "name": "penguins",
         *           "type": "type"
         *         }
         *       ],
         *       "classes": null,
         *       "createdAt": "2026-01-05T09:30:00Z"
         *     }
         */
        Model: {
            /** @description Id of a model */
            id: string;
            /** @description That it was registered under; else the job’s */
            name: string;
            version: number | null;
            /** @description Set to it, beside `latest`, which is always the last version */
            aliases: string[];
            /** @description Id of a job */
            jobId: string;
            /** @description Id of a checkpoint */
            checkpointId: string;
            /** @enum {string} */
            weights: "best" | "last";
            /** @enum {string} */
            task: "classification" | "regression" | "languageModel" | "maskedLanguageModel";
            target: string | null;
            features: {
                name: string;
                type: string;
            }[];
            classes: string[] | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "version": null,
         *           "aliases": [
         *             "aliase"
         *           ],
         *           "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "checkpointId": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "weights": "best",
         *           "task": "classification",
         *           "target": null,
         *           "features": [
         *             {
         *               "name": "penguins",
         *               "type": "type"
         *             }
         *           ],
         *           "classes": null,
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        ModelPage: {
            items: components["schemas"]["Model"][];
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "rows": [
         *         {
         *           "island": "Biscoe",
         *           "bill_length_mm": 46.1,
         *           "bill_depth_mm": 13.2,
         *           "sex": null
         *         }
         *       ]
         *     }
         */
        PredictRequest: {
            /** @description Raw rows as they stood in the dataset; a missing field or null is a missing value. Images are lists of pixels, or PNG or JPEG files in base64 */
            rows: {
                [key: string]: unknown;
            }[];
            /** @description Tell the probabilities of so many likeliest classes alone */
            topK?: number;
            /** @description Of two classes, choose the second where its probability is at least this, else the first */
            threshold?: number;
            /**
             * @description Of classes: probabilities at the temperature that fits the job’s validation split best, so that they are what they say
             * @default false
             */
            calibrated?: boolean;
            /** @description Of a value: the interval that would have held this share of the job’s validation split */
            interval?: number;
            /**
             * @description Of columns: what each feature adds to the answer, against the mean of the training split
             * @default false
             */
            explain?: boolean;
        };
        Prediction: {
            /** @description classification */
            class?: string;
            probabilities?: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            value?: number | ("NaN" | "Infinity" | "-Infinity");
            interval?: {
                low: number | ("NaN" | "Infinity" | "-Infinity");
                high: number | ("NaN" | "Infinity" | "-Infinity");
            };
            explanation?: {
                /** @description The class that was chosen, whose probability is explained */
                of?: string;
                /** @description The answer to the mean of the training split */
                baseline: number | ("NaN" | "Infinity" | "-Infinity");
                /** @description By feature. With the baseline they sum to the answer */
                contributions: {
                    [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
                };
            };
        };
        /**
         * @example {
         *       "modelId": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "predictions": [
         *         {}
         *       ]
         *     }
         */
        PredictResponse: {
            /** @description Id of a model */
            modelId: string;
            predictions: components["schemas"]["Prediction"][];
        };
        /**
         * @example {
         *       "name": "penguins",
         *       "from": "job_01k7b3x5p2q4r6s8t0v1w2x3y4"
         *     }
         */
        RegisterRequest: {
            /** @description Versions count up below it */
            name: string;
            /** @description Id of a job, for its result or, where it has none yet, its furthest checkpoint; or of a checkpoint */
            from: string;
            /**
             * @description The best up to the checkpoint, or those at its step
             * @default best
             * @enum {string}
             */
            weights?: "best" | "last";
        };
        /**
         * @example {
         *       "id": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "version": null,
         *       "aliases": [
         *         "aliase"
         *       ],
         *       "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "checkpointId": "ckpt_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "weights": "best",
         *       "task": "classification",
         *       "target": null,
         *       "features": [
         *         {
         *           "name": "penguins",
         *           "type": "type"
         *         }
         *       ],
         *       "classes": null,
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "card": {
         *         "dataset": {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "format": "csv",
         *           "bytes": 1,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
         *         },
         *         "split": {
         *           "spec": {},
         *           "rows": null
         *         },
         *         "metrics": {
         *           "checkpoint": {},
         *           "final": null
         *         },
         *         "spec": {
         *           "dataset": {
         *             "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *             "target": "species"
         *           },
         *           "model": {
         *             "type": "mlp"
         *           }
         *         },
         *         "lineage": {
         *           "jobs": [
         *             "job_01k7b3x5p2q4r6s8t0v1w2x3y4"
         *           ],
         *           "step": 1,
         *           "epoch": 1,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "chainSha256": "chainSha256"
         *         },
         *         "preparation": null
         *       }
         *     }
         */
        ModelDetails: {
            /** @description Id of a model */
            id: string;
            /** @description That it was registered under; else the job’s */
            name: string;
            version: number | null;
            /** @description Set to it, beside `latest`, which is always the last version */
            aliases: string[];
            /** @description Id of a job */
            jobId: string;
            /** @description Id of a checkpoint */
            checkpointId: string;
            /** @enum {string} */
            weights: "best" | "last";
            /** @enum {string} */
            task: "classification" | "regression" | "languageModel" | "maskedLanguageModel";
            target: string | null;
            features: {
                name: string;
                type: string;
            }[];
            classes: string[] | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            card: {
                dataset: {
                    /** @description Id of a dataset */
                    id: string;
                    name: string;
                    /** @enum {string} */
                    format: "csv" | "tsv" | "jsonl" | "parquet" | "npy" | "npz" | "text" | "idx" | "zip" | "tar" | "safetensors";
                    bytes: number;
                    /** @description Of the uploaded file, like `bytes` */
                    sha256: string;
                };
                split: {
                    /** @description `dataset.split` of the job */
                    spec: {
                        [key: string]: unknown;
                    };
                    rows: {
                        train: number;
                        validation: number;
                        test: number;
                    } | null;
                };
                /** @description `final`: of these very weights, where they are a job’s result */
                metrics: {
                    /** @description Latest at the checkpoint’s step */
                    checkpoint: {
                        [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
                    };
                    final: {
                        train: components["schemas"]["SplitMetrics"];
                        validation: components["schemas"]["SplitMetrics"] | null;
                        test: components["schemas"]["SplitMetrics"] | null;
                    } | null;
                };
                spec: components["schemas"]["JobSpec"];
                lineage: {
                    /** @description From the one that is nobody’s fork down to the model’s own */
                    jobs: string[];
                    step: number;
                    epoch: number;
                    /** @description Of the checkpoint’s file */
                    sha256: string;
                    /** @description SHA-256 of the hexadecimal text: `chainSha256` of the checkpoint before (empty for the first), `sha256` */
                    chainSha256: string;
                };
                preparation: {
                    [key: string]: unknown;
                } | null;
            };
        };
        /**
         * @example {
         *       "datasetId": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "sliceBy": "island"
         *     }
         */
        EvaluateRequest: {
            /** @description Id of a dataset */
            datasetId: string;
            /** @description Column of the dataset: metrics of the rows of each of its values, up to 50, or of its quarters */
            sliceBy?: string;
            /** @description Of two classes, choose the second where its probability is at least this, else the first */
            threshold?: number;
        };
        /**
         * @example {
         *       "modelId": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "datasetId": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "rows": {
         *         "total": 1,
         *         "withoutTarget": 1,
         *         "unknownClass": 1,
         *         "incomplete": 1
         *       },
         *       "metrics": {
         *         "rows": 1,
         *         "values": {}
         *       },
         *       "curves": [
         *         {
         *           "class": "class",
         *           "positives": 1,
         *           "negatives": 1,
         *           "thresholds": [
         *             1
         *           ],
         *           "falsePositiveRate": [
         *             1
         *           ],
         *           "truePositiveRate": [
         *             1
         *           ],
         *           "precision": [
         *             1
         *           ]
         *         }
         *       ],
         *       "calibration": null,
         *       "slices": null,
         *       "worst": [
         *         {
         *           "row": 1,
         *           "loss": 1,
         *           "actual": "actual",
         *           "predicted": "predicted",
         *           "values": null
         *         }
         *       ]
         *     }
         */
        Evaluation: {
            /** @description Id of a model */
            modelId: string;
            /** @description Id of a dataset */
            datasetId: string;
            /** @description All but the total are left out */
            rows: {
                /** @description Of a text: its tokens */
                total: number;
                withoutTarget: number;
                /** @description Of a class that the model does not know */
                unknownClass: number;
                /** @description Without a value that the model must have */
                incomplete: number;
            };
            metrics: components["schemas"]["SplitMetrics"];
            /** @description Of the second of two classes; of more, of each of the first 20 against the others. At most 200 points each; none of more than 16,777,216 probabilities */
            curves: {
                class: string;
                positives: number;
                negatives: number;
                /** @description Descending: a row is of the class where its probability is at least this */
                thresholds: (number | ("NaN" | "Infinity" | "-Infinity"))[];
                /** @description ROC: x */
                falsePositiveRate: (number | ("NaN" | "Infinity" | "-Infinity"))[];
                /** @description ROC: y; also the recall */
                truePositiveRate: (number | ("NaN" | "Infinity" | "-Infinity"))[];
                /** @description Over the recall */
                precision: (number | ("NaN" | "Infinity" | "-Infinity"))[];
            }[];
            calibration: {
                /**
                 * @description Whose probability; a hit is a row of that class
                 * @enum {string}
                 */
                of: "secondClass" | "likeliestClass";
                /** @description Of equal width, those that hold rows */
                bins: {
                    from: number;
                    to: number;
                    rows: number;
                    /** @description Mean */
                    probability: number;
                    /** @description Share of hits */
                    frequency: number;
                }[];
                /** @description Expected calibration error: mean of |frequency − probability| over rows */
                error: number;
            } | null;
            slices: {
                column: string;
                items: {
                    value?: string;
                    /** @description Of a date: epoch milliseconds */
                    from?: number;
                    to?: number;
                    rows: number;
                    /** @description Metrics */
                    values: {
                        [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
                    };
                }[];
            } | null;
            /** @description Up to 20: greatest −log p of the row’s class, or greatest absolute error */
            worst: {
                /** @description Of the dataset, from 0 */
                row: number;
                loss: number | ("NaN" | "Infinity" | "-Infinity");
                actual: string | (number | ("NaN" | "Infinity" | "-Infinity"));
                predicted: string | (number | ("NaN" | "Infinity" | "-Infinity"));
                /** @description Of the class that the row is of */
                probability?: number | ("NaN" | "Infinity" | "-Infinity");
                values: {
                    [key: string]: unknown;
                } | null;
            }[];
        };
        /**
         * @example {
         *       "modelId": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "since": null,
         *       "rows": {
         *         "training": 1,
         *         "predicted": 1,
         *         "sampled": 1
         *       },
         *       "verdict": "drift",
         *       "features": [
         *         {
         *           "name": "penguins",
         *           "type": "type",
         *           "psi": null,
         *           "ks": null,
         *           "drifts": true,
         *           "missing": {
         *             "training": 1,
         *             "predicted": 1
         *           },
         *           "unseen": null
         *         }
         *       ],
         *       "predictions": {
         *         "psi": null,
         *         "ks": null,
         *         "drifts": true
         *       },
         *       "fork": null
         *     }
         */
        Drift: {
            /** @description Id of a model */
            modelId: string;
            since: string | null;
            rows: {
                training: number;
                predicted: number;
                /** @description Of these, those that are compared: at most 100 of each minute */
                sampled: number;
            };
            /**
             * @description drift: the predictions or any feature. tooFewRows: fewer than 200, of which nothing can be said
             * @enum {string}
             */
            verdict: "drift" | "stable" | "tooFewRows";
            features: {
                name: string;
                type: string;
                psi: number | null;
                ks: number | null;
                drifts: boolean;
                /** @description Shares of the rows */
                missing: {
                    training: number;
                    predicted: number;
                };
                unseen: {
                    /** @description Of the values that there are */
                    share: number;
                    /** @description The most frequent, up to 10 */
                    values: string[];
                } | null;
            }[];
            /** @description Drifts: psi ≥ 0.25 */
            predictions: {
                psi: number | null;
                ks: number | null;
                drifts: boolean;
            };
            fork: {
                /** @description Id of a job */
                jobId: string;
                datasetId: string | null;
                request: components["schemas"]["ForkRequest"];
            } | null;
        };
        RowsConcerned: {
            count: number;
            /** @description Numbers of the first of them; the first row is 0 */
            first: number[];
        };
        /** @description Of the values that are there; dates as epoch milliseconds */
        NumberProfile: {
            min: number;
            max: number;
            mean: number;
            /** @description Of the population */
            deviation: number;
            skewness: number;
            zeros: number;
            /** @description Linear between neighbours, as NumPy’s default */
            quantiles: {
                p01: number;
                p05: number;
                p25: number;
                p50: number;
                p75: number;
                p95: number;
                p99: number;
            };
            /** @description Bars of one width from min to max */
            histogram: {
                min: number;
                max: number;
                counts: number[];
            };
            /** @description Values beyond Tukey’s fences: 1.5 interquartile ranges from the quartiles */
            outliers: {
                low: number;
                high: number;
                count: number;
                /** @description Of them, those beyond 3 interquartile ranges */
                farOut: number;
            };
        };
        /** @description Lengths of the texts, and their words */
        LengthsProfile: {
            characters: components["schemas"]["NumberProfile"];
            words: components["schemas"]["NumberProfile"];
            /** @description Words that differ, in lower case, as far as 100,000 */
            vocabulary: number;
            topWords: {
                value: string;
                count: number;
            }[];
        };
        Association: {
            correlation: number | null;
            /** @description In nats; numbers in 20 bins of equal frequency, missing values in a bin of their own */
            mutualInformation: number;
            /** @description What this column tells by itself of rows that it was not fitted to, from 0 to 1: of classes the gain over the most frequent one, of numbers R² */
            score: number;
        };
        ColumnProfile: {
            name: string;
            /** @enum {string} */
            type: "number" | "category" | "boolean" | "date" | "text";
            missing: number;
            distinct: number;
            numbers?: components["schemas"]["NumberProfile"];
            categories?: {
                /** @description The most frequent values */
                top: {
                    value: string;
                    count: number;
                }[];
                /** @description Of the values, in nats */
                entropy: number;
            };
            texts?: components["schemas"]["LengthsProfile"];
            target?: components["schemas"]["Association"];
        };
        DataProblem: {
            /** @enum {string} */
            code: "few_rows" | "constant_column" | "near_constant_column" | "identifier" | "missing_values" | "missing_target" | "outliers" | "many_categories" | "category_variants" | "duplicate_rows" | "conflicting_labels" | "split_overlap" | "class_imbalance" | "rare_class" | "leakage" | "blank_images" | "short_text" | "repeated_lines";
            /**
             * @description error: a job would be refused
             * @enum {string}
             */
            severity: "info" | "warning" | "error";
            column: string | null;
            message: string;
            rows: components["schemas"]["RowsConcerned"] | null;
            remedy: string;
            patch: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * @example {
         *       "datasetId": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "problems": [
         *         {
         *           "code": "few_rows",
         *           "severity": "info",
         *           "column": null,
         *           "message": "message",
         *           "rows": null,
         *           "remedy": "remedy",
         *           "patch": null
         *         }
         *       ],
         *       "kind": "table",
         *       "rows": 0,
         *       "target": null,
         *       "columns": [
         *         {
         *           "name": "penguins",
         *           "type": "number",
         *           "missing": 0,
         *           "distinct": 0
         *         }
         *       ],
         *       "duplicates": {
         *         "rows": {
         *           "count": 0,
         *           "first": [
         *             0
         *           ]
         *         },
         *         "conflicting": null
         *       },
         *       "overlap": null
         *     }
         */
        Profile: components["schemas"]["TableProfile"] | components["schemas"]["ImagesProfile"] | components["schemas"]["TextProfile"];
        /**
         * @description Changes to rows of the training split, in this order and drawn anew each epoch. What fits: images take flip, shift, rotate, crop, brightness, noise, cutout, mixup and cutmix; tables noise, mixup (unless categories are embedded) and featureDropout; a column of texts tokenDropout and masking; a text masking. mixup or cutmix comes last
         * @default []
         */
        Augmentations: (components["schemas"]["FlipAugmentation"] | components["schemas"]["ShiftAugmentation"] | components["schemas"]["RotateAugmentation"] | components["schemas"]["CropAugmentation"] | components["schemas"]["BrightnessAugmentation"] | components["schemas"]["NoiseAugmentation"] | components["schemas"]["CutoutAugmentation"] | components["schemas"]["MixupAugmentation"] | components["schemas"]["CutmixAugmentation"] | components["schemas"]["FeatureDropoutAugmentation"] | components["schemas"]["TokenDropoutAugmentation"] | components["schemas"]["MaskingAugmentation"])[];
        /**
         * @example {
         *       "datasetId": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "kind": "table",
         *       "rows": [
         *         {}
         *       ]
         *     }
         */
        Preview: components["schemas"]["TablePreview"] | components["schemas"]["InputsPreview"] | components["schemas"]["ImagesPreview"] | components["schemas"]["TextsPreview"];
        ColumnSettings: {
            missing?: components["schemas"]["ImputeMissing"] | components["schemas"]["DropMissing"];
            outliers?: components["schemas"]["KeepOutliers"] | components["schemas"]["ClipIqrOutliers"] | components["schemas"]["ClipQuantilesOutliers"];
            scale?: components["schemas"]["StandardScale"] | components["schemas"]["MinMaxScale"] | components["schemas"]["RobustScale"] | components["schemas"]["NoneScale"];
            categories?: components["schemas"]["OneHotCategories"] | components["schemas"]["OrdinalCategories"] | components["schemas"]["EmbeddingCategories"] | components["schemas"]["OrderedCategories"];
            dates?: components["schemas"]["TimestampDates"] | components["schemas"]["PartsDates"] | components["schemas"]["CyclicalDates"];
        };
        /**
         * @example {
         *       "prompt": "ROMEO:",
         *       "maxTokens": 300,
         *       "temperature": 0.8,
         *       "topK": 20,
         *       "seed": 7
         *     }
         */
        GenerateRequest: {
            /** @description What the text goes on from; the model sees as much of its end as its context takes */
            prompt: string;
            /** @default 200 */
            maxTokens?: number;
            /**
             * @description 0: always the likeliest; the higher, the more even
             * @default 1
             */
            temperature?: number;
            /** @description Draws from so many of the likeliest; default all */
            topK?: number;
            /**
             * @description Draws from the fewest likeliest (of topK) that have this share of the probability
             * @default 1
             */
            topP?: number;
            /**
             * @description The text ends before the first of these, wherever their tokens end
             * @default []
             */
            stop?: string[];
            /** @default 1 */
            seed?: number;
        };
        /**
         * @example {
         *       "modelId": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "text": "text",
         *       "tokens": [
         *         1
         *       ],
         *       "finishReason": "maxTokens"
         *     }
         */
        GenerateResponse: {
            /** @description Id of a model */
            modelId: string;
            /** @description Without the prompt */
            text: string;
            /** @description Ids of the tokens that were drawn; where it stopped, the last are those of the stop */
            tokens: number[];
            /**
             * @description timeLimit: after 30 s of computing
             * @enum {string}
             */
            finishReason: "maxTokens" | "stop" | "timeLimit";
        };
        /**
         * @example {
         *       "modelId": "mdl_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "type": "character",
         *       "specialTokens": {},
         *       "vocab": {},
         *       "merges": [
         *         "merge"
         *       ]
         *     }
         */
        Tokenizer: {
            /** @description Id of a model */
            modelId: string;
            /** @enum {string} */
            type: "character" | "byte" | "bpe";
            /** @description Ids of what stands for no text: `padding`, `unknown`, `class`, `mask` */
            specialTokens: {
                [key: string]: number;
            };
            /** @description Id of each other token. Of bytes and byte pairs, each byte is written as one printable character, as GPT-2 has them: Ġ is the space */
            vocab: {
                [key: string]: number;
            };
            /** @description bpe: `left right`, the first learnt first. With `vocab`, what a tokenizer.json has under `model` */
            merges: string[];
        };
        /**
         * @example {
         *       "key": "key"
         *     }
         */
        SessionRequest: {
            key: string;
        };
        /**
         * @example {
         *       "name": "penguins",
         *       "scope": "read"
         *     }
         */
        KeyRequest: {
            /** @description For people */
            name: string;
            /**
             * @description `read`: look and predict. `submit`: also upload, train, change and delete. `admin`: also keys and the audit log
             * @enum {string}
             */
            scope: "read" | "submit" | "admin";
            /** @default null */
            expiresAt?: string | null;
        };
        Key: {
            /** @description Id of a key */
            id: string;
            name: string;
            /** @description How the key begins */
            prefix: string;
            /**
             * @description `read`: look and predict. `submit`: also upload, train, change and delete. `admin`: also keys and the audit log
             * @enum {string}
             */
            scope: "read" | "submit" | "admin";
            expiresAt: string | null;
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "key_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "prefix": "prefix",
         *           "scope": "read",
         *           "expiresAt": null,
         *           "lastUsedAt": null,
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        KeyPage: {
            items: components["schemas"]["Key"][];
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "key_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "prefix": "prefix",
         *       "scope": "read",
         *       "expiresAt": null,
         *       "lastUsedAt": null,
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "key": "key"
         *     }
         */
        NewKey: {
            /** @description Id of a key */
            id: string;
            name: string;
            /** @description How the key begins */
            prefix: string;
            /**
             * @description `read`: look and predict. `submit`: also upload, train, change and delete. `admin`: also keys and the audit log
             * @enum {string}
             */
            scope: "read" | "submit" | "admin";
            expiresAt: string | null;
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            /** @description The key itself, shown this once: the service keeps its hash */
            key: string;
        };
        AuditEntry: {
            /** @description Id of a key */
            keyId: string;
            method: string;
            path: string;
            status: number;
            requestId: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "keyId": "key_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "method": "method",
         *           "path": "path",
         *           "status": 1,
         *           "requestId": "requestId",
         *           "at": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            nextCursor: string | null;
        };
        /** @description What a field of the job may be */
        SweepParameter: components["schemas"]["FloatSweepParameter"] | components["schemas"]["IntSweepParameter"] | components["schemas"]["ChoiceSweepParameter"];
        /**
         * @example {
         *       "job": {
         *         "dataset": {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "target": "species"
         *         },
         *         "model": {
         *           "type": "mlp"
         *         }
         *       },
         *       "parameters": {
         *         "/optimizer/learningRate": {
         *           "type": "float",
         *           "min": 0.0001,
         *           "max": 0.1,
         *           "scale": "log"
         *         }
         *       }
         *     }
         */
        SweepSpec: {
            job: components["schemas"]["JobSpec"];
            /** @description Default: the job’s name */
            name?: string;
            /** @description By JSON pointer into the job’s spec: `/optimizer/learningRate`, `/model/layers/0/units` */
            parameters: {
                [key: string]: components["schemas"]["SweepParameter"];
            };
            /**
             * @description grid: all combinations. random: independent draws. tpe: Bergstra’s tree-structured Parzen estimator. asha: random draws, and successive halving: a trial stops at a rung and goes on if it is among the best there
             * @default {
             *       "type": "random"
             *     }
             */
            method?: components["schemas"]["GridMethod"] | components["schemas"]["RandomMethod"] | components["schemas"]["TpeMethod"] | components["schemas"]["AshaMethod"];
            /**
             * @description What makes a trial better; it also chooses the weights of each, as `evaluation.best`
             * @default {}
             */
            objective?: {
                /**
                 * @default validation.loss
                 * @enum {unknown}
                 */
                metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
                /**
                 * @description auto: as the metric has it
                 * @default auto
                 * @enum {unknown}
                 */
                mode?: "auto" | "min" | "max";
            };
            /**
             * @description At least one for any method but grid
             * @default {}
             */
            budget?: {
                trials?: number;
                /** @description Of all trials; never exceeded */
                steps?: number;
                /** @description Of training, of all trials. Once they are used up nothing begins; what runs goes on to where it was to stop */
                seconds?: number;
            };
            /**
             * @description Trials queued or running at once
             * @default 2
             */
            concurrency?: number;
            /**
             * @description Of the choice of values
             * @default 1
             */
            seed?: number;
        };
        /**
         * @example {
         *       "id": "swp_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "name": "penguins",
         *       "state": "running",
         *       "job": {
         *         "dataset": {
         *           "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "target": "species"
         *         },
         *         "model": {
         *           "type": "mlp"
         *         }
         *       },
         *       "parameters": {
         *         "/optimizer/learningRate": {
         *           "type": "float",
         *           "min": 1,
         *           "max": 1
         *         }
         *       },
         *       "rungs": [
         *         1
         *       ],
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "finishedAt": null,
         *       "progress": {
         *         "trials": 1,
         *         "open": 1,
         *         "succeeded": 1,
         *         "failed": 1,
         *         "steps": 1,
         *         "seconds": 1
         *       },
         *       "best": null,
         *       "importance": [
         *         {
         *           "path": "path",
         *           "share": null
         *         }
         *       ]
         *     }
         */
        Sweep: {
            /** @description Id of a sweep */
            id: string;
            name: string;
            /** @enum {string} */
            state: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            job: components["schemas"]["JobSpec"];
            /** @description By JSON pointer into the job’s spec: `/optimizer/learningRate`, `/model/layers/0/units` */
            parameters: {
                [key: string]: components["schemas"]["SweepParameter"];
            };
            /**
             * @description grid: all combinations. random: independent draws. tpe: Bergstra’s tree-structured Parzen estimator. asha: random draws, and successive halving: a trial stops at a rung and goes on if it is among the best there
             * @default {
             *       "type": "random"
             *     }
             */
            method?: components["schemas"]["GridMethod"] | components["schemas"]["RandomMethod"] | components["schemas"]["TpeMethod"] | components["schemas"]["AshaMethod"];
            /**
             * @description What makes a trial better; it also chooses the weights of each, as `evaluation.best`
             * @default {}
             */
            objective?: {
                /**
                 * @default validation.loss
                 * @enum {unknown}
                 */
                metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
                /**
                 * @description auto: as the metric has it
                 * @default auto
                 * @enum {unknown}
                 */
                mode?: "auto" | "min" | "max";
            };
            /**
             * @description At least one for any method but grid
             * @default {}
             */
            budget?: {
                trials?: number;
                /** @description Of all trials; never exceeded */
                steps?: number;
                /** @description Of training, of all trials. Once they are used up nothing begins; what runs goes on to where it was to stop */
                seconds?: number;
            };
            /**
             * @description Trials queued or running at once
             * @default 2
             */
            concurrency?: number;
            /**
             * @description Of the choice of values
             * @default 1
             */
            seed?: number;
            /** @description Steps at which trials stop */
            rungs: number[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            finishedAt: string | null;
            progress: {
                /** @description Begun so far */
                trials: number;
                /** @description Queued or running */
                open: number;
                succeeded: number;
                /** @description Those that no job could be of among them */
                failed: number;
                steps: number;
                seconds: number;
            };
            best: components["schemas"]["BestTrial"] | null;
            /** @description Share of the variance of the trials’ ranks that each parameter explains alone, the first first; null while fewer than 12 trials tell. Of asha: of the ranks at the first rung */
            importance: {
                path: string;
                share: number | null;
            }[];
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "swp_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "name": "penguins",
         *           "state": "running",
         *           "job": {
         *             "dataset": {
         *               "id": "ds_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *               "target": "species"
         *             },
         *             "model": {
         *               "type": "mlp"
         *             }
         *           },
         *           "parameters": {
         *             "/optimizer/learningRate": {
         *               "type": "float",
         *               "min": 1,
         *               "max": 1
         *             }
         *           },
         *           "rungs": [
         *             1
         *           ],
         *           "createdAt": "2026-01-05T09:30:00Z",
         *           "finishedAt": null
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        SweepPage: {
            items: components["schemas"]["SweepSummary"][];
            nextCursor: string | null;
        };
        SweepTrial: {
            /** @description From 0, in the order in which they began */
            trial: number;
            jobId: string | null;
            state: ("queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled") | null;
            /** @description Its value of each, by JSON pointer */
            parameters: {
                [key: string]: unknown;
            };
            step: number;
            totalSteps: number;
            value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
            best: boolean;
            /** @description What was known of it at each rung; decisions rest on these */
            reports: components["schemas"]["SweepReport"][];
            error: components["schemas"]["FieldError"] | null;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "trial": 1,
         *           "jobId": null,
         *           "state": null,
         *           "parameters": {},
         *           "step": 1,
         *           "totalSteps": 1,
         *           "value": null,
         *           "best": true,
         *           "reports": [
         *             {
         *               "rung": 1,
         *               "step": 1,
         *               "value": null,
         *               "at": "2026-01-05T09:30:00Z",
         *               "promotedAt": null,
         *               "reason": null
         *             }
         *           ],
         *           "error": null
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        SweepTrialPage: {
            items: components["schemas"]["SweepTrial"][];
            nextCursor: string | null;
        };
        SweepReport: {
            /** @description From 0; the last is the end of the trial */
            rung: number;
            step: number;
            value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
            promotedAt: string | null;
            reason: string | null;
        };
        SweepSummary: {
            /** @description Id of a sweep */
            id: string;
            name: string;
            /** @enum {string} */
            state: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            job: components["schemas"]["JobSpec"];
            /** @description By JSON pointer into the job’s spec: `/optimizer/learningRate`, `/model/layers/0/units` */
            parameters: {
                [key: string]: components["schemas"]["SweepParameter"];
            };
            /**
             * @description grid: all combinations. random: independent draws. tpe: Bergstra’s tree-structured Parzen estimator. asha: random draws, and successive halving: a trial stops at a rung and goes on if it is among the best there
             * @default {
             *       "type": "random"
             *     }
             */
            method?: components["schemas"]["GridMethod"] | components["schemas"]["RandomMethod"] | components["schemas"]["TpeMethod"] | components["schemas"]["AshaMethod"];
            /**
             * @description What makes a trial better; it also chooses the weights of each, as `evaluation.best`
             * @default {}
             */
            objective?: {
                /**
                 * @default validation.loss
                 * @enum {unknown}
                 */
                metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
                /**
                 * @description auto: as the metric has it
                 * @default auto
                 * @enum {unknown}
                 */
                mode?: "auto" | "min" | "max";
            };
            /**
             * @description At least one for any method but grid
             * @default {}
             */
            budget?: {
                trials?: number;
                /** @description Of all trials; never exceeded */
                steps?: number;
                /** @description Of training, of all trials. Once they are used up nothing begins; what runs goes on to where it was to stop */
                seconds?: number;
            };
            /**
             * @description Trials queued or running at once
             * @default 2
             */
            concurrency?: number;
            /**
             * @description Of the choice of values
             * @default 1
             */
            seed?: number;
            /** @description Steps at which trials stop */
            rungs: number[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            finishedAt: string | null;
        };
        BestTrial: {
            /** @description From 0, in the order in which they began */
            trial: number;
            jobId: string | null;
            value: number | ("NaN" | "Infinity" | "-Infinity");
            /** @description Its value of each, by JSON pointer */
            parameters: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "steps": 1
         *     }
         */
        RemediesRequest: {
            /** @description Updates of each */
            steps: number;
            /**
             * @description What all begin with, at step 0: the weights of the best checkpoint, or new ones. A remedy that changes data or shapes needs `start`
             * @default best
             * @enum {string}
             */
            from?: "best" | "start";
        };
        /** @description `code` is the finding whose patch it has; null: the control, which has none */
        Entrant: {
            code: ("nonFiniteLoss" | "learningRateTooHigh" | "learningRateTooLow" | "explodingGradients" | "vanishingGradients" | "deadUnits" | "saturatedUnits" | "lossSpikes" | "plateau" | "underfitting" | "overfitting" | "tooShort" | "noSignal" | "tooLittleData" | "validationTooSmall" | "classImbalance" | "missingData" | "outliers" | "constantFeatures" | "unscaledFeatures" | "duplicatesAcrossSplits" | "leakingFeature" | "distributionShift") | null;
            /** @description Beyond what all share */
            patch: {
                [key: string]: unknown;
            };
            jobId: string | null;
            state: ("queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled") | null;
            /** @description Why no job can be made of it */
            refused: components["schemas"]["FieldError"][];
            step: number;
            value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
            rank: number | null;
            better: boolean | null;
        };
        /**
         * @example {
         *       "id": "race_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "from": "best",
         *       "steps": 1,
         *       "metric": "metric",
         *       "entrants": [
         *         {
         *           "code": null,
         *           "patch": {},
         *           "jobId": null,
         *           "state": null,
         *           "refused": [
         *             {
         *               "path": "path",
         *               "message": "message"
         *             }
         *           ],
         *           "step": 1,
         *           "value": null,
         *           "rank": null,
         *           "better": null
         *         }
         *       ],
         *       "createdAt": "2026-01-05T09:30:00Z"
         *     }
         */
        Race: {
            /** @description Id of a race */
            id: string;
            /** @description Id of a job */
            jobId: string;
            /**
             * @description What all begin with, at step 0: the weights of the best checkpoint, or new ones. A remedy that changes data or shapes needs `start`
             * @default best
             * @enum {string}
             */
            from: "best" | "start";
            /** @description Updates of each */
            steps: number;
            /** @description By which they are ranked: `evaluation.best` of the job */
            metric: string;
            /** @description The best first */
            entrants: components["schemas"]["Entrant"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "race_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "jobId": "job_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "from": "best",
         *           "steps": 1,
         *           "metric": "metric",
         *           "entrants": [
         *             {
         *               "code": null,
         *               "patch": {},
         *               "jobId": null,
         *               "state": null,
         *               "refused": [
         *                 {
         *                   "path": "path",
         *                   "message": "message"
         *                 }
         *               ],
         *               "step": 1,
         *               "value": null,
         *               "rank": null,
         *               "better": null
         *             }
         *           ],
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        Races: {
            /** @description The newest first */
            items: components["schemas"]["Race"][];
        };
        /**
         * @example {
         *       "url": "https://hooks.example/trainyard",
         *       "events": [
         *         "state",
         *         "finding"
         *       ]
         *     }
         */
        WebhookRequest: {
            /** @description http or https, of a public address. Redirects are not followed */
            url: string;
            /**
             * @description Which events of jobs are sent
             * @default [
             *       "state",
             *       "initialized",
             *       "checkpoint",
             *       "epoch",
             *       "rollback",
             *       "finding",
             *       "edit",
             *       "warning"
             *     ]
             */
            events?: ("state" | "initialized" | "checkpoint" | "epoch" | "rollback" | "finding" | "edit" | "warning")[];
        };
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        WebhookPatch: {
            /** @description http or https, of a public address. Redirects are not followed */
            url?: string;
            /** @description Which events of jobs are sent */
            events?: ("state" | "initialized" | "checkpoint" | "epoch" | "rollback" | "finding" | "edit" | "warning")[];
            /** @description Enabled again, it is sent what happens from then on, and what is still to be tried */
            enabled?: boolean;
        };
        /** @example {} */
        RotateRequest: {
            /**
             * @description How long messages are signed with the former secret too
             * @default 86400
             */
            overlapSeconds?: number;
        };
        /**
         * @example {
         *       "id": "whk_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "url": "url",
         *       "events": [
         *         "state"
         *       ],
         *       "enabled": true,
         *       "disabledBecause": null,
         *       "createdAt": "2026-01-05T09:30:00Z"
         *     }
         */
        Webhook: {
            /** @description Id of a webhook */
            id: string;
            url: string;
            /** @description Which events of jobs are sent */
            events: ("state" | "initialized" | "checkpoint" | "epoch" | "rollback" | "finding" | "edit" | "warning")[];
            enabled: boolean;
            disabledBecause: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "whk_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "url": "url",
         *           "events": [
         *             "state"
         *           ],
         *           "enabled": true,
         *           "disabledBecause": null,
         *           "createdAt": "2026-01-05T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "whk_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "url": "url",
         *       "events": [
         *         "state"
         *       ],
         *       "enabled": true,
         *       "disabledBecause": null,
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "secret": "secret"
         *     }
         */
        NewWebhook: {
            /** @description Id of a webhook */
            id: string;
            url: string;
            /** @description Which events of jobs are sent */
            events: ("state" | "initialized" | "checkpoint" | "epoch" | "rollback" | "finding" | "edit" | "warning")[];
            enabled: boolean;
            disabledBecause: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            /** @description What messages are signed with, `whsec_…`, shown this once */
            secret: string;
        };
        DeliveryTry: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            at: string;
            status: number | null;
            error: string | null;
            milliseconds: number;
        };
        /**
         * @example {
         *       "id": "dlv_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "webhookId": "whk_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *       "type": "type",
         *       "state": "pending",
         *       "tries": [
         *         {
         *           "at": "2026-01-05T09:30:00Z",
         *           "status": null,
         *           "error": null,
         *           "milliseconds": 1
         *         }
         *       ],
         *       "nextTryAt": null,
         *       "createdAt": "2026-01-05T09:30:00Z",
         *       "finishedAt": null
         *     }
         */
        Delivery: {
            /** @description Also the header `webhook-id`, the same at every try */
            id: string;
            /** @description Id of a webhook */
            webhookId: string;
            /** @description Of its event, or `test` */
            type: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description The last ones, in their order */
            tries: components["schemas"]["DeliveryTry"][];
            nextTryAt: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
            finishedAt: string | null;
        };
        /**
         * @example {
         *       "items": [
         *         {
         *           "id": "dlv_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "webhookId": "whk_01k7b3x5p2q4r6s8t0v1w2x3y4",
         *           "type": "type",
         *           "state": "pending",
         *           "tries": [
         *             {
         *               "at": "2026-01-05T09:30:00Z",
         *               "status": null,
         *               "error": null,
         *               "milliseconds": 1
         *             }
         *           ],
         *           "nextTryAt": null,
         *           "createdAt": "2026-01-05T09:30:00Z",
         *           "finishedAt": null
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        DeliveryPage: {
            items: components["schemas"]["Delivery"][];
            nextCursor: string | null;
        };
        /**
         * @description Where to go from here
         * @example {
         *       "name": "penguins",
         *       "version": "version",
         *       "docs": "docs",
         *       "openapi": "openapi",
         *       "api": [
         *         "api"
         *       ]
         *     }
         */
        Index: {
            name: string;
            version: string;
            docs: string;
            openapi: string;
            api: string[];
        };
        /**
         * @description The process answers
         * @example {
         *       "status": "ok"
         *     }
         */
        Liveness: {
            /** @enum {string} */
            status: "ok";
        };
        /**
         * @example {
         *       "status": "ready",
         *       "checks": {
         *         "database": "ok",
         *         "disk": "ok",
         *         "queue": "ok"
         *       }
         *     }
         */
        Readiness: {
            /**
             * @description degraded: jobs are accepted, and start once the queue is back
             * @enum {string}
             */
            status: "ready" | "degraded";
            checks: {
                /** @enum {string} */
                database: "ok";
                /** @enum {string} */
                disk: "ok";
                /** @enum {string} */
                queue: "ok" | "unreachable";
            };
        };
        /**
         * @example {
         *       "datasets": {
         *         "count": 1,
         *         "bytes": 1
         *       },
         *       "models": {
         *         "count": 1
         *       },
         *       "checkpoints": {
         *         "count": 1,
         *         "bytes": 1
         *       },
         *       "jobs": {
         *         "count": 1,
         *         "active": 1
         *       },
         *       "steps": {
         *         "made": 1,
         *         "promised": 1
         *       },
         *       "predictions": 1,
         *       "quotas": {
         *         "activeJobs": {
         *           "limit": null,
         *           "used": 1
         *         },
         *         "bytes": {
         *           "limit": null,
         *           "used": 1
         *         },
         *         "steps": {
         *           "limit": null,
         *           "used": 1
         *         }
         *       }
         *     }
         */
        Usage: {
            datasets: {
                count: number;
                /** @description As they are stored */
                bytes: number;
            };
            /** @description Registered under a name */
            models: {
                count: number;
            };
            checkpoints: {
                count: number;
                /** @description Of their files */
                bytes: number;
            };
            jobs: {
                count: number;
                /** @description That have not ended; paused ones too */
                active: number;
            };
            steps: {
                /** @description By all jobs, deleted ones too */
                made: number;
                /** @description That active jobs have still to make */
                promised: number;
            };
            /** @description Rows; counted once a minute */
            predictions: number;
            quotas: {
                /** @description Jobs that have not ended */
                activeJobs: {
                    limit: number | null;
                    used: number;
                };
                /** @description Of datasets and checkpoints */
                bytes: {
                    limit: number | null;
                    used: number;
                };
                /** @description Made and promised */
                steps: {
                    limit: number | null;
                    used: number;
                };
            };
        };
        TableDataset: {
            /** @description Id of a dataset */
            id: string;
            name: string;
            /** @enum {string} */
            format: "csv" | "tsv" | "jsonl" | "parquet" | "npy" | "npz";
            /** @description Size of the upload */
            bytes: number;
            /** @description Of the uploaded file, hex; of several, or with an imageSize, of the lines `<field> <sha256>` and `imageSize <value>`, sorted */
            sha256: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
            rowCount: number;
            columns: components["schemas"]["ColumnInfo"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        TextDataset: {
            /** @description Id of a dataset */
            id: string;
            name: string;
            /** @enum {string} */
            format: "text";
            /** @description Size of the upload */
            bytes: number;
            /** @description Of the uploaded file, hex; of several, or with an imageSize, of the lines `<field> <sha256>` and `imageSize <value>`, sorted */
            sha256: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "text";
            /** @description Code points */
            characters: number;
            distinctCharacters: number;
            lines: number;
            /** @description In UTF-8, without a byte order mark */
            textBytes: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        ImagesDataset: {
            /** @description Id of a dataset */
            id: string;
            name: string;
            /** @enum {string} */
            format: "idx" | "npz" | "zip" | "tar";
            /** @description Size of the upload */
            bytes: number;
            /** @description Of the uploaded file, hex; of several, or with an imageSize, of the lines `<field> <sha256>` and `imageSize <value>`, sorted */
            sha256: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "images";
            /** @description [channels, height, width] */
            shape: number[];
            /** @description The labels that there are: numbers in their order, or names of folders, sorted */
            classes: string[];
            rowCount: number;
            /** @description Of these, those that were given to test with */
            testRowCount: number;
            /** @description Rows of each class; absent of older datasets */
            counts?: number[];
            /** @description Of these, those that were given to test with */
            testCounts?: number[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        WeightsDataset: {
            /** @description Id of a dataset */
            id: string;
            name: string;
            /** @enum {string} */
            format: "safetensors";
            /** @description Size of the upload */
            bytes: number;
            /** @description Of the uploaded file, hex; of several, or with an imageSize, of the lines `<field> <sha256>` and `imageSize <value>`, sorted */
            sha256: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "weights";
            /** @description Those of floating-point numbers; others, such as counters, are left out */
            tensors: {
                name: string;
                /**
                 * @description Of the upload; stored are F32
                 * @enum {string}
                 */
                dtype: "F64" | "F32" | "F16" | "BF16";
                shape: number[];
            }[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            createdAt: string;
        };
        /** @description Of the values that are there */
        MeanNumbers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean";
        };
        /** @description Of the values that are there */
        MedianNumbers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "median";
        };
        /** @description The least of those that are as frequent */
        MostFrequentNumbers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mostFrequent";
        };
        /** @description The same in every row */
        ConstantNumbers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "constant";
            /** @default 0 */
            value?: number;
        };
        /** @description The first of those that are as frequent */
        MostFrequentCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mostFrequent";
        };
        /** @description A value that no row has is a category of its own */
        ConstantCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "constant";
            /** @default missing */
            value?: string;
        };
        /** @description Fills in what the training split says */
        ImputeMissing: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "impute";
            /**
             * @description For numbers, and dates as epoch milliseconds
             * @default {
             *       "type": "mean"
             *     }
             */
            numbers?: components["schemas"]["MeanNumbers"] | components["schemas"]["MedianNumbers"] | components["schemas"]["MostFrequentNumbers"] | components["schemas"]["ConstantNumbers"];
            /**
             * @description For categories. Booleans take the most frequent value
             * @default {
             *       "type": "mostFrequent"
             *     }
             */
            categories?: components["schemas"]["MostFrequentCategories"] | components["schemas"]["ConstantCategories"];
            /**
             * @description One more input, 1 where the value is missing, for columns that miss one in the training split
             * @default false
             */
            indicator?: boolean;
        };
        /** @description Leaves out rows that miss a value; predict refuses them */
        DropMissing: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "drop";
        };
        /** @description As they are */
        KeepOutliers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "keep";
        };
        /** @description To the fences: quartiles ∓ factor · (third quartile − first) */
        ClipIqrOutliers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "clipIqr";
            /** @default 1.5 */
            factor?: number;
        };
        /** @description To two quantiles */
        ClipQuantilesOutliers: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "clipQuantiles";
            /** @default 0.01 */
            lower?: number;
            /** @default 0.99 */
            upper?: number;
        };
        /** @description (value − mean) / deviation, of the population */
        StandardScale: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "standard";
        };
        /** @description (value − least) / (greatest − least) */
        MinMaxScale: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "minMax";
        };
        /** @description (value − median) / (third quartile − first) */
        RobustScale: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "robust";
        };
        /** @description As they are */
        NoneScale: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "none";
        };
        /** @description An input a value; a value that training never saw is all zeros */
        OneHotCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "oneHot";
            /**
             * @description Values of fewer rows of the training split are taken for one, as are those that it never saw
             * @default 1
             */
            minCount?: number;
        };
        /** @description The place among the sorted values, −1 for one never seen, scaled as a number */
        OrdinalCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ordinal";
            /**
             * @description Values of fewer rows of the training split are taken for one, as are those that it never saw
             * @default 1
             */
            minCount?: number;
        };
        /** @description A vector that is learnt with the model; values that training never saw share one */
        EmbeddingCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "embedding";
            /** @description Elements of the vector */
            width: number;
            /**
             * @description Values of fewer rows of the training split are taken for one, as are those that it never saw
             * @default 1
             */
            minCount?: number;
        };
        /** @description The place among these values, scaled as a number */
        OrderedCategories: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ordered";
            /** @description All that the column has, from the least to the greatest */
            values: string[];
        };
        /** @description Epoch milliseconds, scaled as a number */
        TimestampDates: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timestamp";
        };
        /** @description Each a number, scaled as one; in UTC, Monday is weekday 0 */
        PartsDates: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "parts";
            /**
             * @default [
             *       "year",
             *       "month",
             *       "day",
             *       "weekday",
             *       "hour"
             *     ]
             */
            parts?: ("year" | "month" | "day" | "dayOfYear" | "weekday" | "hour" | "minute")[];
        };
        /** @description Sine and cosine of what has gone by of each period, in UTC */
        CyclicalDates: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cyclical";
            /**
             * @default [
             *       "year",
             *       "week",
             *       "day"
             *     ]
             */
            periods?: ("year" | "month" | "week" | "day")[];
        };
        /** @description As they are */
        KeepDuplicates: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "keep";
        };
        /** @description Rows whose features and target equal those of an earlier one are in no part */
        DropDuplicates: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "drop";
        };
        /** @description As it is */
        NoneBalance: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "none";
        };
        /** @description Rows of the rarer classes come several times */
        OversampleBalance: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "oversample";
        };
        /** @description Each class has as many rows as the rarest */
        UndersampleBalance: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "undersample";
        };
        /** @description A token for each character that the training split holds */
        CharacterTokenizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "character";
        };
        /** @description A token for each of the 256 bytes of UTF-8 */
        ByteTokenizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "byte";
        };
        /** @description Byte pair encoding: bytes, and merges of what often stands side by side in the training split */
        BpeTokenizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bpe";
            /**
             * @description Tokens at most, special ones among them
             * @default 2048
             */
            vocabularySize?: number;
        };
        RandomSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "random";
            /** @default null */
            folds?: number | null;
            /** @default 0.2 */
            validation?: number;
            /** @default 0.2 */
            test?: number;
            /**
             * @description Keep class proportions; regression ignores it
             * @default true
             */
            stratify?: boolean;
        };
        /** @description Rows that share a value of the column are in one part; the shares are of the values */
        GroupedSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "grouped";
            /** @description Whose rows these are: a customer, a patient. It is no feature */
            column: string;
            /** @default null */
            folds?: number | null;
            /** @default 0.2 */
            validation?: number;
            /** @default 0.2 */
            test?: number;
        };
        /** @description The last rows by the column test, those before them validate */
        TimeSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "time";
            /** @description Of dates or numbers */
            column: string;
            /** @default 0.2 */
            validation?: number;
            /** @default 0.2 */
            test?: number;
        };
        /** @description Each row is where the column says */
        ColumnSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "column";
            /** @description Of train, validation, test. It is no feature */
            column: string;
        };
        /** @description A text’s first part trains, then come validation and test */
        ContiguousSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "contiguous";
            /** @default 0.1 */
            validation?: number;
            /** @default 0 */
            test?: number;
        };
        /** @description Rows that were given to test with do so; validation is a share of the others, at random */
        GivenSplit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "given";
            /** @default null */
            folds?: number | null;
            /** @default 0.1 */
            validation?: number;
            /**
             * @description Keep class proportions
             * @default true
             */
            stratify?: boolean;
        };
        AutoInitializer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "auto";
        };
        HeInitializer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "he";
        };
        XavierInitializer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "xavier";
        };
        NormalInitializer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "normal";
            /** @default 0.02 */
            deviation?: number;
        };
        MlpModel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mlp";
            /**
             * @description Units of each hidden layer; none gives a linear model
             * @default [
             *       64,
             *       32
             *     ]
             */
            hidden?: number[];
            /**
             * @default tanh
             * @enum {unknown}
             */
            activation?: "relu" | "leakyRelu" | "elu" | "sigmoid" | "tanh" | "silu" | "gelu" | "geluTanh" | "softplus";
            /**
             * @description Probability of zeroing an element, to the nearest multiple of 2⁻¹⁶
             * @default 0
             */
            dropout?: number;
            /**
             * @description auto: he in front of activations that pass about half of their inputs, else xavier
             * @default {
             *       "type": "auto"
             *     }
             */
            initializer?: components["schemas"]["AutoInitializer"] | components["schemas"]["HeInitializer"] | components["schemas"]["XavierInitializer"] | components["schemas"]["NormalInitializer"];
        };
        DenseLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dense";
            units: number;
            /**
             * @default identity
             * @enum {unknown}
             */
            activation?: "identity" | "relu" | "leakyRelu" | "elu" | "sigmoid" | "tanh" | "silu" | "gelu" | "geluTanh" | "softplus";
            /** @default true */
            bias?: boolean;
            /**
             * @description auto: he in front of activations that pass about half of their inputs, else xavier
             * @default {
             *       "type": "auto"
             *     }
             */
            initializer?: components["schemas"]["AutoInitializer"] | components["schemas"]["HeInitializer"] | components["schemas"]["XavierInitializer"] | components["schemas"]["NormalInitializer"];
        };
        Conv2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "conv2d";
            /** @description Channels that it puts out */
            filters: number;
            /** @description Side of the square window */
            kernel: number;
            /** @description Elements the window moves by; 1 where it is left out */
            stride?: number;
            /**
             * @description Elements added at each edge; below kernel
             * @default 0
             */
            padding?: number;
            /**
             * @default identity
             * @enum {unknown}
             */
            activation?: "identity" | "relu" | "leakyRelu" | "elu" | "sigmoid" | "tanh" | "silu" | "gelu" | "geluTanh" | "softplus";
            /**
             * @description auto: he in front of activations that pass about half of their inputs, else xavier
             * @default {
             *       "type": "auto"
             *     }
             */
            initializer?: components["schemas"]["AutoInitializer"] | components["schemas"]["HeInitializer"] | components["schemas"]["XavierInitializer"] | components["schemas"]["NormalInitializer"];
        };
        MaxPool2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "maxPool2d";
            /** @description Side of the square window */
            kernel: number;
            /** @description Elements the window moves by; kernel where it is left out */
            stride?: number;
            /**
             * @description Elements added at each edge; below kernel
             * @default 0
             */
            padding?: number;
        };
        AvgPool2dLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "avgPool2d";
            /** @description Side of the square window */
            kernel: number;
            /** @description Elements the window moves by; kernel where it is left out */
            stride?: number;
        };
        FlattenLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flatten";
        };
        ReshapeLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "reshape";
            /** @description Of a row: [channels, height, width] for images */
            shape: number[];
        };
        EmbeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "embedding";
            /** @description Tokens there are */
            vocabulary: number;
            /** @description Elements of a vector */
            width: number;
        };
        ColumnEmbeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "columnEmbedding";
            /** @description Those that are codes, from the first to the last */
            columns: {
                /** @description Its place in the row */
                column: number;
                /** @description Tokens there are */
                vocabulary: number;
                /** @description Elements of a vector */
                width: number;
            }[];
        };
        PositionEmbeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "positionEmbedding";
            /** @description Tokens of the longest sequence */
            context: number;
        };
        SegmentEmbeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "segmentEmbedding";
        };
        AttentionLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "attention";
            /** @description Must divide the width */
            heads: number;
            /** @default false */
            causal?: boolean;
            /** @default true */
            bias?: boolean;
            /**
             * @description Of the probabilities, in training
             * @default 0
             */
            dropout?: number;
        };
        PoolerLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "pooler";
        };
        SequenceMeanLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sequenceMean";
        };
        UnembeddingLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unembedding";
            /** @description Tokens there are */
            vocabulary: number;
            /** @default false */
            bias?: boolean;
        };
        BatchNormLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "batchNorm";
            /**
             * @description Share of a batch in the running statistics
             * @default 0.1
             */
            momentum?: number;
            /** @default 0.00001 */
            epsilon?: number;
        };
        LayerNormLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "layerNorm";
            /** @default 0.00001 */
            epsilon?: number;
            /** @default true */
            bias?: boolean;
        };
        ReluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "relu";
        };
        LeakyReluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "leakyRelu";
            /**
             * @description Of the negative side
             * @default 0.01
             */
            slope?: number;
        };
        EluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "elu";
            /**
             * @description Where it ends: −α
             * @default 1
             */
            alpha?: number;
        };
        SigmoidLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sigmoid";
        };
        TanhLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tanh";
        };
        SiluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "silu";
        };
        GeluLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gelu";
        };
        GeluTanhLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "geluTanh";
        };
        SoftplusLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softplus";
        };
        SoftmaxLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softmax";
        };
        LogSoftmaxLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "logSoftmax";
        };
        DropoutLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dropout";
            /** @description Probability of zeroing an element, to the nearest multiple of 2⁻¹⁶ */
            rate: number;
        };
        ResidualLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "residual";
            /** @description Must leave the shape as it is */
            layers: (components["schemas"]["DenseLayer"] | components["schemas"]["Conv2dLayer"] | components["schemas"]["MaxPool2dLayer"] | components["schemas"]["AvgPool2dLayer"] | components["schemas"]["FlattenLayer"] | components["schemas"]["ReshapeLayer"] | components["schemas"]["EmbeddingLayer"] | components["schemas"]["ColumnEmbeddingLayer"] | components["schemas"]["PositionEmbeddingLayer"] | components["schemas"]["SegmentEmbeddingLayer"] | components["schemas"]["AttentionLayer"] | components["schemas"]["PoolerLayer"] | components["schemas"]["SequenceMeanLayer"] | components["schemas"]["UnembeddingLayer"] | components["schemas"]["BatchNormLayer"] | components["schemas"]["LayerNormLayer"] | components["schemas"]["ReluLayer"] | components["schemas"]["LeakyReluLayer"] | components["schemas"]["EluLayer"] | components["schemas"]["SigmoidLayer"] | components["schemas"]["TanhLayer"] | components["schemas"]["SiluLayer"] | components["schemas"]["GeluLayer"] | components["schemas"]["GeluTanhLayer"] | components["schemas"]["SoftplusLayer"] | components["schemas"]["SoftmaxLayer"] | components["schemas"]["LogSoftmaxLayer"] | components["schemas"]["DropoutLayer"])[];
        };
        SequentialModel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sequential";
            /** @description Of a row: [channels, height, width] for images */
            inputShape?: number[];
            /** @description From the input to the output; at most 384, those inside of residual blocks counted */
            layers: (components["schemas"]["DenseLayer"] | components["schemas"]["Conv2dLayer"] | components["schemas"]["MaxPool2dLayer"] | components["schemas"]["AvgPool2dLayer"] | components["schemas"]["FlattenLayer"] | components["schemas"]["ReshapeLayer"] | components["schemas"]["EmbeddingLayer"] | components["schemas"]["ColumnEmbeddingLayer"] | components["schemas"]["PositionEmbeddingLayer"] | components["schemas"]["SegmentEmbeddingLayer"] | components["schemas"]["AttentionLayer"] | components["schemas"]["PoolerLayer"] | components["schemas"]["SequenceMeanLayer"] | components["schemas"]["UnembeddingLayer"] | components["schemas"]["BatchNormLayer"] | components["schemas"]["LayerNormLayer"] | components["schemas"]["ReluLayer"] | components["schemas"]["LeakyReluLayer"] | components["schemas"]["EluLayer"] | components["schemas"]["SigmoidLayer"] | components["schemas"]["TanhLayer"] | components["schemas"]["SiluLayer"] | components["schemas"]["GeluLayer"] | components["schemas"]["GeluTanhLayer"] | components["schemas"]["SoftplusLayer"] | components["schemas"]["SoftmaxLayer"] | components["schemas"]["LogSoftmaxLayer"] | components["schemas"]["DropoutLayer"] | components["schemas"]["ResidualLayer"])[];
        };
        GptModel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gpt";
            /**
             * @description Blocks
             * @default 4
             */
            layers?: number;
            /**
             * @description Must divide the width
             * @default 4
             */
            heads?: number;
            /**
             * @description Elements of a vector
             * @default 128
             */
            width?: number;
            /**
             * @description Tokens of the longest sequence
             * @default 64
             */
            context?: number;
            /**
             * @default gelu
             * @enum {unknown}
             */
            activation?: "relu" | "leakyRelu" | "elu" | "sigmoid" | "tanh" | "silu" | "gelu" | "geluTanh" | "softplus";
            /**
             * @description In dense layers and normalisations
             * @default true
             */
            bias?: boolean;
            /**
             * @description Whether output and token embedding share weights
             * @default true
             */
            tied?: boolean;
            /**
             * @description Behind the embeddings and each residual branch, and of the attention’s probabilities
             * @default 0
             */
            dropout?: number;
        };
        BertModel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bert";
            /**
             * @description Blocks
             * @default 4
             */
            layers?: number;
            /**
             * @description Must divide the width
             * @default 4
             */
            heads?: number;
            /**
             * @description Elements of a vector
             * @default 128
             */
            width?: number;
            /**
             * @description Tokens of the longest sequence
             * @default 64
             */
            context?: number;
            /**
             * @description Behind the embeddings and each residual branch, and of the attention’s probabilities
             * @default 0.1
             */
            dropout?: number;
            /**
             * @description What a text’s class is told by: its first position through a tanh layer, or the mean of all that are not padding
             * @default class
             * @enum {unknown}
             */
            pooling?: "class" | "mean";
        };
        MseLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mse";
        };
        MaeLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mae";
        };
        HuberLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "huber";
            /**
             * @description Error from which on it is a line
             * @default 1
             */
            delta?: number;
        };
        BinaryCrossEntropyLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "binaryCrossEntropy";
            /**
             * @description false: the model ends in a sigmoid, and puts out the probability of the second class; logits lose fewer digits
             * @default true
             */
            fromLogits?: boolean;
            /**
             * @description Of the second class: above 1 raises recall, below 1 precision
             * @default 1
             */
            positiveWeight?: number;
        };
        CrossEntropyLoss: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "crossEntropy";
            /** @default 0 */
            labelSmoothing?: number;
            /**
             * @description One a class, in their order. balanced: training rows / (classes · rows of the class)
             * @default null
             */
            classWeights?: number[] | "balanced" | null;
        };
        /** @description Full batch: `training.batchSize` says how many rows are computed at once, not how often weights change */
        GradientDescentOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gradientDescent";
            /** @default 0.1 */
            learningRate?: number;
        };
        SgdOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sgd";
            /** @default 0.01 */
            learningRate?: number;
            /** @default 0 */
            momentum?: number;
            /**
             * @description Needs a momentum above 0
             * @default false
             */
            nesterov?: boolean;
        };
        RmspropOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rmsprop";
            /** @default 0.001 */
            learningRate?: number;
            /**
             * @description ρ: what the mean square keeps of itself
             * @default 0.99
             */
            decay?: number;
            /** @default 0 */
            momentum?: number;
            /**
             * @description Divides by the deviation, not by the root mean square
             * @default false
             */
            centered?: boolean;
            /** @default 1e-8 */
            epsilon?: number;
        };
        AdagradOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adagrad";
            /** @default 0.01 */
            learningRate?: number;
            /** @default 1e-10 */
            epsilon?: number;
        };
        AdamOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adam";
            /** @default 0.001 */
            learningRate?: number;
            /** @default 0.9 */
            beta1?: number;
            /** @default 0.999 */
            beta2?: number;
            /** @default 1e-8 */
            epsilon?: number;
        };
        AdamwOptimizer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adamw";
            /** @default 0.001 */
            learningRate?: number;
            /** @default 0.9 */
            beta1?: number;
            /** @default 0.999 */
            beta2?: number;
            /** @default 1e-8 */
            epsilon?: number;
            /**
             * @description λ; a step takes learningRate · λ of a weight
             * @default 0.01
             */
            weightDecay?: number;
            /**
             * @description weights: matrices and embeddings alone; all: biases and normalisations too
             * @default weights
             * @enum {unknown}
             */
            decays?: "weights" | "all";
        };
        ConstantSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "constant";
            /**
             * @description Updates over which the learning rate rises to its full height; the schedule begins behind them
             * @default 0
             */
            warmup?: number;
        };
        StepSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "step";
            /** @description Updates between two falls */
            stepSize: number;
            /** @default 0.1 */
            factor?: number;
            /**
             * @description Updates over which the learning rate rises to its full height; the schedule begins behind them
             * @default 0
             */
            warmup?: number;
        };
        ExponentialSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "exponential";
            factor: number;
            /**
             * @description Updates over which the learning rate rises to its full height; the schedule begins behind them
             * @default 0
             */
            warmup?: number;
        };
        CosineSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine";
            /**
             * @description Learning rate at the end
             * @default 0
             */
            minimum?: number;
            /**
             * @description Update at which the minimum is reached, the warm-up included; null: the last of the run
             * @default null
             */
            totalSteps?: number | null;
            /**
             * @description Updates over which the learning rate rises to its full height; the schedule begins behind them
             * @default 0
             */
            warmup?: number;
        };
        PlateauSchedule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "plateau";
            /** @default 0.1 */
            factor?: number;
            /**
             * @description Evaluations without improvement
             * @default 10
             */
            patience?: number;
            /**
             * @description Least change that counts as an improvement
             * @default 0
             */
            minDelta?: number;
            /**
             * @description Least learning rate
             * @default 0
             */
            minimum?: number;
            /**
             * @default validation.loss
             * @enum {unknown}
             */
            metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
            /**
             * @description auto: as the metric has it
             * @default auto
             * @enum {unknown}
             */
            mode?: "auto" | "min" | "max";
            /**
             * @description Updates over which the learning rate rises to its full height; the schedule begins behind them
             * @default 0
             */
            warmup?: number;
        };
        NoneEarlyStopping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "none";
        };
        PatienceEarlyStopping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "patience";
            /**
             * @description Evaluations without improvement
             * @default 30
             */
            patience?: number;
            /**
             * @description Least change that counts as an improvement
             * @default 0
             */
            minDelta?: number;
            /**
             * @default validation.loss
             * @enum {unknown}
             */
            metric?: "validation.loss" | "validation.accuracy" | "validation.precision" | "validation.recall" | "validation.f1" | "validation.rocAuc" | "validation.averagePrecision" | "validation.logLoss" | "validation.perplexity" | "validation.brier" | "validation.top3Accuracy" | "validation.top5Accuracy" | "validation.mse" | "validation.rmse" | "validation.mae" | "validation.r2";
            /**
             * @description auto: as the metric has it
             * @default auto
             * @enum {unknown}
             */
            mode?: "auto" | "min" | "max";
            /**
             * @description false: the last weights become the model, not the best
             * @default true
             */
            restoreBest?: boolean;
        };
        NoneLossSpike: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "none";
        };
        RollbackLossSpike: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rollback";
            /**
             * @description Of the median of the window
             * @default 10
             */
            factor?: number;
            /**
             * @description Logged losses before it
             * @default 20
             */
            window?: number;
        };
        TableProfile: {
            /** @description Id of a dataset */
            datasetId: string;
            /** @description The gravest first */
            problems: components["schemas"]["DataProblem"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
            rows: number;
            target: {
                column: string;
                /** @enum {string} */
                task: "classification" | "regression";
                missing: components["schemas"]["RowsConcerned"];
                classes: {
                    value: string;
                    count: number;
                }[] | null;
            } | null;
            columns: components["schemas"]["ColumnProfile"][];
            /** @description Rows that equal an earlier one, identifiers left out; and those whose features equal an earlier one’s while the target differs */
            duplicates: {
                rows: components["schemas"]["RowsConcerned"];
                conflicting: components["schemas"]["RowsConcerned"] | null;
            };
            overlap: {
                train: number;
                validation: number;
                test: number;
                validationInTrain: components["schemas"]["RowsConcerned"];
                testInTrain: components["schemas"]["RowsConcerned"];
            } | null;
        };
        ImagesProfile: {
            /** @description Id of a dataset */
            datasetId: string;
            /** @description The gravest first */
            problems: components["schemas"]["DataProblem"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "images";
            rows: number;
            /** @description [channels, height, width] */
            shape: number[];
            classes: {
                value: string;
                count: number;
            }[];
            /** @description Of each channel’s pixels, 0 to 255 */
            mean: number[];
            deviation: number[];
            blank: components["schemas"]["RowsConcerned"];
            /** @description Rows that equal an earlier one, identifiers left out; and those whose features equal an earlier one’s while the target differs */
            duplicates: {
                rows: components["schemas"]["RowsConcerned"];
                conflicting: components["schemas"]["RowsConcerned"] | null;
            };
            overlap: {
                train: number;
                validation: number;
                test: number;
                validationInTrain: components["schemas"]["RowsConcerned"];
                testInTrain: components["schemas"]["RowsConcerned"];
            } | null;
        };
        TextProfile: {
            /** @description Id of a dataset */
            datasetId: string;
            /** @description The gravest first */
            problems: components["schemas"]["DataProblem"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "text";
            characters: number;
            distinctCharacters: number;
            topCharacters: {
                value: string;
                count: number;
            }[];
            /** @description Of single characters, in nats: the loss of a model that knows their frequency alone */
            entropy: number;
            lines: components["schemas"]["LengthsProfile"];
            repeatedLines: components["schemas"]["RowsConcerned"];
        };
        FlipAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flip";
            /**
             * @description horizontal: left becomes right
             * @default horizontal
             * @enum {unknown}
             */
            direction?: "horizontal" | "vertical";
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 0.5
             */
            probability?: number;
        };
        ShiftAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "shift";
            /**
             * @description At most this share of the height
             * @default 0.1
             */
            height?: number;
            /**
             * @description At most this share of the width
             * @default 0.1
             */
            width?: number;
            /**
             * @description Level of what comes in from outside
             * @default 0
             */
            fill?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        RotateAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rotate";
            /**
             * @description At most, either way
             * @default 10
             */
            degrees?: number;
            /**
             * @description Level of what comes in from outside
             * @default 0
             */
            fill?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        CropAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "crop";
            /**
             * @description Pixels on each side
             * @default 4
             */
            padding?: number;
            /**
             * @description What is padded with: fill; the outermost pixels; the image mirrored at them
             * @default constant
             * @enum {unknown}
             */
            mode?: "constant" | "edge" | "reflect";
            /**
             * @description Level of what comes in from outside
             * @default 0
             */
            fill?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        BrightnessAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "brightness";
            /**
             * @description The factor is from 1 − it to 1 + it
             * @default 0.2
             */
            change?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        NoiseAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "noise";
            /**
             * @description Of the noise: images, as a share of white; tables, in units of the scaled columns
             * @default 0.05
             */
            deviation?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        CutoutAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cutout";
            /**
             * @description Pixels of its side
             * @default 8
             */
            size?: number;
            /**
             * @description Level of what comes in from outside
             * @default 0
             */
            fill?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        MixupAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mixup";
            /**
             * @description The share that a row keeps is drawn from Beta(alpha, alpha): 1 is uniform, less is nearer to 0 and 1
             * @default 0.2
             */
            alpha?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        CutmixAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cutmix";
            /**
             * @description The share that a row keeps is drawn from Beta(alpha, alpha): 1 is uniform, less is nearer to 0 and 1
             * @default 1
             */
            alpha?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        FeatureDropoutAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "featureDropout";
            /**
             * @description Share of the columns
             * @default 0.1
             */
            rate?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        TokenDropoutAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tokenDropout";
            /**
             * @description Share of the tokens
             * @default 0.1
             */
            rate?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        MaskingAugmentation: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "masking";
            /**
             * @description Share of the tokens
             * @default 0.1
             */
            rate?: number;
            /**
             * @description Of a row to be augmented so, each epoch
             * @default 1
             */
            probability?: number;
        };
        TablePreview: {
            /** @description Id of a dataset */
            datasetId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
            /** @description The first rows, as a predict request takes them */
            rows: {
                [key: string]: unknown;
            }[];
        };
        InputsPreview: {
            /** @description Id of a dataset */
            datasetId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "inputs";
            /** @description Of the training split, from its first row on */
            samples: {
                before: {
                    /** @description What each column becomes for the model */
                    inputs: {
                        column: string;
                        values: number[];
                    }[];
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
                after: {
                    /** @description What each column becomes for the model */
                    inputs: {
                        column: string;
                        values: number[];
                    }[];
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
            }[];
        };
        ImagesPreview: {
            /** @description Id of a dataset */
            datasetId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "images";
            /** @description Of the training split, from its first row on */
            samples: {
                before: {
                    /** @description A PNG as a data URI */
                    image: string;
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
                after: {
                    /** @description A PNG as a data URI */
                    image: string;
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
            }[];
        };
        TextsPreview: {
            /** @description Id of a dataset */
            datasetId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "texts";
            /** @description Of the training split, from its first row on */
            samples: {
                before: {
                    /** @description Special tokens in brackets: `[unknown]` is what masking leaves */
                    text: string;
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
                after: {
                    /** @description Special tokens in brackets: `[unknown]` is what masking leaves */
                    text: string;
                    /** @description Classes that the row has for target; several where mixup or cutmix shared it */
                    labels?: {
                        label: string;
                        share: number;
                    }[];
                    /** @description Target of a regression, as it is learnt: scaled */
                    value?: number;
                };
            }[];
        };
        FloatSweepParameter: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "float";
            min: number;
            max: number;
            /**
             * @description On which of the two all values are alike likely
             * @default linear
             * @enum {string}
             */
            scale?: "linear" | "log";
            /** @description Of a grid: values, evenly on the scale, both ends among them */
            points?: number;
        };
        IntSweepParameter: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "int";
            min: number;
            max: number;
            /**
             * @description On which of the two all values are alike likely
             * @default linear
             * @enum {string}
             */
            scale?: "linear" | "log";
            /** @description Between values, from min on; default 1 */
            step?: number;
            /** @description Of a grid: values, evenly on the scale, both ends among them */
            points?: number;
        };
        ChoiceSweepParameter: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "choice";
            /** @description Any values, each once */
            values: unknown[];
        };
        GridMethod: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "grid";
        };
        RandomMethod: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "random";
        };
        TpeMethod: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "tpe";
            /**
             * @description At random, before it learns from them
             * @default 10
             */
            startTrials?: number;
        };
        AshaMethod: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "asha";
            /** @description Of every trial: the first rung */
            minSteps: number;
            /**
             * @description Each rung has as many times the steps of the one before, and one trial in as many goes on
             * @default 3
             */
            eta?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getServiceMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasets: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The table, the text or the archive of images: one file, of any size up to the limit
                     */
                    file?: string;
                    /**
                     * Format: binary
                     * @description In place of file, images in IDX: unsigned bytes [rows, height, width], perhaps in gzip
                     */
                    images?: string;
                    /**
                     * Format: binary
                     * @description Their labels in IDX: unsigned bytes [rows]
                     */
                    labels?: string;
                    /**
                     * Format: binary
                     * @description Images that are to be tested with
                     */
                    testImages?: string;
                    /**
                     * Format: binary
                     * @description Their labels
                     */
                    testLabels?: string;
                    name?: string;
                    /** @enum {string} */
                    format?: "csv" | "tsv" | "jsonl" | "parquet" | "npy" | "npz" | "text" | "idx" | "zip" | "tar" | "safetensors";
                    /** @description zip and tar only: height and width, such as 64x48, to which every image is stretched */
                    imageSize?: string;
                };
            };
        };
        responses: {
            /** @description Uploaded before */
            200: {
                headers: {
                    /** @description Path of the dataset */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description Read and stored */
            201: {
                headers: {
                    /** @description Path of the dataset */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_dataset`: The dataset cannot be read */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a dataset */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a dataset */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in_use`: The resource is in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetProfile: {
        parameters: {
            query?: {
                /** @description The `dataset` of a job as JSON, without the id: `{"target": "species"}` */
                dataset?: string;
                /** @description `training.seed` of that job */
                seed?: number;
            };
            header?: never;
            path: {
                /** @description Id of a dataset */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetPreview: {
        parameters: {
            query?: {
                /** @description The `dataset` of a job as JSON, without the id: `{"target": "species"}` */
                dataset?: string;
                /** @description `training.seed` of that job */
                seed?: number;
                /** @description The `augmentation` of a job as JSON: `[{"type": "flip"}]` */
                augmentation?: string;
                /** @description Rows at most */
                count?: number;
            };
            header?: never;
            path: {
                /** @description Id of a dataset */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                    "image/png": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                state?: "queued" | "running" | "pausing" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
                /** @description Exact name */
                name?: string;
                /** @description Id of a sweep */
                sweep?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobSpec"];
            };
        };
        responses: {
            /** @description Accepted: it is stored and will run */
            202: {
                headers: {
                    /** @description Path of what was made */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_in_flight`: A request with this Idempotency-Key is under way. `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `idempotency_mismatch`: This Idempotency-Key was used with another body. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobSpec"];
            };
        };
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Paused, or about to be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeRequest"];
            };
        };
        responses: {
            /** @description Queued, or running already */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editTraining: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TrainingEdit"];
            };
        };
        responses: {
            /** @description Changed, or about to be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this. `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description Cancelled, or about to be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forkJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ForkRequest"];
            };
        };
        responses: {
            /** @description Accepted: the new job is stored and will run */
            202: {
                headers: {
                    /** @description Path of what was made */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_in_flight`: A request with this Idempotency-Key is under way. `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `idempotency_mismatch`: This Idempotency-Key was used with another body. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted: the new job is stored and will run */
            202: {
                headers: {
                    /** @description Path of what was made */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_in_flight`: A request with this Idempotency-Key is under way. `illegal_transition`: Not in a state that allows this. `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_mismatch`: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareJobs: {
        parameters: {
            query: {
                /** @description 2 to 20 jobs, between commas */
                ids: string;
                /** @description Series, between commas; `train.loss` and all of the validation where none is named */
                names?: string;
                /** @description `time`: seconds of training, pauses left out */
                by?: "step" | "time";
                /** @description Of the axis */
                maxPoints?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs, in the order asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLineage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The family */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: {
                /** @description Comma-separated; default all */
                names?: string;
                /** @description First step, included */
                fromStep?: number;
                /** @description Last step, included */
                toStep?: number;
                /** @description Of a run that was rolled back: one of its segments, from 0, or all, each series by itself. Default: the line that survives, without what was measured between a rollback and where it went back to */
                segment?: string;
                /** @description A series; thinning keeps each bucket’s least and greatest */
                maxPoints?: number;
            };
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The series */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Metrics"];
                    "text/csv": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description `id` of the last event that was received */
                "last-event-id"?: string;
            };
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The job has ended, and was told of to the end: do not come back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamAllEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description `id` of the last event that was received */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The findings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRemedies: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The races */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Races"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryRemedies: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemediesRequest"];
            };
        };
        responses: {
            /** @description Its jobs are stored and will run */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Race"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_in_flight`: A request with this Idempotency-Key is under way. `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `idempotency_mismatch`: This Idempotency-Key was used with another body. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckpointPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckpoint: {
        parameters: {
            query?: {
                /** @description Read the whole file and hash it now */
                verify?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of a checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in_use`: The resource is in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckpointPatch"];
            };
        };
        responses: {
            /** @description The checkpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckpointFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes: `bytes=0-1023`, `bytes=1024-`, `bytes=-8` */
                range?: string;
                /** @description The ETag for which the range is meant */
                "if-range"?: string;
                /** @description ETags that the client has */
                "if-none-match"?: string;
            };
            path: {
                /** @description Id of a checkpoint */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    /** @description The SHA-256 of the file, quoted */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    /** @description The SHA-256 of the file, quoted */
                    ETag?: string;
                    /** @description bytes first-last/size */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `range_not_satisfiable`: The range lies outside the file */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unverifiable`: The job cannot be trained again from one checkpoint to the next here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Exact name */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Registered before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description Registered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    predict: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredictRequest"];
            };
        };
        responses: {
            /** @description One prediction a row, in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictResponse"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine. `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_row`: A row does not fit the model */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTokenizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The vocabulary */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokenizer"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine. `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportModel: {
        parameters: {
            query?: {
                /** @description onnx: operators of opset 17. safetensors: the weights, with spec and preparation in the metadata. bundle: one JavaScript module that predicts by itself, in Node and in browsers */
                format?: "onnx" | "safetensors" | "bundle";
                /** @description onnx: whether the file prepares columns and images itself; false: it takes one float matrix, `inputs` */
                preparation?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_exportable`: The model cannot be written so */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetails"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in_use`: The resource is in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setModelAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
                /** @description Small letters, digits and hyphens; not `latest` */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeModelAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
                /** @description Small letters, digits and hyphens; not `latest` */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluateModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluateRequest"];
            };
        };
        responses: {
            /** @description What it is worth */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine. `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsuitable_dataset`: The dataset does not fit the model */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModelDrift: {
        parameters: {
            query?: {
                /** @description Predictions from then on; default: all that is kept */
                since?: string;
            };
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far they are apart */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine. `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a model, or `name@latest`, `name@3` (a version), `name@prod` (an alias) */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description The text that follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateResponse"];
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `outdated_model`: The model is of another version of the engine. `unsuitable_model`: The model is not for this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `checkpoint_damaged`: The checkpoint is damaged */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_prompt`: The prompt does not fit the model */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a key */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `quota_exceeded`: The quota is used up */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateRequest"];
            };
        };
        responses: {
            /** @description The webhook and its new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will be sent, once the webhook is enabled */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a delivery */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will be sent, once the webhook is enabled */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionRequest"];
            };
        };
        responses: {
            /** @description The cookie is set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookie is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSweeps: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                state?: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SweepPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSweep: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SweepSpec"];
            };
        };
        responses: {
            /** @description Accepted: it is stored, and its first trials are queued */
            202: {
                headers: {
                    /** @description Path of what was made */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exceeds_memory`: The job needs more memory than there is. `idempotency_mismatch`: This Idempotency-Key was used with another body. `invalid_spec`: The job is well-formed but impossible */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sweep */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSweepTrials: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SweepTrialPage"];
                };
            };
            /** @description `invalid_cursor`: The cursor is not one of ours. `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Paused; its trials are, or are about to be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It goes on */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelSweep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a sweep */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelled, or about to be */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sweep"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_json`: The body is not valid JSON. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `illegal_transition`: Not in a state that allows this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready, or degraded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOlderOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.0.3 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIndex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                    "text/html": string;
                };
            };
            /** @description `invalid_request`: The request does not match its schema. `malformed_request`: The request is malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unavailable`: Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
