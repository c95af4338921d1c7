/** Judges the type and range of a value: what is wrong with it, or undefined. */
export type Form = (value: unknown) => string | undefined;

interface Field {
  readonly name: string;
  readonly form: Form;
}

export const field = (name: string, form: Form): Field => ({ name, form });

/** An object whose named fields have their forms; others are not looked at. */
export function record(...fields: readonly Field[]): Form {
  return (value) => {
    if (typeof value !== 'object' || value === null) return 'must be an object';
    for (const { name, form } of fields) {
      const wrong = form((value as Readonly<Record<string, unknown>>)[name]);
      if (wrong !== undefined) return `${name}: ${wrong}`;
    }
    return undefined;
  };
}

/** A list of at most `longest` items; without a form for them they are not looked at. */
export function list(longest = Number.MAX_SAFE_INTEGER, item?: Form): Form {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length > longest) return `at most ${longest} items`;
    if (item === undefined) return undefined;
    for (const each of value) {
      const wrong = item(each);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** A value that may be left out. */
export const maybe =
  (form: Form): Form =>
  (value) =>
    value === undefined ? undefined : form(value);

/** A text that survives being written as UTF-8. */
export const text =
  (longest: number): Form =>
  (value) =>
    typeof value === 'string' && value.length <= longest && value.isWellFormed()
      ? undefined
      : `must be a text of at most ${longest} characters`;

export const flag: Form = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');

/** A whole number from `lowest` to below 2^53. */
export const whole =
  (lowest: number): Form =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= lowest
      ? undefined
      : `must be a whole number from ${lowest} to below 2^53`;

/** Any number and any text: whether they are in range is judged, with a better answer, by who takes the command. */
export const anyNumber: Form = (value) => (typeof value === 'number' ? undefined : 'must be a number');
export const anyText: Form = (value) => (typeof value === 'string' ? undefined : 'must be a text');

export function oneOf(...values: readonly unknown[]): Form {
  const rule = `must be one of ${values.join(' ')}`;
  return (value) => (values.includes(value) ? undefined : rule);
}
