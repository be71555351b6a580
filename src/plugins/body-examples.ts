/** Examples of request bodies for the document, by the name of their schema. */

const dataset = { id: 'ds_01k7b3x5p2q4r6s8t0v1w2x3y4', target: 'species' };

const examples: Readonly<Record<string, readonly object[]>> = {
  JobSpec: [
    { dataset, model: { type: 'mlp' } },
    {
      name: 'penguins, smaller',
      dataset: { ...dataset, ignore: ['island'], split: { type: 'random', validation: 0.2, test: 0.2 } },
      model: { type: 'mlp', hidden: [32, 16], activation: 'tanh', dropout: 0.1 },
      optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9 },
      training: { epochs: 200, batchSize: 16, seed: 7 },
      earlyStopping: { type: 'patience', patience: 15 },
      metadata: { experiment: 'a1' },
    },
    {
      dataset,
      model: { type: 'mlp' },
      initialize: { from: 'mdl_01k7b3x5p2q4r6s8t0v1w2x3y4', freeze: ['hidden.0.*'] },
    },
  ],
  SweepSpec: [
    {
      job: { dataset, model: { type: 'mlp' } },
      parameters: { '/optimizer/learningRate': { type: 'float', min: 0.0001, max: 0.1, scale: 'log' } },
    },
  ],
  WebhookRequest: [{ url: 'https://hooks.example/trainyard', events: ['state', 'finding'] }],
  WebhookPatch: [{ enabled: false }],
  TrainingEdit: [{ learningRate: 0.0003 }],
  ForkRequest: [{ from: 'best', patch: { training: { epochs: 100 } } }],
  EvaluateRequest: [{ datasetId: dataset.id, sliceBy: 'island' }],
  RegisterRequest: [{ name: 'penguins', from: 'job_01k7b3x5p2q4r6s8t0v1w2x3y4' }],
  GenerateRequest: [{ prompt: 'ROMEO:', maxTokens: 300, temperature: 0.8, topK: 20, seed: 7 }],
  PredictRequest: [{ rows: [{ island: 'Biscoe', bill_length_mm: 46.1, bill_depth_mm: 13.2, sex: null }] }],
};

export const examplesOf = (name: string | undefined): { examples?: readonly object[] } => {
  const known = name === undefined ? undefined : examples[name];
  return known ? { examples: known } : {};
};
