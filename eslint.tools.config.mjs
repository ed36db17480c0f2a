// Lint for tests and tools. The product itself (*.ts) is linted by eslint.config.mjs, which n8n's
// strict mode wants unmodified; files that need Node's own modules are therefore *.cts and *.mjs.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', '.cache/', '**/*.ts'] },
	js.configs.recommended,
	{
		files: ['**/*.cts'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { project: './tsconfig.tools.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-import-type-side-effects': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
		},
	},
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { __dirname: 'readonly', process: 'readonly' },
		},
	},
	{
		files: ['**/*.mjs'],
		languageOptions: {
			globals: { console: 'readonly', process: 'readonly', URL: 'readonly' },
		},
	},
);
