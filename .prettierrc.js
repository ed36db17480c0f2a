// n8n's own formatting, so that a reader of n8n's nodes feels at home.
module.exports = {
	semi: true,
	trailingComma: 'all',
	bracketSpacing: true,
	useTabs: true,
	tabWidth: 2,
	arrowParens: 'always',
	singleQuote: true,
	quoteProps: 'as-needed',
	endOfLine: 'lf',
	printWidth: 100,
	// A table that is wider than the page isn't padded with blanks: npm ships the README.
	overrides: [{ files: '*.md', options: { proseWrap: 'never' } }],
};
