/** `trainyard upload <file>` */
import { type Command, print } from './command.js';

export const upload: Command = {
  operands: ['<file>'],
  async run(client, [file], { name }) {
    const { id } = await client.uploadDataset(file!, { name });
    print(id);
  },
};
