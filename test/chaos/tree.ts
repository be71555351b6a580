/** The process tree under a service manager: a supervisor that ends without being told to is started again, on the same port. */
import { once } from 'node:events';
import { postgresUrl, Service } from '../support/service.js';

export class Tree {
  readonly dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #program: string;
  #service: Service;
  #stopping = false;

  constructor(dataDir: string, environment: NodeJS.ProcessEnv, program: string) {
    this.dataDir = dataDir;
    this.#environment = { ...environment };
    this.#program = program;
    this.#service = this.#start();
  }

  /** Of the supervisor: API and consumers are below it. */
  get pid(): number {
    return this.#service.process.pid!;
  }

  /** Where the API answers, from the first time on. */
  async url(): Promise<string> {
    const { url } = await this.#service.api();
    this.#environment['PORT'] = new URL(url).port;
    return url;
  }

  databaseUrl(): Promise<string> {
    return postgresUrl(this.dataDir);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#service.process.exitCode === null) await this.#service.stop();
  }

  #start(): Service {
    const service = new Service(this.dataDir, this.#environment, this.#program);
    void once(service.process, 'exit').then(() => {
      if (!this.#stopping) this.#service = this.#start();
    });
    return service;
  }
}
