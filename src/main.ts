/** What `npm start` runs: the supervisor, until a signal stops it. A second signal does not wait for running jobs. */
import { pino } from 'pino';
import { type Config, ConfigError, loadConfig } from './config.js';
import { Supervisor } from './supervisor/supervisor.js';

function configOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

const config = configOrExit();
const log = pino({ name: 'supervisor', level: config.logLevel });
const supervisor = new Supervisor(config, log);
let stopping = false;

async function stop(exitCode: number): Promise<never> {
  stopping = true;
  await supervisor.stop();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    log.info({ signal }, 'stopping');
    void stop(0);
  });
}

try {
  const url = await supervisor.start();
  process.stderr.write(`\nTrainyard is ready at ${url}\n  documentation  ${url}/docs\n  stop           Ctrl-C\n\n`);
} catch (err) {
  if (!stopping) {
    log.fatal({ err }, 'could not start');
    await stop(1);
  }
}
