/** Process: the S3 store of s3-process.ts, on the folder and the port in its arguments; sends what its clients need. Dies with its parent. */
import { TestS3 } from '../support/s3.js';

const [folder, port] = process.argv.slice(2);
const store = await TestS3.start({ folder: folder!, port: Number(port) });
const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
process.on('disconnect', () => process.exit());
process.send?.({ ...store.settings('chaos'), AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
