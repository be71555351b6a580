/** A button for what cannot be undone: the first click asks, the second does it. */
import { useState } from 'preact/hooks';

export interface ConfirmButtonProps {
  label: string;
  question: string;
  disabled: boolean;
  onConfirm(): void;
}

export function ConfirmButton({ label, question, disabled, onConfirm }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  const answer = (yes: boolean) => () => {
    setAsking(false);
    if (yes) onConfirm();
  };
  return (
    <span class="confirm">
      {question}{' '}
      <button type="button" class="danger" onClick={answer(true)}>
        {label}
      </button>{' '}
      <button type="button" onClick={answer(false)}>
        No
      </button>
    </span>
  );
}
