/**
 * The part of the WebAssembly API that the engine uses. TypeScript declares it in lib.dom alone, which would bring the
 * whole browser along; the declarations have lib.dom's form (interface and variable), so that both can stand together.
 */
declare namespace WebAssembly {
  interface MemoryDescriptor {
    /** 64 KiB pages. */
    initial: number;
    maximum?: number;
    shared?: boolean;
  }

  interface Memory {
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
  }
  var Memory: { prototype: Memory; new (descriptor: MemoryDescriptor): Memory };

  // biome-ignore lint/suspicious/noEmptyInterface: a compiled module is opaque
  interface Module {}
  var Module: { prototype: Module; new (bytes: Uint8Array): Module };

  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  var Instance: {
    prototype: Instance;
    new (module: Module, imports?: Record<string, Record<string, unknown>>): Instance;
  };

  function validate(bytes: Uint8Array): boolean;
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports?: Record<string, Record<string, unknown>>): Promise<Instance>;
}
