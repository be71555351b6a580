/** A value typed as JSON: passed on whenever it is one. */
import { useState } from 'preact/hooks';
import { jsonOf } from '../lib/fork.js';

export interface JsonInputProps {
  value: unknown;
  set(value: unknown): void;
  placeholder: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

export function JsonInput({ value, set, ...others }: JsonInputProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value)));
  const [fault, setFault] = useState('');
  const read = (typed: string) => {
    setText(typed);
    try {
      set(typed.trim() === '' ? undefined : jsonOf(typed));
      setFault('');
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  return (
    <>
      <textarea
        {...others}
        rows={2}
        spellcheck={false}
        value={text}
        onInput={(event) => read(event.currentTarget.value)}
      />
      {fault && <span class="error">{fault}</span>}
    </>
  );
}
