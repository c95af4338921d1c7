import { ApiError, type Refusal } from './api-error.ts';
import * as classes from './classes.ts';

type AnyErrorClass = new (refusal: Refusal) => ApiError;

const CLASS_OF_CODE: ReadonlyMap<number, AnyErrorClass> = new Map(
  Object.values(classes).map((each): [number, AnyErrorClass] => [each.code, each]),
);

/** The error of a refusal, of the class of its code. */
export function errorOfRefusal(refusal: Refusal): ApiError {
  const Class = CLASS_OF_CODE.get(refusal.code) ?? ApiError;
  return new Class(refusal);
}
