/** A form field, or several, for whatever a schema describes. What is left empty keeps the service's default. */
import { useState } from 'preact/hooks';
import { shown } from '../lib/format.js';
import { type Field, fieldAt, fieldOf, itemsOf, type OpenApi, resolve, type Schema, withField } from '../lib/schema.js';
import { JsonInput } from './json-input.js';

export interface FormContext {
  document: OpenApi;
  /** What the service makes of the whole form, with its defaults. */
  resolved: unknown;
  /** What it refuses, by path. */
  errors: ReadonlyMap<string, string>;
}

export interface SchemaFieldProps {
  name: string;
  /** JSON pointer into the request. */
  path: string;
  schema: Schema;
  value: unknown;
  set(value: unknown): void;
  context: FormContext;
}

export function SchemaField(props: SchemaFieldProps) {
  const { name, path, context } = props;
  const schema = resolve(props.schema, context.document);
  const field = fieldOf(schema, context.document);
  const error = context.errors.get(path);
  const errorId = `error-${path}`;
  if (field.kind === 'group' || field.kind === 'variants' || field.kind === 'list') {
    return (
      <fieldset>
        <legend>{name}</legend>
        {error && <p class="error">{error}</p>}
        {schema.description && <p class="small muted">{schema.description}</p>}
        {field.kind === 'group' && <Group {...props} fields={field.fields} />}
        {field.kind === 'variants' && <Variants {...props} schema={schema} variants={field.variants} />}
        {field.kind === 'list' && <List {...props} item={field.item} />}
      </fieldset>
    );
  }
  return (
    <label class="field" title={schema.description}>
      <span>{name}</span>
      <Input {...props} schema={schema} field={field} invalid={error ? errorId : undefined} />
      {error && (
        <span id={errorId} class="error">
          {error}
        </span>
      )}
    </label>
  );
}

/** The value at a pointer of what the service answered. */
function resolvedAt(root: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (Array.isArray(value) ? value[Number(key)] : fieldAt(value, key)), root);
}

interface InputProps extends SchemaFieldProps {
  field: Exclude<Field, { kind: 'group' | 'variants' | 'list' }>;
  invalid: string | undefined;
}

function Input({ field, value, set, schema, path, context, invalid }: InputProps) {
  const [text, setText] = useState(() => (Array.isArray(value) ? value.join(', ') : ''));
  const fallback = resolvedAt(context.resolved, path) ?? schema.default;
  const placeholder = fallback === undefined || fallback === null ? '' : shown(fallback).replace(/^\[|\]$/g, '');
  const common = { 'aria-invalid': invalid !== undefined, 'aria-describedby': invalid };
  switch (field.kind) {
    case 'choice':
    case 'flag': {
      const values = field.kind === 'flag' ? ['true', 'false'] : field.values;
      const read = (chosen: string) => (chosen === '' ? undefined : field.kind === 'flag' ? chosen === 'true' : chosen);
      return (
        <select {...common} value={String(value ?? '')} onChange={(event) => set(read(event.currentTarget.value))}>
          <option value="">{placeholder ? `${placeholder} (default)` : 'default'}</option>
          {values.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    }
    case 'number':
      return (
        <input
          {...common}
          type="number"
          step={field.integer ? 1 : 'any'}
          placeholder={placeholder}
          value={typeof value === 'number' ? value : ''}
          onInput={({ currentTarget: { value: typed } }) => set(typed === '' ? undefined : Number(typed))}
        />
      );
    case 'text':
      return (
        <input
          {...common}
          placeholder={placeholder}
          value={String(value ?? '')}
          onInput={({ currentTarget: { value: typed } }) => set(typed === '' ? undefined : typed)}
        />
      );
    case 'items':
      return (
        <input
          {...common}
          placeholder={placeholder}
          value={text}
          onInput={({ currentTarget: { value: typed } }) => {
            setText(typed);
            set(itemsOf(typed, field.numbers));
          }}
        />
      );
    case 'json':
      return <JsonInput {...common} placeholder={placeholder} value={value} set={set} />;
  }
}

function Group({ fields, path, value, set, context }: SchemaFieldProps & { fields: [string, Schema][] }) {
  return (
    <div class="fields">
      {fields.map(([name, schema]) => (
        <SchemaField
          key={name}
          name={name}
          path={`${path}/${name}`}
          schema={schema}
          value={fieldAt(value, name)}
          set={(field) => set(withField(value, name, field))}
          context={context}
        />
      ))}
    </div>
  );
}

function Variants(props: SchemaFieldProps & { variants: Map<string, Schema> }) {
  const { name, path, value, set, context, variants } = props;
  const tag = fieldAt(value, 'type') as string | undefined;
  const standing = fieldAt(resolvedAt(context.resolved, path), 'type');
  const variant = tag === undefined ? undefined : variants.get(tag);
  return (
    <>
      <select
        aria-label={`type of ${name}`}
        value={tag ?? ''}
        onChange={({ currentTarget: { value: chosen } }) => set(chosen ? { type: chosen } : undefined)}
      >
        <option value="">{standing ? `${String(standing)} (default)` : 'default'}</option>
        {[...variants.keys()].map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      {variant && (
        <Group {...props} fields={Object.entries(variant.properties ?? {}).filter(([field]) => field !== 'type')} />
      )}
    </>
  );
}

function List(props: SchemaFieldProps & { item: Schema }) {
  const { name, path, value, set, context, item } = props;
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const change = (next: unknown[]) => set(next.length ? next : undefined);
  const first = fieldOf(item, context.document);
  const fresh = first.kind === 'variants' ? { type: [...first.variants.keys()][0] } : {};
  return (
    <>
      {items.map((each, i) => (
        <div key={i} class="item">
          <SchemaField
            name={`${name} ${i + 1}`}
            path={`${path}/${i}`}
            schema={item}
            value={each}
            set={(next) => change(items.map((old, j) => (j === i ? (next ?? fresh) : old)))}
            context={context}
          />
          <button type="button" class="plain" onClick={() => change(items.filter((_, j) => j !== i))}>
            Remove {name} {i + 1}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => change([...items, fresh])}>
        Add to {name}
      </button>
    </>
  );
}
