import { type TObject, Type } from 'typebox';
import { ErrorDetails } from './error-details.ts';
import { ERROR_CATALOGUE } from './errors/catalogue.ts';
import { requestId } from './scalars.ts';

/** `code` of a success. */
export const SUCCESS_CODE = 0;
/** `message` of a success. */
export const SUCCESS_MESSAGE = 'success';

/** Reply of the Developer API that carries `data`. */
export const Success = <Data extends TObject>(data: Data) =>
  Type.Object({
    code: Type.Literal(SUCCESS_CODE, { description: '0: success', examples: [0] }),
    message: Type.Literal(SUCCESS_MESSAGE, { description: 'Always "success"', examples: [SUCCESS_MESSAGE] }),
    data,
    requestId: requestId(),
  });

/** Reply of the Developer API that carries an error and no `data`. */
export const Failure = Type.Object({
  code: Type.Enum(
    ERROR_CATALOGUE.map((entry) => entry.code),
    { description: 'Code of the error catalogue', examples: [2002] },
  ),
  message: Type.String({ description: 'What went wrong, for people', examples: ['Invalid parameter value'] }),
  requestId: requestId(),
  details: Type.Optional(ErrorDetails),
});
