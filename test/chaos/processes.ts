/** The processes of this machine, as ps shows them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Process {
  pid: number;
  parent: number;
  args: string;
}

export async function allProcesses(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args: args! }];
  });
}
