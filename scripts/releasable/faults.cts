/** What a publication is judged by. */
export interface Release {
	/** The pushed tag. */
	tag: string;
	manifest: {
		version: string;
		author: { name: string; email: string };
		repository: { url: string };
	};
	/** The repository's texts by their path. */
	texts: Map<string, string>;
	/** The repository that publishes, as `owner/name`. */
	repository: string | undefined;
}

/** Names at which nobody can be reached (RFC 2606). */
const RESERVED = /[.@](?:example|invalid|test|example\.(?:com|net|org))$/;

/** What is in the way of publishing, each in a sentence. */
export function faultsOf({ tag, manifest, texts, repository }: Release): string[] {
	const { version, author } = manifest;
	const { name, email } = author;
	const faults: string[] = [];
	if (tag !== `v${version}`) {
		faults.push(`The tag is ${tag}, the version in package.json ${version}.`);
	}
	if (RESERVED.test(email)) {
		const where = whereIn(texts, email, name);
		faults.push(`The author is a placeholder: ${name} <${email}>, in ${where}.`);
	}
	const named = /github\.com\/(.+?)\.git$/.exec(manifest.repository.url)?.[1] ?? '';
	if (named === '' || named !== repository) {
		const where = whereIn(texts, named, `@${named.split('/')[0]}`);
		const here = repository === undefined ? 'this clone comes from none' : `this is ${repository}`;
		faults.push(`The repository is a placeholder: ${named}, but ${here}; in ${where}.`);
	}
	if (
		!new RegExp(`^## \\[${escaped(version)}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm').test(
			textOf('CHANGELOG.md'),
		)
	) {
		faults.push(`CHANGELOG.md has no date for [${version}].`);
	} else if (!notesOf(textOf('CHANGELOG.md'), version)) {
		faults.push(`CHANGELOG.md says nothing of [${version}].`);
	}
	if (
		!new RegExp(`^\\| ${escaped(version)} +\\| \\d{4}-\\d\\d-\\d\\d `, 'm').test(
			textOf('README.md'),
		)
	) {
		faults.push(`README.md has no date for ${version} in its version history.`);
	}
	return faults;

	function textOf(path: string): string {
		return texts.get(path) ?? '';
	}
}

/** What CHANGELOG.md says of a version. */
export function notesOf(changelog: string, version: string): string | undefined {
	const section = changelog.split(/^## /m).find((part) => part.startsWith(`[${version}]`));
	return section?.split('\n').slice(1).join('\n').trim() || undefined;
}

function whereIn(texts: Map<string, string>, ...words: string[]): string {
	return [...texts]
		.filter(([, text]) => words.some((word) => text.includes(word)))
		.map(([path]) => path)
		.join(', ');
}

function escaped(version: string): string {
	return version.replaceAll('.', '\\.');
}
