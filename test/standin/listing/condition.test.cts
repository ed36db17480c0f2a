import { expect, test } from '@jest/globals';
import { readCondition } from './condition.cts';

const filters = ['a', 'b', 'c'];

test.each([
	['( a & b ) | c', ['a b', 'c', 'a c', 'b c', 'a b c']],
	['c|(a&b)', ['a b', 'c', 'a c', 'b c', 'a b c']],
	['a & (b | c)', ['a b', 'a c', 'a b c']],
	['a | b | c', ['a', 'b', 'a b', 'c', 'a c', 'b c', 'a b c']],
	['a&b&c', ['a b c']],
	['((a)) | (b & (c | a))', ['a', 'a b', 'a c', 'b c', 'a b c']],
])('%p holds for %j', (expression, wanted) => {
	const condition = readCondition(expression, filters);
	const every = ['', 'a', 'b', 'a b', 'c', 'a c', 'b c', 'a b c'];
	const held = every.filter((holding) => condition((name) => holding.split(' ').includes(name)));
	expect(held).toEqual(wanted);
});

test.each([
	['a & b | c', /mixes & and \|/],
	['(a & b & c', /closing parenthesis/],
	['a & b & c)', /goes on where it should end: \)/],
	['a & b c', /goes on where it should end: c/],
	['a & b &', /where it ends/],
	['', /where it ends/],
	['& a', /where it has &/],
	['a & ()', /where it has \)/],
	['a & d', /unknown filter: d/],
	['a & b', /leaves out the filter c/],
])('%p is refused', (expression, message) => {
	expect(() => readCondition(expression, filters)).toThrow(message);
});
