import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export interface TextInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Unit behind the value, such as `USDT`, or a control in its place. */
  readonly unit?: ReactNode;
  /** What is wrong with the value; read out when it appears. */
  readonly problem?: string | undefined;
}

/** A field with its label inside on the left and its unit on the right, for numbers. */
export function NumberInput(props: TextInputProps) {
  const { label, value, onChange, unit, problem, className, ...rest } = props;
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className={className}>
      <div
        className={classNames(
          'flex h-9 items-center gap-2 rounded border bg-inset px-2 focus-within:outline-2 focus-within:outline-accent max-sm:h-11',
          problem === undefined ? 'border-line-input' : 'border-danger',
        )}
      >
        <label htmlFor={id} className="shrink-0 text-muted">
          {label}
        </label>
        <input
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : problemId}
          className="h-full min-w-0 grow bg-transparent text-right tabular-nums outline-none disabled:opacity-50"
          {...rest}
        />
        {unit !== undefined && <span className="shrink-0 text-muted">{unit}</span>}
      </div>
      {problem !== undefined && (
        <p id={problemId} role="alert" className="mt-1 text-label text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

/** A field with its label above, for words. */
export function TextInput(props: TextInputProps) {
  const { label, value, onChange, unit, problem, className, ...rest } = props;
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-muted">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : problemId}
          className={classNames(
            'h-9 w-full rounded border bg-inset px-2 outline-accent focus:outline-2 max-sm:h-11 max-sm:text-base',
            problem === undefined ? 'border-line-input' : 'border-danger',
          )}
          {...rest}
        />
        {unit}
      </div>
      {problem !== undefined && (
        <p id={problemId} role="alert" className="mt-1 text-label text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
