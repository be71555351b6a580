/** `node dist/test/chaos/equal-keys.js --races 1000`: prints what came of as many races; ends with 1 where one was split. */
import { parseArgs } from 'node:util';
import { raceKeys } from './key-races.js';
import { withTwoApis } from './two-apis.js';

const { values } = parseArgs({ options: { races: { type: 'string', default: '100' } } });
const report = await withTwoApis((urls) => raceKeys(urls, Number(values.races)));
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.split === 0 && report.jobs === report.races ? 0 : 1;
