/** The texts of the test ticket: made up, so that they may stand in a report. */

const NAME = 'Test of the COC contract (n8n-nodes-huaweicloud-coc)';

/** What the remarks try, by the point that asks for it. */
export const REMARKS = {
	'text-line-ends': `${NAME}: first line\r\nsecond line\nthird line\n\n  indented, after an empty line`,
	'text-entities': `${NAME}: 1 < 2 & 3 > 2, "double" 'single', <b>no bold</b>, &amp; &lt; &#39; &nbsp; end`,
	'text-emoji': `${NAME}: 验证通过 ✅ 😀 👩‍💻 é e\u0301 “quoted” – end`,
	'text-length': `${NAME}: `.padEnd(300, '0123456789 '),
} as const;

export const TITLE = `${NAME}: please ignore`;
export const DESCRIPTION = `${NAME}: created by npm run contract; a < b & "c"\nsecond line 验证 😀`;
export const CAUSE = `${NAME}: no cause, a test`;
export const SOLUTION = `${NAME}: no solution, a test`;
export const FORWARD_COMMENT = `${NAME}: forwarded to oneself`;
export const OTHER_COMMENT = `${NAME}: forwarded to the second person`;
export const BACK_COMMENT = `${NAME}: taken back`;
export const UNRESOLVED_COMMENT = `${NAME}: unresolved, once`;
export const OLD_COMMENT = `${NAME}: with a used-up task, must be refused`;
export const RESOLVED_COMMENT = `${NAME}: resolved`;

export const ownTexts: readonly string[] = [
	...Object.values(REMARKS),
	...[TITLE, DESCRIPTION, CAUSE, SOLUTION, FORWARD_COMMENT, OTHER_COMMENT, BACK_COMMENT],
	...[UNRESOLVED_COMMENT, OLD_COMMENT, RESOLVED_COMMENT],
];
