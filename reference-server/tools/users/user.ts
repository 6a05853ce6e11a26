import type { JsonObject } from '../../../spec/messages.ts';

const text = (description: string, maxLength = 200): JsonObject => ({
  type: 'string',
  minLength: 1,
  maxLength,
  description,
});

/** The fields of a user that a tool can set, as JSON Schema properties. */
export const userProperties: JsonObject = {
  name: text('First name.'),
  surname: text('Last name.'),
  email: { type: 'string', format: 'email', maxLength: 254, description: 'E-mail address; no two users share one.' },
  about_me: text('A few sentences about the user: interests, occupation, character.', 5000),
  phone: text('Phone number, with the country code.', 50),
  date_of_birth: { type: 'string', format: 'date', description: 'Date of birth, as YYYY-MM-DD.' },
  address: {
    type: 'object',
    description: 'Postal address, with all its parts.',
    properties: {
      country: text('Country.'),
      city: text('City.'),
      street: text('Street.'),
      flat_house: text('House and flat number.'),
    },
    required: ['country', 'city', 'street', 'flat_house'],
    additionalProperties: false,
  },
  gender: text('Gender.', 50),
  company: text('Employer.'),
  salary: { type: 'number', minimum: 0, description: 'Yearly salary.' },
  credit_card: {
    type: 'object',
    description: 'Credit card. Tools never show its number in full, nor its verification code.',
    properties: {
      num: { type: 'string', pattern: '^[0-9 -]{12,23}$', description: 'Number: digits, in groups if you like.' },
      cvv: { type: 'string', pattern: '^[0-9]{3,4}$', description: 'Verification code: 3 or 4 digits.' },
      exp_date: {
        type: 'string',
        pattern: '^(0[1-9]|1[0-2])/([0-9]{2}|[0-9]{4})$',
        description: 'Expiry, as MM/YYYY or MM/YY.',
      },
    },
    required: ['num', 'cvv', 'exp_date'],
    additionalProperties: false,
  },
};

/** The fields that a new user must have. */
export const requiredOfNewUser = ['name', 'surname', 'email', 'about_me'];

/** The number of a user, as a JSON Schema. */
export const userId: JsonObject = {
  type: 'integer',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Number of the user.',
};
