/** The type of a spec once every default is filled in: no field is optional any more, at any depth. */

export type Resolved<T> = T extends readonly unknown[]
  ? { [Index in keyof T]: Resolved<T[Index]> }
  : T extends object
    ? { [Key in keyof T]-?: Resolved<T[Key]> }
    : T;
