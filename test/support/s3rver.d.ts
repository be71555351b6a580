/** What the tests use of s3rver, which has no types. It is a Koa application. */
declare module 's3rver' {
  interface Context {
    method: string;
    path: string;
    status: number;
    query: Record<string, string | undefined>;
    get(header: string): string;
  }

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      configureBuckets: { name: string }[];
    });
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    readonly httpServer: import('node:http').Server;
    run(): Promise<import('node:net').AddressInfo>;
    close(): Promise<void>;
  }
}
